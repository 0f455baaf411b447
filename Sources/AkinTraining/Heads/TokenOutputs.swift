import AkinVectors
import CAkinKernels

/// Dropout and a linear layer over the state of every token.
final class TokenOutputs: Sendable {
    private let linear: HeadLinear
    private let states: Rows  // (T, H): after dropout
    /// (T, outputs): set by `forward`; whoever reads them leaves their gradients there.
    let outputs: Rows

    init(_ site: LinearSite, _ pass: BERTPass) {
        linear = HeadLinear(
            site, pass.parameters, Operands(rounds: false, kernels: pass.operands.kernels), pass.team,
            capacity: pass.capacity)
        states = Rows(count: pass.capacity, columns: site.inputs)
        outputs = Rows(count: pass.capacity, columns: site.outputs)
    }

    func packWeights() { linear.pack() }

    func forward(_ pass: BERTPass, _ batch: Batch, _ dropout: Dropout) {
        var mask = dropout.mask(PooledState.place)
        let count = batch.tokens * states.columns
        unsafe pass.operands.kernels.table.drop(
            pass.hidden[0], count, &mask, batch.firstElement(ofTokens: states.columns), states[0])
        linear.forward(states, rows: batch.tokens, into: outputs)
    }

    /// Sets the gradient of the hidden states from that of the outputs.
    func backward(_ pass: BERTPass, _ batch: Batch, _ dropout: Dropout) {
        var mask = dropout.mask(PooledState.place)
        let (gradient, count) = (pass.hiddenGradient, batch.tokens * states.columns)
        linear.backward(outputs, states, rows: batch.tokens, into: gradient)
        unsafe pass.operands.kernels.table.drop(
            gradient[0], count, &mask, batch.firstElement(ofTokens: states.columns), gradient[0])
    }

    /// The outputs, without dropout, of a batch whose hidden states `pass` holds. Shape: (tokens, outputs).
    func logits(_ pass: BERTPass, _ batch: Batch) -> [[Float]] {
        forward(pass, batch, .none)
        return (0..<batch.tokens).map { unsafe Array(UnsafeBufferPointer(start: outputs[$0], count: outputs.columns)) }
    }
}
