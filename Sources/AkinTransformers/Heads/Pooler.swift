import AkinVectors
import Foundation

/// f(W·x + b) of the first token's last state: a vector of a whole sequence, which the heads over sequences read. In
/// BERT it is part of the network, in its relatives of the head.
struct Pooler: Sendable {
    /// The tensor that tells whether a BERT network has a pooler.
    static let weight = "pooler.dense.weight"

    private let dense: FloatLinearLayer  // H → H
    private let function: PooledFunction

    init(_ names: SequenceHeadNames, network: ParameterReader, head: ParameterReader, hiddenSize: Int) throws {
        let parameters = names.denseIsOfNetwork ? network : head
        dense = FloatLinearLayer(try parameters.linear(names.dense, inputs: hiddenSize, outputs: hiddenSize))
        function = names.function
    }

    /// Shape: (sequences, H), from states (≥ all tokens, H).
    func apply(_ states: Matrix, rows: [Range<Int>]) -> Matrix {
        let first = states.gathered(rows.map(\.lowerBound))
        switch function {
        case .relu: return dense.applied(to: first, rows: rows.count, activation: .relu)
        case .tanh:
            var pooled = dense.applied(to: first, rows: rows.count)
            let count = pooled.rows * pooled.columns
            unsafe pooled.withUnsafeMutablePointer { values in
                for index in 0..<count { unsafe values[index] = Float(tanh(Double(values[index]))) }
            }
            return pooled
        }
    }
}
