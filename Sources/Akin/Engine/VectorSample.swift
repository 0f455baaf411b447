import AkinStore
import AkinVectors
import Synchronization

/// Vectors of passages spread over a store, by which is known how near a question is to what has nothing to do with it.
package struct VectorSample: Sendable {
    private static let size = 64
    /// Fewer say nothing.
    private static let leastSize = 16
    /// Of a normal distribution, what a twentieth lies below, in standard deviations under the mean.
    private static let lowEnd = 1.645

    private let vectors: [[Float]]

    package init(vectors: [[Float]]) { self.vectors = vectors }

    /// Nil where the space has too few vectors.
    ///
    /// - Complexity: a look-up a vector.
    init?(of space: VectorSpace, reader: any StoreReading) throws {
        // Passages have ascending numbers; in a store of which many were deleted the first ones that are there will do.
        let count = try reader.passageCount()
        let step = max(1, count / Self.size)
        let spread = stride(from: 1, through: Int64(count), by: step).prefix(Self.size)
        var vectors = try reader.vectors(space: space.id, passages: Array(spread)).compactMap(\.self)
        if vectors.count < Self.leastSize {
            let first = try reader.passagesWithVector(space: space.id, limit: Self.size)
            vectors = try reader.vectors(space: space.id, passages: first).compactMap(\.self)
        }
        guard vectors.count >= Self.leastSize else { return nil }
        self.vectors = vectors
    }

    /// Where a cosine lies between that of a passage that has nothing to do with a question, 0, and that of the question
    /// itself, 1.
    package func nearness(ofCosine cosine: Double, to query: [Float]) -> Double {
        let cosines = vectors.map { Double(VectorMath.dot(query, $0)) }
        let mean = cosines.reduce(0, +) / Double(cosines.count)
        let variance = cosines.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(cosines.count)
        let unrelated = min(mean - Self.lowEnd * variance.squareRoot(), 0.99)
        return (cosine - unrelated) / (1 - unrelated)
    }
}

/// The sample of each space, read once: passages that come and go do not change what a sample says.
final class VectorSampleCache: Sendable {
    private let samples = Mutex<[Int64: VectorSample]>([:])

    func sample(of space: VectorSpace, reader: any StoreReading) throws -> VectorSample? {
        if let known = samples.withLock({ $0[space.id] }) { return known }
        guard let sample = try VectorSample(of: space, reader: reader) else { return nil }
        samples.withLock { $0[space.id] = sample }
        return sample
    }
}
