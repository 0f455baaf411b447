import AkinCore
import AkinTokenizers
package import AkinVectors
package import Foundation

extension BERTEncoder {
    /// What stands before a text of the given role.
    package func prompt(_ role: TextRole) -> String { role == .query ? layout.queryPrompt : layout.passagePrompt }

    /// The most tokens that the network has positions for, which may be more than the encoder reads.
    package var maximumPositions: Int { configuration.maximumPositions }

    /// Writes what a folder of `sentence-transformers` has beside the network, so that the network in `folder` makes
    /// vectors as this encoder does. Only for encoders with a `trainablePooling`.
    ///
    /// - Throws: What writing files throws.
    package func writeSentenceTransformerFiles(to folder: URL) throws { try layout.write(to: folder) }

    /// Writes the same beside a network whose vectors are to be the mean of its states, of unit length.
    ///
    /// - Parameter maximumTokens: of the longest text, special tokens included.
    /// - Throws: What reading and writing files throws.
    package static func writeMeanPoolingFiles(to folder: URL, maximumTokens: Int) throws {
        var layout = try SentenceTransformerLayout(folder: folder)
        layout.maximumTokens = maximumTokens
        try layout.write(to: folder)
    }
}

extension SentenceTransformerLayout {
    fileprivate func write(to folder: URL) throws {
        var modules = [("", "Transformer"), ("1_Pooling", "Pooling")]
        if case .normalize? = stages.last { modules.append(("2_Normalize", "Normalize")) }
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
        try Self.write(.array(list), to: folder.appending(path: "modules.json"))
        var switches = Dictionary(
            uniqueKeysWithValues: PoolingMode.allCases.map { ($0.configurationKey, JSONValue.bool(pooling == [$0])) })
        switches["include_prompt"] = .bool(poolsPrompt)
        let configuration = folder.appending(path: "config.json")
        if case .object(let network) = try JSONFile.value(
            Array(Data(contentsOf: configuration)), name: configuration.path)
        {
            switches["word_embedding_dimension"] = network["hidden_size"] ?? .null
        }
        try Self.write(.object(switches), to: folder.appending(path: "1_Pooling/config.json"))
        if let maximumTokens {
            let limits: JSONValue = .object([
                "max_seq_length": .number(Double(maximumTokens)), "do_lower_case": .bool(false),
            ])
            try Self.write(limits, to: folder.appending(path: "sentence_bert_config.json"))
        }
        var prompts: [String: JSONValue] = [:]
        if !queryPrompt.isEmpty { prompts["query"] = .string(queryPrompt) }
        if !passagePrompt.isEmpty { prompts["document"] = .string(passagePrompt) }
        let settings: JSONValue = .object(["prompts": .object(prompts), "default_prompt_name": .null])
        try Self.write(settings, to: folder.appending(path: "config_sentence_transformers.json"))
    }

    private static func write(_ value: JSONValue, to file: URL) throws {
        var writer = JSONWriter(escaping: .required)
        writer.value(value)
        writer.newline()
        try Data(writer.bytes).write(to: file)
    }
}
