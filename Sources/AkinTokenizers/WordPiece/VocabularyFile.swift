import AkinCore
import Foundation

/// Reads `vocab.txt` (a token a line, the line number from 0 being its id) with `tokenizer_config.json`, for models
/// without `tokenizer.json`.
struct VocabularyFile {
    private(set) var configuration = TokenizerConfiguration()
    private(set) var entries = VocabularyEntries()

    init(_ bytes: [UInt8], file: String, settings: [UInt8], settingsFile: String) throws {
        try readSettings(settings, file: settingsFile)
        try readTokens(bytes, file: file)
    }

    private mutating func readTokens(_ bytes: [UInt8], file: String) throws {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw AkinError(.invalidData, "\(file) is not UTF-8 text; a vocabulary has one token on each line.")
        }
        entries.reserve(bytes: bytes.count, entries: bytes.count / 6)
        var id: Int32 = 0
        var start = 0
        while start < bytes.count {
            var end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let next = end + 1
            if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
            entries.append(bytes[start..<end], id: id)
            id += 1
            start = next
        }
        guard id > 0 else {
            throw AkinError(.invalidData, "\(file) is empty; a vocabulary has one token on each line.")
        }
        let known = configuration
        for token in [known.unknownToken, known.separatorToken, known.padToken, known.classToken, known.maskToken] {
            let utf8 = Array(token.utf8)
            // As in a table keyed by token, the last line wins.
            if let entry = entries.entries.last(where: { entries.bytes[$0.start..<$0.end] == utf8[...] }) {
                configuration.addedTokens.append(AddedToken(id: entry.id, content: token))
            }
        }
    }

    private mutating func readSettings(_ bytes: [UInt8], file: String) throws {
        guard case .object(let settings) = try JSONFile.value(bytes, name: file) else {
            throw AkinError(.invalidData, "\(file) is not a JSON object.")
        }

        func flag(_ name: String) throws -> Bool? {
            switch settings[name] ?? .null {
            case .null: return nil
            case .bool(let flag): return flag
            default: throw AkinError(.invalidData, "\(file): \(name) is neither true nor false.")
            }
        }
        func token(_ name: String, _ standard: String) throws -> String {
            switch settings[name] ?? .null {
            case .null: return standard
            case .string(let text): return text
            case .object(let members):
                if case .string(let text) = members["content"] { return text }
                fallthrough
            default: throw AkinError(.invalidData, "\(file): \(name) is no token; write it as a string.")
            }
        }
        if case .string(let type) = settings["tokenizer_class"], !["BertTokenizer", "BertTokenizerFast"].contains(type)
        {
            throw AkinError(
                .invalidData, "\(file): the tokenizer is a \(type); only BERT tokenizers can be read from vocab.txt.")
        }
        configuration.lowercases = try flag("do_lower_case") ?? true
        configuration.stripsAccents = try flag("strip_accents") ?? configuration.lowercases
        configuration.padsIdeographs = try flag("tokenize_chinese_chars") ?? true
        configuration.unknownToken = try token("unk_token", configuration.unknownToken)
        configuration.padToken = try token("pad_token", configuration.padToken)
        configuration.classToken = try token("cls_token", configuration.classToken)
        configuration.separatorToken = try token("sep_token", configuration.separatorToken)
        configuration.maskToken = try token("mask_token", configuration.maskToken)
        if let length = settings["model_max_length"]?.number {
            configuration.configuredMaximum = TokenizerConfiguration.saneMaximum(length)
        }
    }
}

extension VocabularyFile {
    /// Whether a folder's `tokenizer_config.json` has a `model_max_length`, and the number where it is a possible one.
    static func maximum(folder: URL) throws -> (isGiven: Bool, tokens: Int?) {
        let file = folder.appending(path: "tokenizer_config.json")
        guard FileManager.default.fileExists(atPath: file.path),
            case .object(let settings) = try JSONFile.value(WordPieceTokenizer.read(file), name: file.path),
            let length = settings["model_max_length"]?.number
        else { return (false, nil) }
        return (true, TokenizerConfiguration.saneMaximum(length))
    }
}
