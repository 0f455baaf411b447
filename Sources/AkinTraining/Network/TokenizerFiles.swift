import AkinCore
package import AkinTokenizers
package import Foundation

/// The files of a model folder that make its tokenizer, held in memory.
package struct TokenizerFiles: Sendable {
    private var contents: [String: Data] = [:]

    private static let names = ["vocab.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"]
    private static let settings = "tokenizer_config.json"

    /// Reads those that a folder has.
    package init(of folder: URL) throws {
        for name in Self.names {
            let file = folder.appending(path: name)
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            contents[name] = try RegularFile.contents(of: file.path)
        }
    }

    /// Writes a learnt vocabulary's files for a moment, and reads them. Returns the tokenizer beside them.
    package static func learnt(
        _ entries: [String], options: VocabularyOptions
    ) throws -> (files: TokenizerFiles, tokenizer: WordPieceTokenizer) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "akin-vocabulary-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let tokenizer = try VocabularyFolder.write(entries, options: options, to: folder)
        return (try TokenizerFiles(of: folder), tokenizer)
    }

    /// The same with no longer texts than `count` tokens: where the settings allow more, or name no length, programs would
    /// ask a network for positions that it does not have.
    package func limited(to count: Int) throws -> TokenizerFiles {
        var fields: [String: JSONValue] = [:]
        if let data = contents[Self.settings], case .object(let found) = try JSONValue(json: Array(data)) {
            fields = found
        }
        if let given = fields["model_max_length"]?.number, given <= Double(count) { return self }
        fields["model_max_length"] = .number(Double(count))
        var writer = JSONWriter(escaping: .required)
        writer.object(fields)
        writer.newline()
        var copy = self
        copy.contents[Self.settings] = Data(writer.bytes)
        return copy
    }

    package func write(to folder: URL) throws {
        for (name, data) in contents { try data.write(to: folder.appending(path: name)) }
    }
}
