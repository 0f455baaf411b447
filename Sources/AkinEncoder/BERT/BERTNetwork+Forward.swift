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
        try weights.embeddings.embed(ids, into: &work.hidden, from: 0)
        probe?("embeddings", work.hidden.firstRows(length))

        let attention = SelfAttention(heads: configuration.headCount, headSize: configuration.headSize)
        for (index, layer) in weights.layers.enumerated() {
            // Attention: every token gathers from all tokens.
            layer.queryKeyValue.apply(to: work.hidden, rows: length, into: &work.queryKeyValue)
            attention.apply(to: work.queryKeyValue, rows: 0..<length, scratch: &work.attentionScratch, into: &work.context)
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
}

extension Matrix {
    /// A copy of the first rows.
    func firstRows(_ count: Int) -> Matrix { gathered(Array(0..<count)) }
}
