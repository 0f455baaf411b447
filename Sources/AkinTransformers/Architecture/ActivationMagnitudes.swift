import AkinVectors

/// The largest magnitude of each component at the inputs of a network's layers, over some texts. The layers are
/// quantised by them.
///
/// The wide intermediate is left out: smoothing it would cost a multiplication at each token, and made nothing better
/// in trials.
struct ActivationMagnitudes {
    /// (H): the state that the three projections read.
    private(set) var attentionInput: [Float]
    /// (H): the result of the heads, before the output projection.
    private(set) var context: [Float]
    /// (H): the state that the feed-forward step reads.
    private(set) var feedForwardInput: [Float]

    init(_ configuration: BERTConfiguration) {
        attentionInput = [Float](repeating: 0, count: configuration.hiddenSize)
        context = attentionInput
        feedForwardInput = attentionInput
    }

    mutating func observeAttentionInput(_ x: Matrix, rows: Range<Int>) { x.raise(&attentionInput, rows: rows) }
    mutating func observeContext(_ x: Matrix, rows: Range<Int>) { x.raise(&context, rows: rows) }
    mutating func observeFeedForwardInput(_ x: Matrix, rows: Range<Int>) { x.raise(&feedForwardInput, rows: rows) }
}

extension Matrix {
    /// Raises each element to the largest magnitude of its column in the given rows.
    fileprivate func raise(_ largest: inout [Float], rows: Range<Int>) {
        for row in rows {
            for (column, value) in self.row(row).enumerated() { largest[column] = max(largest[column], abs(value)) }
        }
    }
}
