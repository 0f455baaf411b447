import Foundation

/// From a head's outputs to probabilities, in double precision.
package enum HeadProbabilities {
    /// exp(x) / Σ exp(x), computed from the largest down so that nothing overflows.
    package static func softmax(_ scores: some Collection<Float>) -> [Double] {
        guard let largest = scores.max() else { return [] }
        let powers = scores.map { exp(Double($0) - Double(largest)) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }

    /// The largest of many probabilities, largest first; of equals the first.
    ///
    /// The sum runs in double precision over powers in single precision, which take a third of the time.
    ///
    /// - Complexity: A pass over the scores, and a step for each that is among the largest so far.
    package static func largest(_ scores: [Float], count: Int) -> [(index: Int, probability: Double)] {
        var best: [Int] = []
        for index in scores.indices {
            guard best.count < count || scores[index] > scores[best[best.count - 1]] else { continue }
            let place = best.firstIndex { scores[$0] < scores[index] } ?? best.count
            best.insert(index, at: place)
            if best.count > count { best.removeLast() }
        }
        guard let first = best.first else { return [] }
        let top = scores[first]
        let sum = scores.reduce(0.0) { $0 + Double(exp($1 - top)) }
        return best.map { ($0, Double(exp(scores[$0] - top)) / sum) }
    }

    /// 1 / (1 + exp(−x))
    package static func sigmoid(_ score: Float) -> Double { 1 / (1 + exp(-Double(score))) }

    /// The scores of a classifier's outputs.
    package static func scores(_ outputs: [Float], _ type: ProblemType) -> [Double] {
        switch type {
        case .singleLabel: softmax(outputs)
        case .multiLabel: outputs.map(sigmoid)
        case .regression: outputs.map(Double.init)
        }
    }
}
