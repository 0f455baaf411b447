import AkinVectors

extension BERTNetwork {
    /// Runs the network over sequences packed one below the other and leaves the last hidden states in the first rows
    /// of `work.hidden`. Returns the rows of each sequence.
    ///
    /// Post-normalised, as in Devlin et al. 2019: x ← LN(x + Attention(x)), x ← LN(x + FeedForward(x)). Throws
    /// `.invalidArgument` for a sequence that is empty or too long and for ids outside the vocabulary. Cost: tokens ·
    /// layers · (8 · H² + 4 · H · I) operations of the linear layers, and 4 · length² · H · layers for each sequence.
    func forward(_ sequences: [TokenSequence], in work: inout BERTWorkspace<Layer>, probe: Probe? = nil) throws
        -> [Range<
            Int
        >]
    {
        var bounds: [Range<Int>] = []
        var tokens = 0
        for sequence in sequences {
            try embeddings.embed(sequence, into: &work.hidden, from: tokens)
            bounds.append(tokens..<tokens + sequence.ids.count)
            tokens += sequence.ids.count
        }
        probe?("embeddings", work.hidden.firstRows(tokens))
        let attention = SelfAttention(
            heads: configuration.headCount, headSize: configuration.headSize, bias: relativeBias,
            isRounded: Layer.roundsInputs)
        for (index, layer) in layers.enumerated() {
            // Attention: every token gathers from all tokens of its sequence.
            work.magnitudes?[index].observeAttentionInput(work.hidden, rows: 0..<tokens)
            layer.queryKeyValue.prepare(work.hidden, rows: 0..<tokens, in: work.states)
            layer.queryKeyValue.apply(
                to: work.states, into: &work.queryKeyValue, rows: 0..<tokens, activation: .identity)
            for rows in bounds {
                attention.apply(
                    to: work.queryKeyValue, rows: rows, scratch: &work.attentionScratch, into: &work.context)
            }
            probe?("encoder.layer.\(index).attention.self", work.context.firstRows(tokens))
            for start in stride(from: 0, to: tokens, by: work.blockSize) {
                finish(index, rows: start..<min(start + work.blockSize, tokens), in: &work, probe: probe)
            }
        }
        return bounds
    }

    /// What follows the attention of a layer, for each token on its own: the output projection, and the feed-forward
    /// step through a wider space.
    private func finish(_ index: Int, rows: Range<Int>, in work: inout BERTWorkspace<Layer>, probe: Probe?) {
        let (layer, block) = (layers[index], 0..<rows.count)
        work.magnitudes?[index].observeContext(work.context, rows: rows)
        layer.attentionOutput.prepare(work.context, rows: rows, in: work.states)
        layer.attentionOutput.apply(to: work.states, into: &work.projected, rows: block, activation: .identity)
        layer.attentionNormalization.apply(to: &work.hidden, rows: rows, adding: work.projected, from: 0, bias: noBias)
        probe?("encoder.layer.\(index).attention.output", work.hidden.firstRows(rows.upperBound))

        work.magnitudes?[index].observeFeedForwardInput(work.hidden, rows: rows)
        layer.intermediate.prepare(work.hidden, rows: rows, in: work.states)
        layer.intermediate.apply(to: work.states, into: &work.inner, rows: block, activation: configuration.activation)
        probe?("encoder.layer.\(index).intermediate", work.inner.firstRows(rows.count))
        layer.output.prepare(work.inner, rows: block, in: work.wideStates)
        layer.output.apply(to: work.wideStates, into: &work.projected, rows: block, activation: .identity)
        layer.outputNormalization.apply(to: &work.hidden, rows: rows, adding: work.projected, from: 0, bias: noBias)
        probe?("encoder.layer.\(index).output", work.hidden.firstRows(rows.upperBound))
    }
}

extension Matrix {
    /// A copy of the first rows.
    func firstRows(_ count: Int) -> Matrix { gathered(Array(0..<count)) }
}
