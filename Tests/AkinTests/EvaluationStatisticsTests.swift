import Akin
import AkinVectors
import Foundation
import Testing

@Suite struct EvaluationStatisticsTests {
    /// As `binom.test` of R gives them.
    @Test(arguments: [
        (8, 10, 0.4439045, 0.9747893), (0, 10, 0, 0.3084971), (10, 10, 0.6915029, 1), (1, 2, 0.0125791, 0.9874209),
        (50, 100, 0.3983211, 0.6016789),
    ])
    func `intervals of rates are exact`(successes: Int, count: Int, low: Double, high: Double) {
        let interval = ConfidenceInterval.exact(successes, of: count)
        #expect(abs(interval.lowerBound - low) < 1e-6 && abs(interval.upperBound - high) < 1e-6, "\(interval)")
    }

    @Test func `intervals of means are as wide as the normal distribution says, and the same each time`() {
        var generator = SeededGenerator(seed: 5)
        let values = (0..<400).map { _ in generator.unitDouble() }
        let mean = values.reduce(0, +) / 400
        let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 400).squareRoot()
        let interval = ConfidenceInterval.bootstrap(values)
        #expect(interval == ConfidenceInterval.bootstrap(values))
        #expect(abs(interval.lowerBound - (mean - 1.96 * deviation / 20)) < 0.004)
        #expect(abs(interval.upperBound - (mean + 1.96 * deviation / 20)) < 0.004)
        #expect(ConfidenceInterval.bootstrap([0.5, 0.5]) == 0.5...0.5)
        #expect(ConfidenceInterval.bootstrap([]) == 0...0)
    }

    @Test(
        arguments: [
            ([1, 2, 3], 2.0 / 8), ([1, -1], 1), ([0, 0], 1), ([], 1), ([1, 0, 0], 1), ([3, 1, -1, 2, -2], 22.0 / 32),
            (Array(repeating: 1, count: 12), 2.0 / 4096),
        ] as [([Double], Double)])
    func `few differences are tried in all ways`(differences: [Double], p: Double) {
        #expect(abs(PairedComparison.randomizationTest(differences) - p) < 1e-12)
        // The same by counting.
        let sizes = differences.map(abs)
        let ways = 1 << sizes.count
        let sum = abs(differences.reduce(0, +))
        let found = (0..<ways).count { way in
            abs(sizes.enumerated().reduce(0) { $0 + (way >> $1.offset & 1 == 0 ? $1.element : -$1.element) }) >= sum
        }
        #expect(abs(Double(found) / Double(ways) - p) < 1e-12)
    }

    /// For many differences the sum of random signs is nearly normal.
    @Test(arguments: [0, 0.5, 1, 2, 3])
    func `many differences are tried in enough ways`(deviations: Double) {
        var generator = SeededGenerator(seed: 9)
        var values = (0..<300).map { _ in generator.unitDouble() - 0.5 }
        let size = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let sum = values.reduce(0, +)
        values = values.map { $0 + (deviations * size - sum) / 300 }
        let spread = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let expected = erfc(abs(values.reduce(0, +)) / spread / 2.0.squareRoot())
        #expect(abs(PairedComparison.randomizationTest(values) - expected) < 0.015)
    }

    @Test func `wins, losses and ties are counted by question`() {
        let pair = PairedComparison(before: [0.1, 0.5, 1, 0.3], now: [0.2, 0.5, 0.5, 0.3])
        #expect(pair.wins == 1 && pair.losses == 1 && pair.ties == 2)
        #expect(abs(pair.before - 0.475) < 1e-12 && abs(pair.now - 0.375) < 1e-12)
        #expect(abs(pair.difference + 0.1) < 1e-12 && pair.interval.contains(pair.difference) && pair.p == 1)
    }
}
