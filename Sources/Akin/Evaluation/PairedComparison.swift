import AkinVectors

/// What a change did to one measure, question by question.
public struct PairedComparison: Sendable, Codable, Equatable {
    /// The mean of the other evaluation, and of this one, over the questions of both.
    public var before: Double
    public var now: Double
    /// The mean of `now` less `before`, question by question, and an interval that holds it with a probability of 95 %.
    public var difference: Double
    public var interval: ClosedRange<Double>
    /// Questions that are better, worse and equal now.
    public var wins: Int
    public var losses: Int
    public var ties: Int
    /// How probable a mean difference as large is, in either direction, if neither of the two were better: the paired
    /// randomisation test (Smucker, Allan and Carterette 2007). It is not corrected for several comparisons.
    public var p: Double
}

extension PairedComparison {
    /// Differences up to which all signs are tried.
    private static let exactCount = 12
    private static let samples = 20_000
    /// Sums in another order differ by less.
    private static let tolerance = 1e-9

    /// - Parameters: The same questions' values in the same order.
    package init(before: [Double], now: [Double]) {
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
        let differences = zip(now, before).map { $0 - $1 }
        self.init(
            before: mean(before), now: mean(now), difference: mean(differences),
            interval: ConfidenceInterval.bootstrap(differences),
            wins: differences.count { $0 > Self.tolerance }, losses: differences.count { $0 < -Self.tolerance },
            ties: differences.count { abs($0) <= Self.tolerance }, p: Self.randomizationTest(differences))
    }

    /// The share of ways to give the differences signs, each as likely as the other, whose sum is at least as far from
    /// 0: of all ways where there are few, else of 20,000 that are drawn with a fixed seed.
    /// - Complexity: O(n) for each way.
    package static func randomizationTest(_ differences: [Double]) -> Double {
        let sizes = differences.map(abs).filter { $0 > tolerance }
        guard !sizes.isEmpty else { return 1 }
        let least = abs(differences.reduce(0, +)) - tolerance * Double(sizes.count)
        var generator = SeededGenerator(seed: 2)
        func isAsFar(_ nextSigns: () -> UInt64) -> Bool {
            var (sum, signs) = (0.0, UInt64(0))
            for (place, size) in sizes.enumerated() {
                if place % 64 == 0 { signs = nextSigns() }
                sum += signs & 1 == 0 ? size : -size
                signs >>= 1
            }
            return abs(sum) >= least
        }
        guard sizes.count > exactCount else {
            let ways = 1 << sizes.count
            return Double((0..<ways).count { way in isAsFar { UInt64(way) } }) / Double(ways)
        }
        let found = (0..<samples).count { _ in isAsFar { generator.next() } }
        // The signs that the differences have are one more way (Phipson and Smyth 2010).
        return Double(found + 1) / Double(samples + 1)
    }
}
