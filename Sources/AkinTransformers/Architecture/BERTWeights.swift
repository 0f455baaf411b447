import AkinCore
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
    /// parameters weight and bias or, in older models, gamma and beta. Other tensors (pooler, position_ids,
    /// language-model heads) are ignored. Throws `.invalidData` naming the tensor that is missing or of another shape
    /// or type.
    package init(_ checkpoint: SafetensorsCheckpoint, configuration: BERTConfiguration) throws {
        let reader = try ParameterReader(checkpoint, epsilon: configuration.layerNormEpsilon)
        let (hidden, inner) = (configuration.hiddenSize, configuration.intermediateSize)
        embeddings = BERTEmbeddings(
            words: try reader.embeddingTable(
                "embeddings.word_embeddings.weight", shape: [configuration.vocabularySize, hidden]),
            positions: try reader.matrix(
                ["embeddings.position_embeddings.weight"], shape: [configuration.maximumPositions, hidden]),
            tokenType: try reader.matrix(
                ["embeddings.token_type_embeddings.weight"], shape: [configuration.tokenTypeCount, hidden]
            )
            .gathered([0]),
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

/// Finds parameters by the names that models give them.
private struct ParameterReader {
    private let checkpoint: SafetensorsCheckpoint
    private let prefix: String
    private let epsilon: Float

    /// The prefix of the parameters' names: nothing, the name inside `BertFor…` models, the one inside whole sentence
    /// transformers.
    private static let prefixes = ["", "bert.", "0.auto_model."]

    init(_ checkpoint: SafetensorsCheckpoint, epsilon: Float) throws {
        guard
            let prefix = Self.prefixes.first(where: {
                checkpoint.locate($0 + "embeddings.word_embeddings.weight") != nil
            })
        else {
            throw AkinError(
                .invalidData,
                "\(checkpoint.files.map(\.path).joined(separator: ", ")) has no tensor \"embeddings.word_embeddings.weight\" (nor with the "
                    + "prefixes \"bert.\" or \"0.auto_model.\"); it is not a BERT model, so choose another.")
        }
        self.checkpoint = checkpoint
        self.prefix = prefix
        self.epsilon = epsilon
    }

    /// The first of the names that the file has.
    private func locate(_ names: [String]) throws -> (file: SafetensorsFile, tensor: SafetensorsFile.Tensor) {
        for name in names {
            if let found = checkpoint.locate(prefix + name) { return found }
        }
        throw AkinError(
            .invalidData,
            "\(checkpoint.files.map(\.path).joined(separator: ", ")) lacks the tensor "
                + names.map { "\"\(prefix + $0)\"" }.joined(separator: " or ") + "; fetch the model again.")
    }

    func matrix(_ names: [String], shape: [Int]) throws -> Matrix {
        let (file, tensor) = try locate(names)
        return try file.matrix(tensor, shape: shape)
    }

    func embeddingTable(_ name: String, shape: [Int]) throws -> EmbeddingTable {
        let (file, tensor) = try locate([name])
        return EmbeddingTable(file: file, tensor: tensor, format: try file.floatFormat(of: tensor, shape: shape))
    }

    func linear(_ name: String, inputs: Int, outputs: Int) throws -> LinearParameters {
        LinearParameters(
            weight: try matrix(["\(name).weight"], shape: [outputs, inputs]),
            bias: try matrix(["\(name).bias"], shape: [outputs]))
    }

    func normalization(_ name: String, size: Int) throws -> LayerNormalization {
        LayerNormalization(
            gamma: try matrix(["\(name).weight", "\(name).gamma"], shape: [size]),
            beta: try matrix(["\(name).bias", "\(name).beta"], shape: [size]), epsilon: epsilon)
    }
}
