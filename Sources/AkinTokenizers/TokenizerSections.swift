import AkinCore
import Foundation

/// The sections of a `tokenizer.json` of Hugging Face's `tokenizers`, read but not yet understood.
///
/// The vocabulary, which may have hundreds of thousands of tokens, never becomes a dictionary of strings.
struct TokenizerSections {
    let file: String
    /// The members of "model" but its vocabulary.
    private(set) var model: [String: JSONValue] = [:]
    private(set) var entries = VocabularyEntries()
    /// By entry, where the vocabulary is a list of pairs of token and score, whose place is its id; else empty.
    private(set) var scores: [Double] = []
    private var sections: [String: JSONValue] = [:]

    init(_ bytes: [UInt8], file: String) throws {
        self.file = file
        var reader = try JSONReader(bytes, file: file)
        try reader.object { reader, name in
            let name = String(decoding: name, as: UTF8.self)
            if name == "model", try reader.peek() == UInt8(ascii: "{") {
                try readModel(&reader)
            } else {
                sections[name] = try reader.value()
            }
        }
        try reader.expectEnd()
    }

    /// Everything but the vocabulary, as JSON.
    func withoutVocabulary() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return Array(try encoder.encode(JSONValue.object(sections.merging(["model": .object(model)]) { $1 })))
    }

    subscript(name: String) -> JSONValue? { sections[name] }

    /// What errors call the kind of the model.
    var modelType: String { Self.name(model["type"]) }

    private mutating func readModel(_ reader: inout JSONReader) throws {
        try reader.object { reader, name in
            switch (name.elementsEqual("vocab".utf8), try reader.peek()) {
            case (true, UInt8(ascii: "{")):
                entries.reserve(bytes: 1 << 18, entries: 1 << 15)
                try reader.object { entries.append($1, id: try $0.identifier()) }
            case (true, UInt8(ascii: "[")):
                entries.reserve(bytes: 1 << 21, entries: 1 << 18)
                try readScoredVocabulary(&reader)
            default: model[String(decoding: name, as: UTF8.self)] = try reader.value()
            }
        }
    }

    private mutating func readScoredVocabulary(_ reader: inout JSONReader) throws {
        var token: [UInt8] = []
        try reader.array { reader in
            var members = 0
            token.removeAll(keepingCapacity: true)
            try reader.array { reader in
                switch members {
                case 0: try reader.string(into: &token)
                case 1: scores.append(try reader.number())
                default: throw reader.failure("an entry of the vocabulary has more than a token and a score.")
                }
                members += 1
            }
            guard members == 2, scores.count < Int(Int32.max) else {
                throw reader.failure("an entry of the vocabulary has no token and score.")
            }
            entries.append(token, id: Int32(scores.count - 1))
        }
    }

    /// The truncation that the last use of the tokenizer has left in the file; nil without one.
    var configuredMaximum: Int? {
        guard case .object(let truncation) = sections["truncation"], case .number(let length) = truncation["max_length"]
        else { return nil }
        return TokenizerConfiguration.saneMaximum(length)
    }

    func requireVocabulary() throws {
        guard !entries.entries.isEmpty else {
            throw AkinError(.invalidData, "\(file) has no vocabulary (model.vocab); get the whole file again.")
        }
    }

    /// The tokens that are looked for in the text itself.
    func addedTokens() throws -> [AddedToken] {
        guard case .array(let tokens) = sections["added_tokens"] ?? .array([]) else {
            throw AkinError(.invalidData, "\(file): added_tokens is not an array.")
        }
        return try tokens.enumerated().map { index, token in
            let place = "added_tokens[\(index)]"
            guard case .object(let token) = token, let content = try string(token["content"], place + ".content"),
                !content.isEmpty,
                let id = try count(token["id"], place + ".id", from: 0).flatMap({ Int32(exactly: $0) })
            else { throw AkinError(.invalidData, "\(file): \(place) needs an id and a content that is not empty.") }
            return AddedToken(
                id: id, content: content,
                singleWord: try flag(token["single_word"], place + ".single_word") ?? false,
                stripsLeft: try flag(token["lstrip"], place + ".lstrip") ?? false,
                stripsRight: try flag(token["rstrip"], place + ".rstrip") ?? false,
                normalized: try flag(token["normalized"], place + ".normalized") ?? true)
        }
    }

    private static func name(_ value: JSONValue?) -> String { value?.scalarText.map { "“\($0)”" } ?? "“none”" }

    static func type(_ value: JSONValue?) -> String {
        guard case .object(let members) = value else { return name(nil) }
        return name(members["type"])
    }

    func string(_ value: JSONValue?, _ place: String) throws -> String? {
        switch value ?? .null {
        case .null: return nil
        case .string(let text): return text
        default: throw AkinError(.invalidData, "\(file): \(place) is not a string.")
        }
    }

    func flag(_ value: JSONValue?, _ place: String) throws -> Bool? {
        switch value ?? .null {
        case .null: return nil
        case .bool(let flag): return flag
        default: throw AkinError(.invalidData, "\(file): \(place) is neither true nor false.")
        }
    }

    func count(_ value: JSONValue?, _ place: String, from minimum: Int = 1) throws -> Int? {
        switch value ?? .null {
        case .null: return nil
        case .number(let number):
            if let whole = Int(exactly: number), whole >= minimum, whole <= Int32.max { return whole }
            fallthrough
        default: throw AkinError(.invalidData, "\(file): \(place) is not a whole number of at least \(minimum).")
        }
    }
}
