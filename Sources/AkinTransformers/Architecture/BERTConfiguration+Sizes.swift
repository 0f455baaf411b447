import AkinCore

extension BERTConfiguration {
    /// The shape of a network to be trained from scratch; the rest is as in the paper, for pairs of texts.
    ///
    /// - Throws: `.invalidArgument` for sizes that no network has.
    package init(
        layers: Int, hiddenSize: Int, heads: Int, intermediateSize: Int, vocabularySize: Int, maximumPositions: Int
    ) throws {
        for (name, value, most) in [
            ("layers", layers, 256), ("hidden size", hiddenSize, 16_384), ("heads", heads, 1024),
            ("intermediate size", intermediateSize, 65_536),
        ] where !(1...most).contains(value) {
            throw AkinError(.invalidArgument, "The \(name) must be from 1 to \(most), not \(value).")
        }
        guard hiddenSize % heads == 0 else {
            throw AkinError(
                .invalidArgument, "The hidden size \(hiddenSize) must be a multiple of the number of heads, \(heads).")
        }
        family = .bert
        (firstPosition, relativeAttentionBuckets) = (0, nil)
        layerCount = layers
        self.hiddenSize = hiddenSize
        headCount = heads
        self.intermediateSize = intermediateSize
        self.vocabularySize = vocabularySize
        self.maximumPositions = maximumPositions
        tokenTypeCount = 2
        layerNormEpsilon = 1e-12
        activation = .gelu
        attentions = [LayerAttention](repeating: LayerAttention(), count: layers)
        (isPreNormalized, isGated) = (false, false)
        biases = BERTFamily.Biases(everywhere: true)
        originalName = nil
    }
}
