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
        embeddings = BERTEmbeddings(
            words: try reader.embeddingTable(
                "embeddings.word_embeddings.weight", shape: [configuration.vocabularySize, hidden]),
            positions: try reader.matrix(
                ["embeddings.position_embeddings.weight"], shape: [configuration.maximumPositions, hidden]),
            segments: BERTEmbeddings.segments(
                of: try reader.matrix(
                    ["embeddings.token_type_embeddings.weight"], shape: [configuration.tokenTypeCount, hidden])),
            normalization: try reader.normalization("embeddings.LayerNorm", size: hidden))
        layers = try (0..<configuration.layerCount).map { index in
            let layer = "encoder.layer.\(index)"
            let projections = ["query", "key", "value"].map { "\(layer).attention.self.\($0)" }
            return BERTLayerWeights(
                queryKeyValue: LinearParameters(
                    weight: .stacked(
                        try projections.map { try reader.matrix(["\($0).weight"], shape: [hidden, hidden]) }),
                    bias: .joined(try projections.map { try reader.matrix(["\($0).bias"], shape: [hidden]) })),
                attentionOutput: try reader.linear("\(layer).attention.output.dense", inputs: hidden, outputs: hidden),
                attentionNormalization: try reader.normalization("\(layer).attention.output.LayerNorm", size: hidden),
                intermediate: try reader.linear("\(layer).intermediate.dense", inputs: hidden, outputs: inner),
                output: try reader.linear("\(layer).output.dense", inputs: inner, outputs: hidden),
                outputNormalization: try reader.normalization("\(layer).output.LayerNorm", size: hidden))
        }
    }
}
