import Foundation

/// Where an answer starts and ends among a sequence's tokens, as `BertForQuestionAnswering` has it. A sequence without
/// an answer has both at its first token.
package final class AnswerSpanHead: TrainingHead {
    private let tokens: TokenOutputs

    init(_ site: LinearSite, _ pass: BERTPass) { tokens = TokenOutputs(site, pass) }

    package func packWeights() { tokens.packWeights() }

    /// The start's and the end's logits of each token of a batch whose hidden states `pass` holds. Shape: (tokens, 2).
    package func logits(_ pass: BERTPass, _ batch: Batch) -> [[Float]] { tokens.logits(pass, batch) }

    package func weights(_ batch: Batch, _ targets: [ClosedRange<Int>]) -> [Double] { [Double(targets.count)] }

    /// The mean over the sequences of the cross-entropies of start and end among the sequence's tokens, half each.
    ///
    /// - Parameter targets: the first and last token of each sequence's answer, counted from the sequence's start.
    package func loss(
        _ pass: BERTPass, _ batch: Batch, _ targets: [ClosedRange<Int>], dropout: Float, seed: UInt64?
    ) -> Double {
        precondition(targets.count == batch.bounds.count)
        let dropout = Dropout(share: seed == nil ? 0 : dropout, seed: seed ?? 0)
        tokens.forward(pass, batch, dropout)
        let share = 0.5 / (batch.part?.weights[0] ?? Double(targets.count))
        var loss = 0.0
        for (rows, answer) in zip(batch.bounds, targets) {
            for (column, target) in [(0, answer.lowerBound), (1, answer.upperBound)] {
                loss += share * crossEntropy(rows, column, target, factor: share)
            }
        }
        if seed != nil { tokens.backward(pass, batch, dropout) }
        return loss
    }

    /// −ln of the target's probability among the rows; the outputs become its gradient, `factor` times.
    private func crossEntropy(_ rows: Range<Int>, _ column: Int, _ target: Int, factor: Double) -> Double {
        let outputs = tokens.outputs
        let top = rows.reduce(-Float.infinity) { unsafe max($0, outputs[$1][column]) }
        let wanted = unsafe Double(outputs[rows.lowerBound + target][column] - top)
        let sum = rows.reduce(0.0) { unsafe $0 + exp(Double(outputs[$1][column] - top)) }
        for row in rows {
            let probability = unsafe exp(Double(outputs[row][column] - top)) / sum
            unsafe outputs[row][column] = Float(factor * (probability - (row == rows.lowerBound + target ? 1 : 0)))
        }
        return log(sum) - wanted
    }
}
