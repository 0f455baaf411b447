package import AkinCore
import AkinTransformers
import AkinVectors
package import Foundation

extension TrainingModel {
    /// What a model folder says about its outputs.
    package struct Description: Sendable {
        /// The names of the outputs, in their order; empty for tasks without classes.
        package var labels: [String] = []
        /// `single_label_classification`, `multi_label_classification` or `regression`, for classes of texts.
        package var problemType: String?
        /// Other fields of `config.json`.
        package var further: [String: JSONValue]

        package init(labels: [String] = [], problemType: String? = nil, further: [String: JSONValue] = [:]) {
            (self.labels, self.problemType, self.further) = (labels, problemType, further)
        }
    }

    /// Writes the model as a Hugging Face folder: `config.json`, `model.safetensors` and the tokenizer's files of
    /// `source`. Nothing stands at `folder` before all of it does.
    ///
    /// Throws `.cannotCreate` where something is there already or the folder cannot be made, `.inputOutput` when a file
    /// cannot be written.
    ///
    /// - Parameter addFiles: writes what the folder is to hold besides.
    package func write(
        to folder: URL, tokenizerOf source: URL, _ description: Description = .init(),
        addFiles: (_ staging: URL) throws -> Void = { _ in }
    ) throws {
        try ModelFolderWriter.write(to: folder) {
            try writeFiles(to: $0, TokenizerFiles(of: source), description)
            try addFiles($0)
        }
    }

    /// Writes the model's files into a folder that is there.
    func writeFiles(to folder: URL, _ tokenizer: TokenizerFiles, _ description: Description = .init()) throws {
        try tokenizer.write(to: folder)
        var configuration = JSONWriter(escaping: .required)
        configuration.object(self.configuration(description))
        configuration.newline()
        try Data(configuration.bytes).write(to: folder.appending(path: "config.json"))
        try writeTensors(to: folder)
    }

    /// Writes the parameters as `model.safetensors`.
    func writeTensors(to folder: URL) throws {
        // From where they are: a copy of all would be the run's peak of memory.
        let header = SafetensorsWriter.header(parameters.layout.parameters.map { (writtenName($0), $0.shape) })
        let file = try TemporaryFile(besides: folder.appending(path: "model.safetensors").path)
        unsafe try header.withUnsafeBytes(file.write)
        unsafe try file.write(UnsafeRawBufferPointer(parameters.values.buffer))
        try file.publish()
    }

    /// The name of a parameter in the folder: a network without a head has no prefix.
    private func writtenName(_ parameter: Parameter) -> String {
        task == .embedding ? String(parameter.name.dropFirst(Self.networkPrefix.count)) : parameter.name
    }

    /// The name of the class of `transformers` that reads the folder.
    private var architecture: String {
        switch task {
        case .sequenceClassification: "BertForSequenceClassification"
        case .tokenClassification: "BertForTokenClassification"
        case .questionAnswering: "BertForQuestionAnswering"
        case .maskedWords(let nextSentence): nextSentence ? "BertForPreTraining" : "BertForMaskedLM"
        case .embedding: "BertModel"
        }
    }

    private func configuration(_ description: Description) -> [String: JSONValue] {
        func number(_ value: Int) -> JSONValue { .number(Double(value)) }
        var fields: [String: JSONValue] = [
            "architectures": .array([.string(architecture)]), "model_type": .string("bert"),
            "hidden_size": number(shape.hiddenSize), "num_hidden_layers": number(shape.layerCount),
            "num_attention_heads": number(shape.headCount), "intermediate_size": number(shape.intermediateSize),
            "max_position_embeddings": number(shape.maximumPositions), "type_vocab_size": number(shape.tokenTypeCount),
            "vocab_size": number(shape.vocabularySize), "layer_norm_eps": .number(Double(shape.layerNormEpsilon)),
            "hidden_act": .string(shape.activation.name), "hidden_dropout_prob": .number(0.1),
            "attention_probs_dropout_prob": .number(0.1), "initializer_range": .number(0.02),
            "pad_token_id": .number(0), "position_embedding_type": .string("absolute"), "dtype": .string("float32"),
        ]
        if !description.labels.isEmpty {
            fields["id2label"] = .object(
                Dictionary(
                    uniqueKeysWithValues: description.labels.enumerated().map {
                        (String($0.offset), .string($0.element))
                    }))
            fields["label2id"] = .object(
                Dictionary(description.labels.enumerated().map { ($0.element, number($0.offset)) }) { first, _ in first
                })
        }
        if let problemType = description.problemType { fields["problem_type"] = .string(problemType) }
        return fields.merging(description.further) { $1 }
    }
}

extension Activation {
    /// The name in `config.json`.
    fileprivate var name: String {
        switch self {
        case .gelu: "gelu"
        case .geluTanh: "gelu_new"
        case .silu: "silu"
        case .relu: "relu"
        case .identity: "linear"
        }
    }
}
