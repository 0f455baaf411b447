import AkinVectors
import CAkinKernels
import Foundation

/// The state of each sequence's first token through BERT's pooler: tanh(W·h + b), with dropout after it.
final class PooledState: Sendable {
    private let linear: HeadLinear
    private let size: Int
    private let states: Rows  // (sequences, H): of the first tokens
    private let pooled: Rows  // (sequences, H): after tanh
    let dropped: Rows  // (sequences, H): after dropout
    let gradient: Rows  // (sequences, H): of `dropped`, set by whoever reads it

    /// Places of masks that the network's layers do not use.
    static let place: UInt64 = 1 << 60

    init(_ site: LinearSite, _ pass: BERTPass, capacity: Int) {
        size = site.outputs
        linear = HeadLinear(
            site, pass.parameters, Operands(rounds: false, kernels: pass.operands.kernels), pass.team,
            capacity: capacity)
        states = Rows(count: capacity, columns: size)
        pooled = Rows(count: capacity, columns: size)
        dropped = Rows(count: capacity, columns: size)
        gradient = Rows(count: capacity, columns: size)
    }

    func packWeights() { linear.pack() }

    func forward(_ pass: BERTPass, _ batch: Batch, _ dropout: Dropout) {
        let count = batch.bounds.count
        for (index, rows) in batch.bounds.enumerated() {
            unsafe states[index].update(from: pass.hidden[rows.lowerBound], count: size)
        }
        linear.forward(states, rows: count, into: pooled)
        for index in 0..<count * size { unsafe pooled[0][index] = tanh(pooled[0][index]) }
        var mask = dropout.mask(Self.place)
        unsafe pass.operands.kernels.table.drop(
            pooled[0], count * size, &mask, batch.firstElement(ofSequences: size), dropped[0])
    }

    /// Adds to the gradient of the first tokens' hidden states.
    func backward(_ pass: BERTPass, _ batch: Batch, _ dropout: Dropout) {
        let (count, kernels) = (batch.bounds.count, pass.operands.kernels.table)
        var mask = dropout.mask(Self.place)
        unsafe kernels.drop(
            gradient[0], count * size, &mask, batch.firstElement(ofSequences: size), gradient[0])
        for index in 0..<count * size { unsafe gradient[0][index] *= 1 - pooled[0][index] * pooled[0][index] }
        linear.backward(gradient, states, rows: count, into: dropped)
        for (index, rows) in batch.bounds.enumerated() {
            unsafe kernels.add_scaled(dropped[index], size, 1, pass.hiddenGradient[rows.lowerBound])
        }
    }
}
