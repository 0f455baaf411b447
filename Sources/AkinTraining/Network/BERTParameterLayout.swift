package import AkinTransformers

/// Where a linear layer's parameters are. y = x·Wᵀ + b, W being (outputs, inputs).
struct LinearSite: Sendable {
    let weight: Int
    let bias: Int
    let inputs: Int
    let outputs: Int
}

/// Where a layer normalisation's parameters are.
struct NormalizationSite: Sendable {
    let gamma: Int
    let beta: Int
}

/// Where one layer's parameters are. H is the hidden size, I the intermediate size.
struct BERTLayerSite: Sendable {
    let queryKeyValue: LinearSite  // H → 3 · H
    let attentionOutput: LinearSite  // H → H
    let attentionNormalization: NormalizationSite
    let intermediate: LinearSite  // H → I
    let output: LinearSite  // I → H
    let outputNormalization: NormalizationSite
}

/// Where a BERT network's parameters are, under the names of `transformers`.
package struct BERTParameterLayout: Sendable {
    package let words: Parameter
    let positions: Parameter
    let tokenTypes: Parameter
    let normalization: NormalizationSite
    let layers: [BERTLayerSite]
    /// The dense layer over the first token's state, where the network has one.
    let pooler: LinearSite?

    /// - Parameter prefix: what stands before the names: `bert.` in models with heads.
    package init(
        _ shape: BERTConfiguration, prefix: String, hasPooler: Bool, in layout: inout ParameterLayout
    ) {
        let (hidden, inner) = (shape.hiddenSize, shape.intermediateSize)
        words = layout.add(prefix + "embeddings.word_embeddings.weight", [shape.vocabularySize, hidden])
        positions = layout.add(prefix + "embeddings.position_embeddings.weight", [shape.maximumPositions, hidden])
        tokenTypes = layout.add(prefix + "embeddings.token_type_embeddings.weight", [shape.tokenTypeCount, hidden])
        normalization = layout.normalization(prefix + "embeddings.LayerNorm", hidden)
        layers = (0..<shape.layerCount).map { index in
            let layer = prefix + "encoder.layer.\(index)"
            // The three projections' weights stand one below the other, then their biases: one layer with 3 · H outputs.
            let projections = ["query", "key", "value"].map { "\(layer).attention.self.\($0)" }
            let weights = projections.map { layout.add($0 + ".weight", [hidden, hidden]) }
            let biases = projections.map { layout.add($0 + ".bias", [hidden], decays: false) }
            return BERTLayerSite(
                queryKeyValue: LinearSite(
                    weight: weights[0].start, bias: biases[0].start, inputs: hidden, outputs: 3 * hidden),
                attentionOutput: layout.linear("\(layer).attention.output.dense", hidden, hidden),
                attentionNormalization: layout.normalization("\(layer).attention.output.LayerNorm", hidden),
                intermediate: layout.linear("\(layer).intermediate.dense", hidden, inner),
                output: layout.linear("\(layer).output.dense", inner, hidden),
                outputNormalization: layout.normalization("\(layer).output.LayerNorm", hidden))
        }
        pooler = hasPooler ? layout.linear(prefix + "pooler.dense", hidden, hidden) : nil
    }
}

extension ParameterLayout {
    mutating func linear(_ name: String, _ inputs: Int, _ outputs: Int) -> LinearSite {
        let weight = add(name + ".weight", [outputs, inputs])
        let bias = add(name + ".bias", [outputs], decays: false)
        return LinearSite(weight: weight.start, bias: bias.start, inputs: inputs, outputs: outputs)
    }

    mutating func normalization(_ name: String, _ size: Int) -> NormalizationSite {
        let gamma = add(name + ".weight", [size], decays: false)
        let beta = add(name + ".bias", [size], decays: false)
        return NormalizationSite(gamma: gamma.start, beta: beta.start)
    }
}
