import AkinCore
import AkinStore
import AkinVectors

extension VectorSpace {
    /// What makes this space's vectors.
    func encoderKind() throws -> EncoderKind {
        guard let known = EncoderKind(rawValue: kind) else {
            throw AkinError(
                .incompatible,
                "The vectors of \(encoderName) are of a kind, \(kind), that this Akin does not know: upgrade.")
        }
        return known
    }

    /// How this space's vectors are compared.
    func distanceMetric() throws -> DistanceMetric {
        guard let known = DistanceMetric(rawValue: metric) else {
            throw AkinError(
                .incompatible,
                "The vectors of \(encoderName) are compared by \(metric), which this Akin does not know: upgrade.")
        }
        return known
    }

    func knownElement() throws -> VectorElement {
        guard let element else {
            throw AkinError(
                .incompatible,
                "The vectors of \(encoderName) are kept as \(elementType), which this Akin does not know: upgrade.")
        }
        return element
    }

    /// A stored vector as the index compares it: imported vectors keep the length they came with, which
    /// cosine has no use for.
    func comparable(_ stored: [Float]) throws -> [Float] {
        try isImported && distanceMetric() == .cosine ? VectorMath.unit(stored) : stored
    }

    /// What a stored vector scores against a comparable query: the figure that exact scan and graph rank by.
    func similarity(_ query: [Float], _ stored: [Float]) throws -> Float {
        let stored = try comparable(stored)
        // Subtracted from zero, so that equal vectors score 0 and not −0.
        return try distanceMetric() == .l2
            ? 0 - VectorMath.squaredDistance(query, stored) : VectorMath.dot(query, stored)
    }

    /// The vector that stands for a document's passages: the mean of their comparable vectors, of unit length under
    /// cosine. Nil for no vectors, and under cosine for those whose mean has no direction.
    func comparableMean(_ vectors: [[Float]]) throws -> [Float]? {
        guard var mean = vectors.first else { return nil }
        for vector in vectors.dropFirst() { for component in mean.indices { mean[component] += vector[component] } }
        guard try distanceMetric() == .cosine else { return mean.map { $0 / Float(vectors.count) } }
        return mean.contains { $0 != 0 } ? VectorMath.normalized(mean) : nil
    }
}
