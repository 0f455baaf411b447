import Foundation

/// The scores of SQLite's FTS5, in the order of its own arithmetic, so that they are equal to the last bit where a
/// compiler joins no products and sums.
///
/// `weight · f · (k1 + 1) / (f + k1 · (1 − b + b · length / mean length))` a term, with k1 = 1.2 and b = 0.75 (Robertson
/// and Zaragoza, "The probabilistic relevance framework: BM25 and beyond", 2009).
struct BM25: Sendable {
    /// Passages in the store, with or without words.
    let passageCount: Int
    /// Tokens of a passage in the mean.
    let meanLength: Double

    private static let k1 = 1.2
    private static let b = 0.75
    /// What a term weighs that half of the passages or more hold.
    private static let leastWeight = 1e-6

    init(passageCount: Int, tokenCount: Int) {
        self.passageCount = passageCount
        meanLength = Double(tokenCount) / Double(passageCount)
    }

    /// The weight of a term (its inverse document frequency).
    ///
    /// - Parameter holders: The passages that hold it.
    func weight(holders: Int) -> Double {
        let weight = log((Double(passageCount - holders) + 0.5) / (Double(holders) + 0.5))
        return weight <= 0 ? Self.leastWeight : weight
    }

    /// What a term adds to the score of a passage that holds it.
    @inline(__always)
    func score(weight: Double, frequency: UInt32, length: Int) -> Double {
        let frequency = Double(frequency)
        return weight
            * ((frequency * (Self.k1 + 1))
                / (frequency + Self.k1 * (1 - Self.b + Self.b * Double(length) / meanLength)))
    }
}
