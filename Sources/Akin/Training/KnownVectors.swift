import AkinVectors

/// Vectors of texts that a store has already, of unit length.
struct KnownVectors: Sendable {
    /// That of the encoder that made them.
    let fingerprint: String
    var byText: [String: [Float]] = [:]

    /// The vectors of texts as an encoder would make them; nil where one is missing, or the encoder is another or does
    /// not normalise.
    func vectors(of texts: [String], by encoder: any TextEncoder) throws -> [[Float]]? {
        guard encoder.identity.fingerprint == fingerprint, try encoder.normalizes() else { return nil }
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
