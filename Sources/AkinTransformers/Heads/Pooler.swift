import AkinVectors
import Foundation

/// tanh(W·x + b) of the first token's last state: BERT's vector of a whole sequence, which the heads over sequences
/// read.
struct Pooler: Sendable {
    /// The tensor that tells whether a model has a pooler.
    static let weight = "pooler.dense.weight"

    private let dense: FloatLinearLayer  // H → H

    init(_ network: ParameterReader, hiddenSize: Int) throws {
        dense = FloatLinearLayer(try network.linear("pooler.dense", inputs: hiddenSize, outputs: hiddenSize))
    }

    /// Shape: (sequences, H), from states (≥ all tokens, H).
    func apply(_ states: Matrix, rows: [Range<Int>]) -> Matrix {
        var pooled = dense.applied(to: states.gathered(rows.map(\.lowerBound)), rows: rows.count)
        let count = pooled.rows * pooled.columns
        unsafe pooled.withUnsafeMutablePointer { values in
            for index in 0..<count { unsafe values[index] = Float(tanh(Double(values[index]))) }
        }
        return pooled
    }
}
