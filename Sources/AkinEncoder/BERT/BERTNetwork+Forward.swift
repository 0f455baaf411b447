import AkinCore
import AkinVectors

extension BERTNetwork {
    /// Runs the network over one sequence and leaves the last hidden states in the first rows of `work.hidden`.
    ///
    /// Post-normalised, as in Devlin et al. 2019: x ← LN(x + Attention(x)), x ← LN(x + FeedForward(x)).
    /// Throws `.invalidArgument` for a sequence that is empty or too long and for ids outside the vocabulary.
    /// Cost: tokens · layers · (8 · H² + 4 · H · I) + 4 · tokens² · H · layers operations.
    package func forward(_ ids: [Int32], in work: inout BERTWorkspace, probe: Probe? = nil) throws {
        let length = ids.count
        precondition(length <= work.capacity)
        try embed(ids, into: &work)
        probe?("embeddings", work.hidden.firstRows(length))

        let attention = SelfAttention(heads: configuration.headCount, headSize: configuration.headSize)
        for (index, layer) in weights.layers.enumerated() {
            // Attention: every token gathers from all tokens.
            layer.queryKeyValue.apply(to: work.hidden, rows: length, into: &work.queryKeyValue)
            attention.apply(to: work.queryKeyValue, length: length, scores: &work.scores, into: &work.context)
            probe?("encoder.layer.\(index).attention.self", work.context.firstRows(length))
            layer.attentionOutput.project(work.context, rows: length, into: &work.projected)
            layer.attentionNormalization.apply(
                to: &work.hidden, adding: work.projected, bias: layer.attentionOutput.bias, rows: length)
            probe?("encoder.layer.\(index).attention.output", work.hidden.firstRows(length))

            // Feed-forward: each token by itself, through a wider space.
            layer.intermediate.apply(to: work.hidden, rows: length, into: &work.inner, activation: configuration.activation)
            probe?("encoder.layer.\(index).intermediate", work.inner.firstRows(length))
            layer.output.project(work.inner, rows: length, into: &work.projected)
            layer.outputNormalization.apply(to: &work.hidden, adding: work.projected, bias: layer.output.bias, rows: length)
            probe?("encoder.layer.\(index).output", work.hidden.firstRows(length))
        }
    }

    /// hidden[t] = LN(word[ids[t]] + position[t] + segment[0])
    private func embed(_ ids: [Int32], into work: inout BERTWorkspace) throws {
        guard (1...configuration.maximumPositions).contains(ids.count) else {
            throw AkinError(
                .invalidArgument,
                "A sequence of \(ids.count) tokens does not fit this model, which reads 1 to \(configuration.maximumPositions).")
        }
        for (place, id) in ids.enumerated() {
            guard id >= 0, Int(id) < weights.wordEmbeddings.rows else {
                throw AkinError(
                    .invalidArgument,
                    "The token id \(id) is outside the model's vocabulary of \(weights.wordEmbeddings.rows); tokenizer and weights belong to "
                        + "different models, so fetch the model again.")
            }
            weights.wordEmbeddings.copyRow(Int(id), into: &work.hidden, row: place)
        }
        weights.embeddingNormalization.apply(
            to: &work.hidden, adding: weights.positionEmbeddings, bias: weights.tokenTypeEmbedding, rows: ids.count)
    }
}

extension Matrix {
    /// A copy of the first rows.
    func firstRows(_ count: Int) -> Matrix { gathered(Array(0..<count)) }
}
