package import AkinVectors

/// The parameters of one layer, as floats. H is the hidden size, I the intermediate size.
package struct BERTLayerWeights: Sendable {
    package let queryKeyValue: LinearParameters  // H → 3 · H: the three projections of the attention stacked
    package let attentionOutput: LinearParameters  // H → H
    package let attentionNormalization: LayerNormalization  // H
    package let intermediate: LinearParameters  // H → I, or 2 · I: the half that is activated, then its gate
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
        let (family, names, biases) = (configuration.family, configuration.family.parameters, configuration.biases)
        let reader = try ParameterReader(
            checkpoint, epsilon: configuration.layerNormEpsilon, words: names.words)
        let (hidden, inner) = (configuration.hiddenSize, configuration.intermediateSize)
        func normalization(_ name: String) throws -> LayerNormalization {
            try reader.normalization(name, size: hidden, hasBias: biases.normalizations)
        }
        embeddings = BERTEmbeddings(
            words: try reader.embeddingTable(names.words, shape: [configuration.vocabularySize, hidden]),
            positions: try Self.positions(reader, configuration), maximumPositions: configuration.maximumPositions,
            segments: configuration.tokenTypeCount == 0
                ? BERTEmbeddings.noSegments(hidden)
                : BERTEmbeddings.segments(
                    of: try reader.matrix(
                        ["embeddings.token_type_embeddings.weight"], shape: [configuration.tokenTypeCount, hidden]),
                    family.traits.segments),
            normalization: try normalization(names.embeddingNormalization))
        relativeBias =
            try configuration.relativeAttentionBuckets.map {
                RelativePositionBias(
                    buckets: try reader.matrix(
                        ["encoder.relative_attention_bias.weight"], shape: [$0, configuration.headCount]),
                    reach: configuration.maximumPositions)
            } ?? .linear(configuration)
        layers = try (0..<configuration.layerCount).map { index in
            let layer = "\(names.layer)\(index)."
            return BERTLayerWeights(
                queryKeyValue: try reader.linear(
                    names.queryKeyValue.map { layer + $0 }, inputs: hidden, outputs: 3 * hidden,
                    hasBias: biases.queryKeyValue),
                attentionOutput: try reader.linear(
                    [layer + names.attentionOutput], inputs: hidden, outputs: hidden, hasBias: biases.attentionOutput),
                attentionNormalization: try normalization(layer + names.attentionNormalization),
                intermediate: try reader.linear(
                    names.intermediate.map { layer + $0 }, inputs: hidden, outputs: configuration.innerOutputs,
                    hasBias: biases.intermediate,
                    firstRow: family.traits.gate == .second ? inner : 0),
                output: try reader.linear(
                    [layer + names.output], inputs: inner, outputs: hidden, hasBias: biases.output),
                outputNormalization: try normalization(
                    names.outputNormalization(of: index, of: configuration.layerCount)))
        }
    }

    /// The table of positions from that of a first token; nil where a model has none.
    private static func positions(_ reader: ParameterReader, _ configuration: BERTConfiguration) throws -> Matrix? {
        guard case .learned = configuration.family.traits.positions else { return nil }
        let first = configuration.firstPosition
        let table = try reader.matrix(
            ["embeddings.position_embeddings.weight"],
            shape: [first + configuration.maximumPositions, configuration.hiddenSize])
        return first == 0 ? table : table.gathered(Array(first..<table.rows))
    }
}
