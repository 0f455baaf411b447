import AkinVectors

extension BERTNetwork {
    /// Runs the network over sequences packed one below the other and leaves the last hidden states in the first rows
    /// of `work.hidden`. Returns the rows of each sequence.
    ///
    /// Post-normalised, as in Devlin et al. 2019: x ← LN(x + Attention(x)), x ← LN(x + FeedForward(x)); or
    /// pre-normalised, x ← x + Attention(LN(x)), x ← x + FeedForward(LN(x)), where each normalisation is computed with
    /// the sum before it. Throws `.invalidArgument` for a sequence that is empty or too long and for ids outside the
    /// vocabulary. Cost: tokens · layers · (8 · H² + 4 · H · I) operations of the linear layers, half as many again for
    /// the I of gated steps, and 4 · length · H · layers for each sequence times its length, or what its window spans.
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
        if configuration.isPreNormalized { work.normalized.copyRows(0..<tokens, of: work.hidden) }
        for (index, layer) in layers.enumerated() {
            // Attention: every token gathers from the tokens of its sequence.
            work.observe(index, rows: 0..<tokens) { $0.observeAttentionInput($1, rows: $2) }
            for start in stride(from: 0, to: tokens, by: work.projectedSize) {
                let rows = start..<min(start + work.projectedSize, tokens)
                layer.queryKeyValue.prepare(work.read, rows: rows, in: work.states)
                layer.queryKeyValue.apply(to: work.states, into: &work.queryKeyValue, rows: rows, activation: .identity)
            }
            attend(index, bounds, in: &work)
            probe?("encoder.layer.\(index).attention.self", work.context.firstRows(tokens))
            for start in stride(from: 0, to: tokens, by: work.blockSize) {
                finish(index, rows: start..<min(start + work.blockSize, tokens), in: &work, probe: probe)
            }
        }
        return bounds
    }

    private func attend(_ index: Int, _ sequences: [Range<Int>], in work: inout BERTWorkspace<Layer>) {
        let places = configuration.attentions[index]
        let attention = SelfAttention(
            heads: configuration.headCount, headSize: configuration.headSize, window: places.window, bias: relativeBias,
            isRounded: Layer.roundsInputs)
        let table = places.rotary.flatMap { work.rotary[$0] }
        for rows in sequences {
            table?.turn(&work.queryKeyValue, rows: rows, vectors: 2 * configuration.headCount)
            attention.apply(to: work.queryKeyValue, rows: rows, scratch: &work.attentionScratch, into: &work.context)
        }
    }

    /// What follows the attention of a layer, for each token on its own: the output projection, and the feed-forward
    /// step through a wider space.
    private func finish(_ index: Int, rows: Range<Int>, in work: inout BERTWorkspace<Layer>, probe: Probe?) {
        let (layer, block) = (layers[index], 0..<rows.count)
        let isGated = configuration.isGated
        work.magnitudes?[index].observeContext(work.context, rows: rows)
        layer.attentionOutput.prepare(work.context, rows: rows, in: work.states)
        layer.attentionOutput.apply(to: work.states, into: &work.projected, rows: block, activation: .identity)
        join(rows, layer.attentionNormalization, isLast: false, in: &work)
        probe?("encoder.layer.\(index).attention.output", work.read.firstRows(rows.upperBound))

        work.observe(index, rows: rows) { $0.observeFeedForwardInput($1, rows: $2) }
        layer.intermediate.prepare(work.read, rows: rows, in: work.states)
        layer.intermediate.apply(
            to: work.states, into: &work.inner, rows: block, activation: isGated ? .identity : configuration.activation)
        if isGated {
            GatedActivation.apply(configuration.activation, to: work.inner, rows: rows.count, into: &work.gated)
        }
        probe?("encoder.layer.\(index).intermediate", (isGated ? work.gated : work.inner).firstRows(rows.count))
        layer.output.prepare(isGated ? work.gated : work.inner, rows: block, in: work.wideStates)
        layer.output.apply(to: work.wideStates, into: &work.projected, rows: block, activation: .identity)
        let isLast = index + 1 == layers.count
        join(rows, layer.outputNormalization, isLast: isLast, in: &work)
        probe?("encoder.layer.\(index).output", (isLast ? work.hidden : work.read).firstRows(rows.upperBound))
    }

    /// Adds a step's result to the states and normalises the sum: in its place, or, where states stay as they are until
    /// the last layer, beside it.
    private func join(
        _ rows: Range<Int>, _ normalization: LayerNormalization, isLast: Bool, in work: inout BERTWorkspace<Layer>
    ) {
        if configuration.isPreNormalized && !isLast {
            normalization.apply(
                to: &work.hidden, rows: rows, adding: work.projected, bias: noBias, into: &work.normalized)
        } else {
            normalization.apply(to: &work.hidden, rows: rows, adding: work.projected, from: 0, bias: noBias)
        }
    }
}

extension Matrix {
    /// A copy of the first rows.
    func firstRows(_ count: Int) -> Matrix { gathered(Array(0..<count)) }
}
