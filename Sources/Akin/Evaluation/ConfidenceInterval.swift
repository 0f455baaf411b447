import AkinVectors
import Foundation

/// Intervals that hold the true mean of a measure, over all questions like those asked, with a probability of 95 %.
package enum ConfidenceInterval {
    static let probability = 0.95
    private static let resamples = 2_000

    /// For a mean of any values, by the percentile bootstrap (Efron 1979; for retrieval Sakai 2006). The same values
    /// give the same interval.
    /// - Complexity: O(n) for each of 2,000 resamples.
    package static func bootstrap(_ values: [Double]) -> ClosedRange<Double> {
        guard let first = values.first else { return 0...0 }
        guard values.contains(where: { $0 != first }) else { return first...first }
        var generator = SeededGenerator(seed: 1)
        let means = (0..<resamples).map { _ in
            var sum = 0.0
            for _ in values.indices { sum += values[generator.integer(below: values.count)] }
            return sum / Double(values.count)
        }.sorted()
        let tail = Int((1 - probability) / 2 * Double(resamples))
        return means[tail]...means[resamples - 1 - tail]
    }

    /// For a rate, exact (Clopper and Pearson 1934).
    /// - Complexity: O(n) for each of 60 halvings.
    package static func exact(_ successes: Int, of count: Int) -> ClosedRange<Double> {
        guard count > 0 else { return 0...1 }
        let logFactorials = (1...count).reduce(into: [0.0]) { $0.append($0[$0.count - 1] + log(Double($1))) }
        /// The probability of at least so many successes.
        func tail(from least: Int, rate: Double) -> Double {
            (least...count).reduce(0) { sum, k in
                let choices = logFactorials[count] - logFactorials[k] - logFactorials[count - k]
                return sum + exp(choices + Double(k) * log(rate) + Double(count - k) * log1p(-rate))
            }
        }
        /// Where a rising function of the rate reaches a value.
        func crossing(_ target: Double, _ rising: (Double) -> Double) -> Double {
            var (low, high) = (0.0, 1.0)
            for _ in 0..<60 {
                let middle = (low + high) / 2
                if rising(middle) < target { low = middle } else { high = middle }
            }
            return (low + high) / 2
        }
        let outside = (1 - probability) / 2
        let low = successes == 0 ? 0 : crossing(outside) { tail(from: successes, rate: $0) }
        let high = successes == count ? 1 : crossing(1 - outside) { tail(from: successes + 1, rate: $0) }
        return low...high
    }

    /// The interval that fits a measure's values.
    static func of(_ measure: EvaluationMeasure, _ values: [Double]) -> ClosedRange<Double> {
        measure.isRate ? exact(values.count { $0 > 0 }, of: values.count) : bootstrap(values)
    }
}
