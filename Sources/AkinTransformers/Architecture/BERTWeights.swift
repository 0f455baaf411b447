package import AkinVectors

/// The parameters of one layer, as floats. H is the hidden size, I the intermediate size.
package struct BERTLayerWeights: Sendable {
    package let queryKeyValue: LinearParameters  // H → 3 · H: the three projections of the attention stacked
    package let attentionOutput: LinearParameters  // H → H
    package let attentionNormalization: LayerNormalization  // H
    package let intermediate: LinearParameters  // H → I
    package let output: LinearParameters  // I → H
    package let outputNormalization: LayerNormalization  // H
}

/// The parameters of a BERT network. Immutable, so that any number of threads may read them.
package struct BERTWeights: Sendable {
    package let embeddings: BERTEmbeddings
    package let relativeBias: RelativePositionBias?
    package let layers: [BERTLayerWeights]

    /// Reads every tensor the network needs and checks its shape against the configuration.
    ///
    /// Parameter names may carry one of the prefixes that Hugging Face models have; layer normalisations may call their
    /// parameters weight and bias or, in older models, gamma and beta. Other tensors (position_ids, pooler, heads) are
    /// ignored. Throws `.invalidData` naming the tensor that is missing or of another shape
    /// or type.
    package init(_ checkpoint: SafetensorsCheckpoint, configuration: BERTConfiguration) throws {
        let reader = try ParameterReader(checkpoint, epsilon: configuration.layerNormEpsilon)
        let (hidden, inner) = (configuration.hiddenSize, configuration.intermediateSize)
        let family = configuration.family
        let positions = try reader.matrix(
            ["embeddings.position_embeddings.weight"],
            shape: [configuration.firstPosition + configuration.maximumPositions, hidden])
        embeddings = BERTEmbeddings(
            words: try reader.embeddingTable(
                "embeddings.word_embeddings.weight", shape: [configuration.vocabularySize, hidden]),
            positions: configuration.firstPosition == 0
                ? positions : positions.gathered(Array(configuration.firstPosition..<positions.rows)),
            segments: family.hasSegments
                ? BERTEmbeddings.segments(
                    of: try reader.matrix(
                        ["embeddings.token_type_embeddings.weight"], shape: [configuration.tokenTypeCount, hidden]),
                    family)
                : BERTEmbeddings.noSegments(hidden),
            normalization: try reader.normalization("embeddings.LayerNorm", size: hidden))
        relativeBias = try configuration.relativeAttentionBuckets.map {
            RelativePositionBias(
                buckets: try reader.matrix(
                    ["encoder.relative_attention_bias.weight"], shape: [$0, configuration.headCount]),
                reach: configuration.maximumPositions)
        }
        let names = family.parameters
        layers = try (0..<configuration.layerCount).map { index in
            let layer = "\(names.layer)\(index)."
            let projections = [names.query, names.key, names.value].map { layer + $0 }
            return BERTLayerWeights(
                queryKeyValue: LinearParameters(
                    weight: .stacked(
                        try projections.map { try reader.matrix(["\($0).weight"], shape: [hidden, hidden]) }),
                    bias: .joined(try projections.map { try reader.matrix(["\($0).bias"], shape: [hidden]) })),
                attentionOutput: try reader.linear(layer + names.attentionOutput, inputs: hidden, outputs: hidden),
                attentionNormalization: try reader.normalization(layer + names.attentionNormalization, size: hidden),
                intermediate: try reader.linear(layer + names.intermediate, inputs: hidden, outputs: inner),
                output: try reader.linear(layer + names.output, inputs: inner, outputs: hidden),
                outputNormalization: try reader.normalization(layer + names.outputNormalization, size: hidden))
        }
    }
}
