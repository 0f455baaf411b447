import AkinVectors

extension BERTEmbeddings {
    /// Adds everything but the word embeddings.
    func write(to writer: inout PackedModelWriter) {
        positions?.write(to: &writer, as: "positions")
        Matrix.stacked(segments).write(to: &writer, as: "segments")
        normalization.write(to: &writer, as: "embeddingNormalization")
    }

    init(_ file: PackedModelFile, words: EmbeddingTable, _ configuration: BERTConfiguration) throws {
        let (hidden, traits) = (configuration.hiddenSize, configuration.family.traits)
        let positions: Matrix? =
            if case .learned = traits.positions {
                try Matrix(file, "positions", rows: configuration.maximumPositions, columns: hidden)
            } else {
                nil
            }
        let segments = if case .each = traits.segments { min(2, configuration.tokenTypeCount) } else { 2 }
        self.init(
            words: words, positions: positions, maximumPositions: configuration.maximumPositions,
            segments: Self.segments(of: try Matrix(file, "segments", rows: segments, columns: hidden), .each),
            normalization: try LayerNormalization(
                file, "embeddingNormalization", size: hidden, epsilon: configuration.layerNormEpsilon))
    }
}

extension BERTNetwork {
    func write(to writer: inout PackedModelWriter) {
        embeddings.write(to: &writer)
        if configuration.relativeAttentionBuckets != nil {
            relativeBias?.values.write(to: &writer, as: "relativeBias")
        }
        for (index, layer) in layers.enumerated() { layer.write(to: &writer, as: "layer.\(index)") }
    }

    /// The network that `write` put into a file, its parameters in place.
    init(_ file: PackedModelFile, words: EmbeddingTable, _ configuration: BERTConfiguration) throws {
        self.init(
            try BERTEmbeddings(file, words: words, configuration),
            relativeBias: try configuration.relativeAttentionBuckets.map { _ in
                RelativePositionBias(
                    values: try Matrix(
                        file, "relativeBias", rows: configuration.headCount,
                        columns: 2 * configuration.maximumPositions - 1))
            } ?? .linear(configuration),
            try (0..<configuration.layerCount).map { try BERTLayer(file, "layer.\($0)", configuration) }, configuration)
    }
}

extension BERTLayer {
    func write(to writer: inout PackedModelWriter, as name: String) {
        queryKeyValue.write(to: &writer, as: name + ".queryKeyValue")
        attentionOutput.write(to: &writer, as: name + ".attentionOutput")
        attentionNormalization.write(to: &writer, as: name + ".attentionNormalization")
        intermediate.write(to: &writer, as: name + ".intermediate")
        output.write(to: &writer, as: name + ".output")
        outputNormalization.write(to: &writer, as: name + ".outputNormalization")
    }

    init(_ file: PackedModelFile, _ name: String, _ configuration: BERTConfiguration) throws {
        let (hidden, inner, epsilon) = (
            configuration.hiddenSize, configuration.intermediateSize, configuration.layerNormEpsilon
        )
        queryKeyValue = try Layer(file, name + ".queryKeyValue", inputs: hidden, outputs: 3 * hidden)
        attentionOutput = try Layer(file, name + ".attentionOutput", inputs: hidden, outputs: hidden)
        attentionNormalization = try LayerNormalization(
            file, name + ".attentionNormalization", size: hidden, epsilon: epsilon)
        intermediate = try Layer(file, name + ".intermediate", inputs: hidden, outputs: configuration.innerOutputs)
        output = try Layer(file, name + ".output", inputs: inner, outputs: hidden)
        outputNormalization = try LayerNormalization(
            file, name + ".outputNormalization", size: hidden, epsilon: epsilon)
    }
}
