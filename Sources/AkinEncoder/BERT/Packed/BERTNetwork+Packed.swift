import AkinVectors

extension BERTEmbeddings {
    /// Adds everything but the word embeddings.
    func write(to writer: inout PackedModelWriter) {
        positions.write(to: &writer, as: "positions")
        tokenType.write(to: &writer, as: "tokenType")
        normalization.write(to: &writer, as: "embeddingNormalization")
    }

    init(_ file: PackedModelFile, words: EmbeddingTable, _ configuration: BERTConfiguration) throws {
        let hidden = configuration.hiddenSize
        self.init(
            words: words, positions: try Matrix(file, "positions", rows: configuration.maximumPositions, columns: hidden),
            tokenType: try Matrix(file, "tokenType", rows: 1, columns: hidden),
            normalization: try LayerNormalization(
                file, "embeddingNormalization", size: hidden, epsilon: configuration.layerNormEpsilon))
    }
}

extension QuantizedBERTNetwork {
    func write(to writer: inout PackedModelWriter) {
        embeddings.write(to: &writer)
        for (index, layer) in layers.enumerated() { layer.write(to: &writer, as: "layer.\(index)") }
    }

    /// The network that `write` put into a file, its parameters in place.
    init(_ file: PackedModelFile, words: EmbeddingTable, _ configuration: BERTConfiguration) throws {
        self.init(
            try BERTEmbeddings(file, words: words, configuration),
            try (0..<configuration.layerCount).map { try QuantizedBERTLayer(file, "layer.\($0)", configuration) }, configuration)
    }
}

extension QuantizedBERTLayer {
    func write(to writer: inout PackedModelWriter, as name: String) {
        attentionInputFactors?.write(to: &writer, as: name + ".attentionInputFactors")
        queryKeyValue.write(to: &writer, as: name + ".queryKeyValue")
        attentionOutput.write(to: &writer, as: name + ".attentionOutput")
        attentionNormalization.write(to: &writer, as: name + ".attentionNormalization")
        feedForwardInputFactors?.write(to: &writer, as: name + ".feedForwardInputFactors")
        intermediate.write(to: &writer, as: name + ".intermediate")
        output.write(to: &writer, as: name + ".output")
        outputNormalization.write(to: &writer, as: name + ".outputNormalization")
    }

    init(_ file: PackedModelFile, _ name: String, _ configuration: BERTConfiguration) throws {
        let (hidden, inner, epsilon) = (configuration.hiddenSize, configuration.intermediateSize, configuration.layerNormEpsilon)
        func factors(_ part: String) throws -> Matrix? {
            file.contains(name + part) ? try Matrix(file, name + part, rows: 1, columns: hidden) : nil
        }
        attentionInputFactors = try factors(".attentionInputFactors")
        queryKeyValue = try QuantizedLinearLayer(file, name + ".queryKeyValue", inputs: hidden, outputs: 3 * hidden)
        attentionOutput = try QuantizedLinearLayer(file, name + ".attentionOutput", inputs: hidden, outputs: hidden)
        attentionNormalization = try LayerNormalization(file, name + ".attentionNormalization", size: hidden, epsilon: epsilon)
        feedForwardInputFactors = try factors(".feedForwardInputFactors")
        intermediate = try QuantizedLinearLayer(file, name + ".intermediate", inputs: hidden, outputs: inner)
        output = try QuantizedLinearLayer(file, name + ".output", inputs: inner, outputs: hidden)
        outputNormalization = try LayerNormalization(file, name + ".outputNormalization", size: hidden, epsilon: epsilon)
    }
}
