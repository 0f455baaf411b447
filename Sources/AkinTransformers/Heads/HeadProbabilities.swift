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
