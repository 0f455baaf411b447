import AkinTransformers
import AkinVectors

/// What the last layer keeps of the rows that are read, side by side, where a head does not read all.
///
/// After the attention a row of the last layer has no part in the other rows' results: those that nobody reads need not
/// be computed, and their gradients are zero. That spares five sixths of the layer, nearly, when the first token of each
/// sequence is all that is read. R is the most rows that are read of a batch.
struct BERTReadRows: Sendable {
    /// Those of the last layer, with an input and a context of their own, (R, H).
    let activations: BERTLayerActivations
    /// Those of all layers, with a result, an attention's sum and a context of their own, (R, H).
    let gradients: BERTLayerGradients
    let result: Rows  // (R, H)
    let capacity: Int

    init(
        capacity: Int, _ activations: BERTLayerActivations, _ gradients: BERTLayerGradients, _ shape: BERTConfiguration
    ) {
        func rows() -> Rows { Rows(count: capacity, columns: shape.hiddenSize) }
        var (activations, gradients) = (activations, gradients)
        (activations.input, activations.context) = (rows(), rows())
        (gradients.result, gradients.attentionSum, gradients.context) = (rows(), rows(), rows())
        (self.activations, self.gradients, self.capacity, result) = (activations, gradients, capacity, rows())
    }
}

extension Rows {
    /// Copies rows of another matrix side by side.
    func gather(_ rows: [Int], of source: Rows) {
        for (place, row) in rows.enumerated() { unsafe self[place].update(from: source[row], count: columns) }
    }

    /// Copies the first rows of another matrix to rows of this one.
    func scatter(_ source: Rows, to rows: [Int]) {
        for (place, row) in rows.enumerated() { unsafe self[row].update(from: source[place], count: columns) }
    }

    /// Sets the first rows to zero.
    func clear(_ count: Int) { unsafe self[0].update(repeating: 0, count: count * columns) }
}
