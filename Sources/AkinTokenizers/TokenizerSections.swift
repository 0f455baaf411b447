import AkinCore

/// The sections of a `tokenizer.json` of Hugging Face's `tokenizers`, read but not yet understood.
///
/// The vocabulary, which may have hundreds of thousands of tokens, never becomes a dictionary of strings.
struct TokenizerSections {
    let file: String
    /// The members of "model" except its vocabulary.
    private(set) var model: [String: JSONValue] = [:]
    private(set) var entries = VocabularyEntries()
    /// By entry, where the vocabulary is a list of pairs of token and score, whose place is its id; else empty.
    private(set) var scores: [Double] = []
    /// The rules of a byte-pair model: of each the two tokens that it joins, one after the other.
    private(set) var merges = VocabularyEntries()
    private var sections: [String: JSONValue] = [:]

    init(_ bytes: [UInt8], file: String) throws {
        self.file = file
        try JSONFile.read(bytes, name: file) { reader throws(JSONSyntaxError) in
            var hasMember = try reader.beginObject()
            while hasMember {
                let name = try reader.memberName()
                if name == "model", reader.peek() == UInt8(ascii: "{") {
                    try readModel(&reader)
                } else {
                    sections[name] = try reader.value()
                }
                hasMember = try reader.nextMember()
            }
        }
    }

    /// Everything but the vocabulary, as JSON.
    func withoutVocabulary() -> [UInt8] {
        var json = JSONWriter(escaping: .required)
        json.object(sections.merging(["model": .object(model)]) { $1 })
        return json.bytes
    }

    subscript(name: String) -> JSONValue? { sections[name] }

    /// What errors call the kind of the model.
    var modelType: String { Self.name(model["type"]) }

    private mutating func readModel(_ reader: inout JSONReader) throws(JSONSyntaxError) {
        var hasMember = try reader.beginObject()
        while hasMember {
            let name = try reader.memberName()
            switch (name, reader.peek()) {
            case ("vocab", UInt8(ascii: "{")): try readVocabulary(&reader)
            case ("vocab", UInt8(ascii: "[")): try readScoredVocabulary(&reader)
            case ("merges", UInt8(ascii: "[")): try readMerges(&reader)
            default: model[name] = try reader.value()
            }
            hasMember = try reader.nextMember()
        }
    }

    /// An object of tokens and their ids.
    private mutating func readVocabulary(_ reader: inout JSONReader) throws(JSONSyntaxError) {
        entries.reserve(bytes: 1 << 18, entries: 1 << 15)
        var token: [UInt8] = []
        var hasMember = try reader.beginObject()
        while hasMember {
            token.removeAll(keepingCapacity: true)
            try reader.memberName(into: &token)
            entries.append(token, id: try reader.identifier())
            hasMember = try reader.nextMember()
        }
    }

    /// An array of pairs of token and score.
    private mutating func readScoredVocabulary(_ reader: inout JSONReader) throws(JSONSyntaxError) {
        entries.reserve(bytes: 1 << 21, entries: 1 << 18)
        var token: [UInt8] = []
        var hasElement = try reader.beginArray()
        while hasElement {
            token.removeAll(keepingCapacity: true)
            guard try reader.beginArray() else { throw reader.failure("a token and its score were expected") }
            try reader.string(into: &token)
            guard try reader.nextElement() else { throw reader.failure("a score was expected after the token") }
            scores.append(try reader.double())
            guard try !reader.nextElement(), scores.count <= Int(Int32.max) else {
                throw reader.failure("the end of a token's entry was expected after its score")
            }
            entries.append(token, id: Int32(scores.count - 1))
            hasElement = try reader.nextElement()
        }
    }

    /// An array of rules, each a text “left right” or a pair of texts.
    private mutating func readMerges(_ reader: inout JSONReader) throws(JSONSyntaxError) {
        merges.reserve(bytes: 1 << 20, entries: 1 << 17)
        var token: [UInt8] = []
        var hasElement = try reader.beginArray()
        while hasElement {
            token.removeAll(keepingCapacity: true)
            if reader.peek() == UInt8(ascii: "[") {
                guard try reader.beginArray() else { throw reader.failure("two tokens were expected") }
                try reader.string(into: &token)
                merges.append(token, id: 0)
                guard try reader.nextElement() else { throw reader.failure("a second token was expected") }
                token.removeAll(keepingCapacity: true)
                try reader.string(into: &token)
                merges.append(token, id: 0)
                guard try !reader.nextElement() else { throw reader.failure("the end of a rule was expected") }
            } else {
                try reader.string(into: &token)
                let space = UInt8(ascii: " ")
                guard let middle = token.firstIndex(of: space), token.lastIndex(of: space) == middle else {
                    throw reader.failure("two tokens with a space between them were expected")
                }
                merges.append(token[..<middle], id: 0)
                merges.append(token[(middle + 1)...], id: 0)
            }
            hasElement = try reader.nextElement()
        }
    }

    /// Whether the pre-tokenizer turns texts into the characters of their bytes.
    var hasByteLevel: Bool { Self.hasByteLevel(sections["pre_tokenizer"] ?? .null) }

    private static func hasByteLevel(_ step: JSONValue) -> Bool {
        guard case .object(let members) = step else { return false }
        if case .array(let steps)? = members["pretokenizers"] { return steps.contains { hasByteLevel($0) } }
        return members["type"] == .string("ByteLevel")
    }

    /// The truncation that the last use of the tokenizer has left in the file; nil without one.
    var configuredMaximum: Int? {
        guard case .object(let truncation) = sections["truncation"], let length = truncation["max_length"]?.number
        else { return nil }
        return TokenizerConfiguration.saneMaximum(length)
    }

    /// Puts another maximum in its place.
    mutating func setMaximum(_ tokens: Int?) {
        sections["truncation"] = tokens.map { .object(["max_length": .number(Double($0))]) } ?? .null
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
        guard let value, value != .null else { return nil }
        guard let whole = value.number.flatMap({ Int(exactly: $0) }), whole >= minimum, whole <= Int32.max else {
            throw AkinError(.invalidData, "\(file): \(place) is not a whole number of at least \(minimum).")
        }
        return whole
    }
}
