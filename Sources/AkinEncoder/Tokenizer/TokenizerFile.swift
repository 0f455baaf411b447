import AkinCore

/// Reads a `tokenizer.json` of Hugging Face's `tokenizers`, and refuses whatever is not a BERT tokenizer.
struct TokenizerFile {
    private(set) var configuration = TokenizerConfiguration()
    private(set) var entries = VocabularyEntries()

    private let file: String
    private var sections: [String: JSONValue] = [:]
    private var model: [String: JSONValue] = [:]

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
        try checkModel()
        try checkNormalizer()
        try checkPreTokenizer()
        try readAddedTokens()
        try readTemplate()
        readLengths()
    }

    /// Reads the model; its vocabulary goes straight into `entries`.
    private mutating func readModel(_ reader: inout JSONReader) throws {
        try reader.object { reader, name in
            if name.elementsEqual("vocab".utf8), try reader.peek() == UInt8(ascii: "{") {
                entries.reserve(bytes: 1 << 18, entries: 1 << 15)
                try reader.object { entries.append($1, id: try $0.identifier()) }
            } else {
                model[String(decoding: name, as: UTF8.self)] = try reader.value()
            }
        }
    }

    private func refusal(_ problem: String) -> AkinError {
        AkinError(.invalidData, "\(file) \(problem); only BERT tokenizers (BertNormalizer, BertPreTokenizer, WordPiece) can be read.")
    }

    private mutating func checkModel() throws {
        guard model["type"] == .string("WordPiece") else { throw refusal("has a model of the type \(Self.name(model["type"]))") }
        guard !entries.entries.isEmpty else {
            throw AkinError(.invalidData, "\(file) has no vocabulary (model.vocab); get the whole file again.")
        }
        if let value = try string(model["unk_token"], "model.unk_token") { configuration.unknownToken = value }
        if let value = try string(model["continuing_subword_prefix"], "model.continuing_subword_prefix") {
            configuration.continuingPrefix = value
        }
        if let value = try count(model["max_input_chars_per_word"], "model.max_input_chars_per_word") {
            configuration.maximumWordScalars = value
        }
    }

    private mutating func checkNormalizer() throws {
        guard case .object(let normalizer) = Self.unwrapped(sections["normalizer"], list: "normalizers"),
            normalizer["type"] == .string("BertNormalizer")
        else { throw refusal("has the normalizer \(Self.type(sections["normalizer"]))") }
        configuration.cleansText = try flag(normalizer["clean_text"], "normalizer.clean_text") ?? true
        configuration.padsIdeographs = try flag(normalizer["handle_chinese_chars"], "normalizer.handle_chinese_chars") ?? true
        configuration.lowercases = try flag(normalizer["lowercase"], "normalizer.lowercase") ?? true
        configuration.stripsAccents = try flag(normalizer["strip_accents"], "normalizer.strip_accents") ?? configuration.lowercases
    }

    private func checkPreTokenizer() throws {
        guard case .object(let preTokenizer) = Self.unwrapped(sections["pre_tokenizer"], list: "pretokenizers"),
            preTokenizer["type"] == .string("BertPreTokenizer")
        else { throw refusal("has the pre-tokenizer \(Self.type(sections["pre_tokenizer"]))") }
    }

    private mutating func readAddedTokens() throws {
        guard case .array(let tokens) = sections["added_tokens"] ?? .array([]) else {
            throw AkinError(.invalidData, "\(file): added_tokens is not an array.")
        }
        for (index, token) in tokens.enumerated() {
            let place = "added_tokens[\(index)]"
            guard case .object(let token) = token, let content = try string(token["content"], place + ".content"), !content.isEmpty,
                let id = try count(token["id"], place + ".id", from: 0).flatMap({ Int32(exactly: $0) })
            else { throw AkinError(.invalidData, "\(file): \(place) needs an id and a content that is not empty.") }
            configuration.addedTokens.append(
                AddedToken(
                    id: id, content: content,
                    singleWord: try flag(token["single_word"], place + ".single_word") ?? false,
                    stripsLeft: try flag(token["lstrip"], place + ".lstrip") ?? false,
                    stripsRight: try flag(token["rstrip"], place + ".rstrip") ?? false,
                    normalized: try flag(token["normalized"], place + ".normalized") ?? true))
        }
    }

    /// The names of the tokens around a text: `[CLS] A [SEP]`, as a template or as the older `BertProcessing`.
    private mutating func readTemplate() throws {
        switch sections["post_processor"] ?? .null {
        case .null: return
        case .object(let processor) where processor["type"] == .string("BertProcessing"):
            guard case .array(let classToken) = processor["cls"], case .array(let separator) = processor["sep"],
                case .string(let className)? = classToken.first, case .string(let separatorName)? = separator.first
            else { throw refusal("has a post-processor without cls and sep") }
            (configuration.classToken, configuration.separatorToken) = (className, separatorName)
        case .object(let processor) where processor["type"] == .string("TemplateProcessing"):
            guard case .array(let single) = processor["single"], single.count == 3, let className = Self.special(single[0]),
                case .object(let middle) = single[1], middle["Sequence"] != nil, let separatorName = Self.special(single[2])
            else { throw refusal("has a template other than [CLS] text [SEP]") }
            (configuration.classToken, configuration.separatorToken) = (className, separatorName)
        case let other: throw refusal("has the post-processor \(Self.type(other))")
        }
    }

    private mutating func readLengths() {
        if case .object(let truncation) = sections["truncation"], case .number(let length) = truncation["max_length"] {
            configuration.configuredMaximum = TokenizerConfiguration.saneMaximum(length)
        }
        if case .object(let padding) = sections["padding"], case .string(let token) = padding["pad_token"] {
            configuration.padToken = token
        }
    }

    private static func special(_ piece: JSONValue) -> String? {
        guard case .object(let piece) = piece, case .object(let token) = piece["SpecialToken"], case .string(let name) = token["id"] else {
            return nil
        }
        return name
    }

    /// The only step of a `Sequence`, or the value itself.
    private static func unwrapped(_ value: JSONValue?, list: String) -> JSONValue? {
        guard case .object(let members) = value, members["type"] == .string("Sequence"), case .array(let steps) = members[list],
            steps.count == 1
        else { return value }
        return steps[0]
    }

    private static func name(_ value: JSONValue?) -> String { value?.scalarText.map { "“\($0)”" } ?? "“none”" }

    private static func type(_ value: JSONValue?) -> String {
        guard case .object(let members) = value else { return name(nil) }
        return name(members["type"])
    }

    private func string(_ value: JSONValue?, _ place: String) throws -> String? {
        switch value ?? .null {
        case .null: return nil
        case .string(let text): return text
        default: throw AkinError(.invalidData, "\(file): \(place) is not a string.")
        }
    }

    private func flag(_ value: JSONValue?, _ place: String) throws -> Bool? {
        switch value ?? .null {
        case .null: return nil
        case .bool(let flag): return flag
        default: throw AkinError(.invalidData, "\(file): \(place) is neither true nor false.")
        }
    }

    private func count(_ value: JSONValue?, _ place: String, from minimum: Int = 1) throws -> Int? {
        switch value ?? .null {
        case .null: return nil
        case .number(let number):
            if let whole = Int(exactly: number), whole >= minimum, whole <= Int32.max { return whole }
            fallthrough
        default: throw AkinError(.invalidData, "\(file): \(place) is not a whole number of at least \(minimum).")
        }
    }
}
