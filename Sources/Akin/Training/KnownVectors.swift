import AkinVectors

/// Vectors of texts that a store has already, of unit length.
struct KnownVectors: Sendable {
    /// That of the encoder that made them.
    let fingerprint: String
    var byText: [String: [Float]] = [:]

    /// Whether an encoder would make the same vectors: it is the same one, and normalises.
    func areThose(of encoder: any TextEncoder) throws -> Bool {
        try encoder.identity.fingerprint == fingerprint && encoder.normalizes()
    }

    /// The vectors of texts; nil where one is missing.
    func vectors(of texts: [String]) -> [[Float]]? {
        let found = texts.compactMap { byText[$0] }
        return found.count == texts.count ? found : nil
    }
}

extension TextEncoder {
    /// Whether vectors have unit length as they come, judged by one.
    func normalizes() throws -> Bool {
        let sample = Array(try encode(["a"], role: .passage, threads: 1).vectors.row(0))
        return abs(VectorMath.dot(sample, sample).squareRoot() - 1) < 1e-2
    }
}
