import AkinCore
import Foundation

/// What a folder of `sentence-transformers` has beside a network whose vectors are the mean of its states, of unit length.
/// `transformers` does not look at these files.
struct MeanPoolingFiles {
    /// Components of a state.
    let dimension: Int
    /// The longest text, special tokens included.
    let maximumTokens: Int

    func write(to folder: URL) throws {
        let modules = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
        let list = modules.enumerated().map { index, module in
            JSONValue.object([
                "idx": .number(Double(index)), "name": .string(String(index)), "path": .string(module.0),
                "type": .string("sentence_transformers.models." + module.1),
            ])
        }
        for (path, _) in modules where !path.isEmpty {
            try FileManager.default.createDirectory(
                at: folder.appending(path: path), withIntermediateDirectories: true)
        }
        try write(.array(list), to: folder.appending(path: "modules.json"))
        try write(
            .object([
                "word_embedding_dimension": .number(Double(dimension)), "pooling_mode_cls_token": .bool(false),
                "pooling_mode_mean_tokens": .bool(true), "pooling_mode_max_tokens": .bool(false),
                "pooling_mode_mean_sqrt_len_tokens": .bool(false),
            ]), to: folder.appending(path: "1_Pooling/config.json"))
        try write(
            .object(["max_seq_length": .number(Double(maximumTokens)), "do_lower_case": .bool(false)]),
            to: folder.appending(path: "sentence_bert_config.json"))
    }

    private func write(_ value: JSONValue, to file: URL) throws {
        var writer = JSONWriter(escaping: .required)
        writer.value(value)
        writer.newline()
        try Data(writer.bytes).write(to: file)
    }
}
