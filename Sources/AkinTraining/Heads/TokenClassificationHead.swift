import AkinVectors
import CAkinKernels

/// A class of each token, as `BertForTokenClassification` has it.
package final class TokenClassificationHead: TrainingHead {
    private let tokens: TokenOutputs

    init(_ site: LinearSite, _ pass: BERTPass) { tokens = TokenOutputs(site, pass) }

    package func packWeights() { tokens.packWeights() }

    /// The logits of a batch whose hidden states `pass` holds. Shape: (tokens, classes).
    package func logits(_ pass: BERTPass, _ batch: Batch) -> [[Float]] { tokens.logits(pass, batch) }

    package func weights(_ batch: Batch, _ targets: [Int32]) -> [Double] { [Double(targets.count { $0 >= 0 })] }

    /// The mean cross-entropy over the tokens that have a class; `targets` holds a class for each token of the batch, or
    /// a negative number.
    package func loss(_ pass: BERTPass, _ batch: Batch, _ targets: [Int32], dropout: Float, seed: UInt64?) -> Double {
        precondition(targets.count == batch.tokens)
        let dropout = Dropout(share: seed == nil ? 0 : dropout, seed: seed ?? 0)
        tokens.forward(pass, batch, dropout)
        let share = Float(1 / max((batch.part?.weights ?? weights(batch, targets))[0], 1))
        let factors = targets.map { $0 >= 0 ? share : 0 }
        let (columns, classes) = (tokens.outputs.columns, targets.map { max($0, 0) })
        var losses = [Float](repeating: 0, count: targets.count)
        unsafe pass.operands.kernels.table.cross_entropy(
            tokens.outputs[0], classes, factors, targets.count, columns, columns, 0, &losses)
        if seed != nil { tokens.backward(pass, batch, dropout) }
        return zip(losses, factors).reduce(0) { $0 + Double($1.0 * $1.1) }
    }
}
