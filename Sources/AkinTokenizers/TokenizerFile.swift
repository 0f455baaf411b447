import AkinCore

/// Takes the sections of a `tokenizer.json` for a BERT tokenizer, and refuses anything else.
struct TokenizerFile {
    private(set) var configuration = TokenizerConfiguration()
    var entries: VocabularyEntries { parts.entries }

    private let parts: TokenizerSections

    init(_ parts: TokenizerSections) throws {
        self.parts = parts
        try checkModel()
        try checkNormalizer()
        try checkPreTokenizer()
        configuration.addedTokens = try parts.addedTokens()
        try readTemplate()
        readLengths()
    }

    private func refusal(_ problem: String) -> AkinError {
        AkinError(
            .invalidData,
            "\(parts.file) \(problem); only BERT tokenizers (BertNormalizer, BertPreTokenizer, WordPiece) can be read.")
    }

    private mutating func checkModel() throws {
        let model = parts.model
        guard model["type"] == .string("WordPiece") else { throw refusal("has a model of the type \(parts.modelType)") }
        try parts.requireVocabulary()
        if let value = try parts.string(model["unk_token"], "model.unk_token") { configuration.unknownToken = value }
        if let value = try parts.string(model["continuing_subword_prefix"], "model.continuing_subword_prefix") {
            configuration.continuingPrefix = value
        }
        if let value = try parts.count(model["max_input_chars_per_word"], "model.max_input_chars_per_word") {
            configuration.maximumWordScalars = value
        }
    }

    private mutating func checkNormalizer() throws {
        guard case .object(let normalizer) = Self.unwrapped(parts["normalizer"], list: "normalizers"),
            normalizer["type"] == .string("BertNormalizer")
        else { throw refusal("has the normalizer \(TokenizerSections.type(parts["normalizer"]))") }
        try configuration.readNormalizer(normalizer, of: parts)
    }

    private func checkPreTokenizer() throws {
        guard case .object(let preTokenizer) = Self.unwrapped(parts["pre_tokenizer"], list: "pretokenizers"),
            preTokenizer["type"] == .string("BertPreTokenizer")
        else { throw refusal("has the pre-tokenizer \(TokenizerSections.type(parts["pre_tokenizer"]))") }
    }

    /// The names of the tokens around a text: `[CLS] A [SEP]`, as a template or as the older `BertProcessing` and
    /// `RobertaProcessing`.
    private mutating func readTemplate() throws {
        switch parts["post_processor"] ?? .null {
        case .null: return
        case .object(let processor)
        where [.string("BertProcessing"), .string("RobertaProcessing")].contains(processor["type"]):
            guard case .array(let classToken) = processor["cls"], case .array(let separator) = processor["sep"],
                case .string(let className)? = classToken.first, case .string(let separatorName)? = separator.first
            else { throw refusal("has a post-processor without cls and sep") }
            (configuration.classToken, configuration.separatorToken) = (className, separatorName)
            if processor["type"] == .string("RobertaProcessing") {
                (configuration.padToken, configuration.maskToken) = ("<pad>", "<mask>")
                configuration.pairTemplate = .roberta(className, separatorName)
            }
        case .object(let processor) where processor["type"] == .string("TemplateProcessing"):
            guard case .array(let single) = processor["single"], single.count == 3,
                let className = Self.special(single[0]),
                case .object(let middle) = single[1], middle["Sequence"] != nil,
                let separatorName = Self.special(single[2])
            else { throw refusal("has a template other than [CLS] text [SEP]") }
            (configuration.classToken, configuration.separatorToken) = (className, separatorName)
            configuration.pairTemplate = PairTemplate(processor["pair"])
        case let other: throw refusal("has the post-processor \(TokenizerSections.type(other))")
        }
    }

    private mutating func readLengths() {
        configuration.configuredMaximum = parts.configuredMaximum
        if case .object(let padding) = parts["padding"], case .string(let token) = padding["pad_token"] {
            configuration.padToken = token
        }
    }

    private static func special(_ piece: JSONValue) -> String? {
        guard case .object(let piece) = piece, case .object(let token) = piece["SpecialToken"],
            case .string(let name) = token["id"]
        else {
            return nil
        }
        return name
    }

    /// The only step of a `Sequence`, or the value itself.
    private static func unwrapped(_ value: JSONValue?, list: String) -> JSONValue? {
        guard case .object(let members) = value, members["type"] == .string("Sequence"),
            case .array(let steps) = members[list],
            steps.count == 1
        else { return value }
        return steps[0]
    }
}

extension TokenizerConfiguration {
    /// Takes the settings of a `BertNormalizer`.
    mutating func readNormalizer(_ members: [String: JSONValue], of parts: TokenizerSections) throws {
        cleansText = try parts.flag(members["clean_text"], "normalizer.clean_text") ?? true
        padsIdeographs = try parts.flag(members["handle_chinese_chars"], "normalizer.handle_chinese_chars") ?? true
        lowercases = try parts.flag(members["lowercase"], "normalizer.lowercase") ?? true
        stripsAccents = try parts.flag(members["strip_accents"], "normalizer.strip_accents") ?? lowercases
    }
}
