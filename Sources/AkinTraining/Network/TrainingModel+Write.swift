import AkinCore
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

        package init(labels: [String] = [], problemType: String? = nil) {
            (self.labels, self.problemType) = (labels, problemType)
        }
    }

    /// Writes the model as a Hugging Face folder: `config.json`, `model.safetensors` and the tokenizer's files of
    /// `source`. Nothing stands at `folder` before all of it does.
    ///
    /// - Parameter addition: writes what else belongs into the folder.
    ///
    /// Throws `.cannotCreate` where something is there already or the folder cannot be made, `.inputOutput` when a file
    /// cannot be written.
    package func write(
        to folder: URL, tokenizerOf source: URL, _ description: Description = .init(),
        adding addition: (_ folder: URL) throws -> Void = { _ in }
    ) throws {
        try ModelFolderWriter.write(to: folder) {
            try writeFiles(to: $0, tokenizerOf: source, description)
            try addition($0)
        }
    }

    private func writeFiles(to folder: URL, tokenizerOf source: URL, _ description: Description) throws {
        for name in ["vocab.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"] {
            let file = source.appending(path: name)
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            try RegularFile.contents(of: file.path).write(to: folder.appending(path: name))
        }
        var configuration = JSONWriter(escaping: .required)
        configuration.object(self.configuration(description))
        configuration.newline()
        try Data(configuration.bytes).write(to: folder.appending(path: "config.json"))
        var tensors = SafetensorsWriter()
        for parameter in parameters.layout.parameters {
            let values = unsafe UnsafeBufferPointer(start: parameters.value(parameter), count: parameter.count)
            unsafe tensors.append(parameter.name, Array(values), shape: parameter.shape)
        }
        try tensors.contents().write(to: folder.appending(path: "model.safetensors"))
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
        return fields
    }
}

extension Activation {
    /// The name in `config.json`.
    fileprivate var name: String {
        switch self {
        case .gelu: "gelu"
        case .geluTanh: "gelu_new"
        case .relu: "relu"
        case .identity: "linear"
        }
    }
}
