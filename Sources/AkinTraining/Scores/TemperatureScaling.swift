import AkinVectors
import Foundation

/// Makes a classifier's probabilities agree with how often it is right: its logits are divided by one number, the
/// temperature, which leaves the order of the labels as it is (Guo et al. 2017).
package enum TemperatureScaling {
    /// The temperature whose probabilities give the right classes the highest likelihood.
    ///
    /// The targets are softened as Platt (1999) softens his: of n examples, the right class is held to be 1 − 1/(n + 2)
    /// probable. Else a few examples that are all right would call for certainty.
    ///
    /// - Parameters:
    ///   - logits: (n, classes) or logarithms of probabilities, of examples that the classifier has not learnt from.
    ///   - classes: (n) the right ones.
    /// - Returns: 0.05 … 20; 1 where there is no example.
    /// - Complexity: 50 passes over the logits.
    package static func temperature(logits: [[Float]], classes: [Int]) -> Double {
        precondition(logits.count == classes.count)
        guard let count = logits.first?.count, count > 1 else { return 1 }
        let rest = 1 / Double(logits.count + 2)
        // −log likelihood is convex in 1 / temperature: its slope changes sign once.
        func slope(_ inverse: Double) -> Double {
            var slope = 0.0
            for (row, right) in zip(logits, classes) {
                let largest = Double(row.max() ?? 0)
                var (sum, mean, others) = (0.0, 0.0, 0.0)
                for (place, value) in row.enumerated() {
                    let value = Double(value) - largest
                    let power = exp(inverse * value)
                    sum += power
                    mean += power * value
                    if place != right { others += value }
                }
                let wanted = (1 - rest) * (Double(row[right]) - largest) + rest / Double(count - 1) * others
                slope += mean / sum - wanted
            }
            return slope
        }
        var (low, high) = (log(0.05), log(20.0))
        for _ in 0..<50 {
            let middle = (low + high) / 2
            if slope(exp(-middle)) > 0 { low = middle } else { high = middle }
        }
        return exp((low + high) / 2)
    }

    /// The expected calibration error of logits at a temperature.
    package static func error(logits: [[Float]], classes: [Int], temperature: Double = 1) -> Double {
        var (confidences, isRight): ([Double], [Bool]) = ([], [])
        for (row, right) in zip(logits, classes) {
            let best = row.indexOfLargest
            let largest = Double(row[best])
            let sum = row.reduce(0.0) { $0 + exp((Double($1) - largest) / temperature) }
            confidences.append(1 / sum)
            isRight.append(best == right)
        }
        return CalibrationError.expected(confidences: confidences, isRight: isRight)
    }
}
