import AkinVectors

extension QuantizedBERTNetwork {
    /// Runs the network over sequences packed one below the other and leaves the last hidden states in the first rows of
    /// `work.hidden`. Returns the rows of each sequence.
    ///
    /// The same steps as `BERTNetwork.forward`, of which each product's input is quantised by token.
    /// Throws `.invalidArgument` for a sequence that is empty or too long and for ids outside the vocabulary.
    /// Cost: tokens · layers · (8 · H² + 4 · H · I) operations on bytes, and 4 · length² · H · layers on floats for each sequence.
    func forward(_ sequences: [[Int32]], in work: inout QuantizedBERTWorkspace) throws -> [Range<Int>] {
        var bounds: [Range<Int>] = []
        var tokens = 0
        for ids in sequences {
            try embeddings.embed(ids, into: &work.hidden, from: tokens)
            bounds.append(tokens..<tokens + ids.count)
            tokens += ids.count
        }
        let attention = SelfAttention(heads: configuration.headCount, headSize: configuration.headSize)
        for (index, layer) in layers.enumerated() {
            work.magnitudes?[index].observeAttentionInput(work.hidden, rows: 0..<tokens)
            // Quantised once for the three projections, which are one layer.
            work.quantizedStates.assign(work.hidden, rows: 0..<tokens, factors: layer.attentionInputFactors)
            layer.queryKeyValue.apply(to: work.quantizedStates, into: &work.queryKeyValue, rows: 0..<tokens)
            for rows in bounds {
                attention.apply(to: work.queryKeyValue, rows: rows, scratch: &work.attentionScratch, into: &work.context)
            }
            for start in stride(from: 0, to: tokens, by: QuantizedBERTWorkspace.blockSize) {
                finish(index, rows: start..<min(start + QuantizedBERTWorkspace.blockSize, tokens), in: &work)
            }
        }
        return bounds
    }

    /// What follows the attention of a layer and looks at each token by itself: its output projection and the feed-forward step.
    private func finish(_ index: Int, rows: Range<Int>, in work: inout QuantizedBERTWorkspace) {
        let (layer, block) = (layers[index], 0..<rows.count)
        work.magnitudes?[index].observeContext(work.context, rows: rows)
        work.quantizedStates.assign(work.context, rows: rows)
        layer.attentionOutput.apply(to: work.quantizedStates, into: &work.projected, rows: block)
        layer.attentionNormalization.apply(to: &work.hidden, rows: rows, adding: work.projected, from: 0, bias: noBias)

        work.magnitudes?[index].observeFeedForwardInput(work.hidden, rows: rows)
        work.quantizedStates.assign(work.hidden, rows: rows, factors: layer.feedForwardInputFactors)
        layer.intermediate.apply(to: work.quantizedStates, into: &work.inner, rows: block, activation: configuration.activation)
        work.quantizedInner.assign(work.inner, rows: block)
        layer.output.apply(to: work.quantizedInner, into: &work.projected, rows: block)
        layer.outputNormalization.apply(to: &work.hidden, rows: rows, adding: work.projected, from: 0, bias: noBias)
    }
}
