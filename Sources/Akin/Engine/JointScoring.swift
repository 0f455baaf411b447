import AkinCore
import AkinStore

/// Ranks passages by two kinds of vectors while a store goes over from a static model to the BERT model it was
/// distilled from: by the BERT model's vector where a passage has one, else by an estimate of it from the cosine to the
/// static vector.
///
/// The estimate is a straight line. It is fitted for each query on passages that have both vectors and were chosen by
/// their static vector, or by no vector. Passages chosen by the other vector would tilt the line (regression to the
/// mean).
struct JointScoring {
    /// A passage's score, and which vector gave it.
    struct Scored {
        /// On the BERT model's scale.
        let score: Double
        let cosine: Double
        let encoder: String
    }

    private let serving: (space: VectorSpace, vector: [Float], encoder: String)
    private let upgrade: (space: VectorSpace, vector: [Float], encoder: String)
    private var line: (offset: Double, slope: Double) = (0, 1)

    /// Passages beside the nearest ones that the line is fitted on.
    private static let sampleSize = 64
    /// Fewer pairs than this say nothing; the scores are then compared without a line.
    private static let leastPairs = 8

    init(
        serving: (space: VectorSpace, vector: [Float], encoder: String),
        upgrade: (space: VectorSpace, vector: [Float], encoder: String)
    ) {
        (self.serving, self.upgrade) = (serving, upgrade)
    }

    /// The space of the BERT model's vectors and the query's vector in it.
    var bert: (space: VectorSpace, vector: [Float]) { (upgrade.space, upgrade.vector) }

    /// Fits the line.
    ///
    /// - Parameter nearest: Passages nearest to the query by their static vectors.
    mutating func calibrate(nearest: [Int64], reader: any StoreReading) throws {
        let sample = try reader.passagesWithVector(space: upgrade.space.id, limit: Self.sampleSize)
        let passages = Array(Set(nearest).union(sample)).sorted()
        var pairs: [(x: Double, y: Double)] = []
        let vectors = zip(
            try reader.vectors(space: serving.space.id, passages: passages),
            try reader.vectors(space: upgrade.space.id, passages: passages))
        for case (let first?, let second?) in vectors {
            pairs.append(
                (
                    Double(try serving.space.similarity(serving.vector, first)),
                    Double(try upgrade.space.similarity(upgrade.vector, second))
                ))
        }
        guard pairs.count >= Self.leastPairs else { return }
        let n = Double(pairs.count)
        let (meanX, meanY) = (pairs.reduce(0) { $0 + $1.x } / n, pairs.reduce(0) { $0 + $1.y } / n)
        let variance = pairs.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
        let covariance = pairs.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) }
        guard variance > 1e-9, covariance > 0 else { return }
        line = (meanY - covariance / variance * meanX, covariance / variance)
    }

    /// Passages that have neither vector are left out.
    func scores(of passages: [Int64], reader: any StoreReading) throws -> [Int64: Scored] {
        var scores: [Int64: Scored] = [:]
        let known = try reader.vectors(space: upgrade.space.id, passages: passages)
        for (passage, vector) in zip(passages, known) {
            if let vector {
                let cosine = Double(try upgrade.space.similarity(upgrade.vector, vector))
                scores[passage] = Scored(score: cosine, cosine: cosine, encoder: upgrade.encoder)
            } else if let vector = try reader.vector(space: serving.space.id, passage: passage) {
                let cosine = Double(try serving.space.similarity(serving.vector, vector))
                scores[passage] = Scored(
                    score: line.offset + line.slope * cosine, cosine: cosine, encoder: serving.encoder)
            }
        }
        return scores
    }

    /// How it scores, for the explanation of an answer; the line is rounded to three decimals.
    func step(vectors: Int) -> SearchStep {
        .jointScoring(
            encoder: upgrade.encoder, vectors: vectors, former: serving.encoder, offset: rounded(line.offset),
            slope: rounded(line.slope))
    }

    private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
