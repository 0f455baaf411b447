import AkinCore
import Foundation

/// What a `tokenizer.json` makes of a text, step by step: normalizer, pre-tokenizer, vocabulary, post-processor. A step
/// that is not known here is refused.
struct TokenizerSteps {
    private(set) var normalizer: [NormalizerStep] = []
    private(set) var preTokenizer: [PreTokenizerStep] = []
    let addedTokens: [AddedToken]
    let vocabulary: SubwordVocabulary
    private(set) var frame = TokenFrame()
    let configuredMaximum: Int?

    private let parts: TokenizerSections
    /// Whether the steps so far end with the characters of bytes.
    private var isByteLevel = false
    /// How many bytes the replacements so far may make of one.
    private var growth = 1.0

    /// Replacements that make more of one byte would fill the memory, and so would more special tokens.
    private static let mostGrowth = 64.0
    private static let longestFrame = 64

    /// - Parameter packed: the vocabulary, where it is known already and not in the sections.
    init(_ parts: TokenizerSections, vocabulary packed: SubwordVocabulary? = nil) throws {
        self.parts = parts
        addedTokens = try parts.addedTokens()
        vocabulary = try packed ?? SubwordVocabulary(parts)
        for token in addedTokens where vocabulary.id(of: token.content) ?? token.id != token.id {
            throw AkinError(
                .invalidData,
                "\(parts.file) adds the token “\(token.content.prefix(40))” with the id \(token.id), which the vocabulary does not give it; "
                    + "the two must agree.")
        }
        configuredMaximum = parts.configuredMaximum
        let size = addedTokens.reduce(vocabulary.count) { max($0, Int($1.id) + 1) }
        frame =
            TokenFrame(parts["post_processor"] ?? .null)?.fitting(vocabularySize: size) ?? TokenFrame()
        guard frame.count <= Self.longestFrame else {
            throw invalid("the post_processor puts \(frame.count) special tokens around a text")
        }
        try readNormalizer(parts["normalizer"] ?? .null)
        try readPreTokenizer(parts["pre_tokenizer"] ?? .null)
    }

    private func refusal(_ what: String, _ step: JSONValue) -> AkinError {
        AkinError(
            .invalidData,
            "\(parts.file) has the \(what) \(TokenizerSections.type(step)), which is not known here; use another model."
        )
    }

    private func invalid(_ problem: String) -> AkinError { AkinError(.invalidData, "\(parts.file): \(problem).") }

    // MARK: Normalizers

    private mutating func readNormalizer(_ step: JSONValue) throws {
        if step == .null { return }
        guard case .object(let members) = step, case .string(let type)? = members["type"] else {
            throw refusal("normalizer", step)
        }
        switch type {
        case "Sequence": try Self.steps(members["normalizers"]).forEach { try readNormalizer($0) }
        case "Precompiled":
            guard let text = try parts.string(members["precompiled_charsmap"], "precompiled_charsmap"),
                let bytes = Data(base64Encoded: text)
            else { throw invalid("precompiled_charsmap is not base64") }
            if !bytes.isEmpty { normalizer.append(.characterMap(try CharacterMap(Array(bytes), file: parts.file))) }
        case "Lowercase": normalizer.append(.lowercase)
        case "StripAccents": normalizer.append(.stripAccents)
        case "Nmt": normalizer.append(.nmt)
        case "Strip":
            normalizer.append(
                .strip(
                    left: try parts.flag(members["strip_left"], "strip_left") ?? true,
                    right: try parts.flag(members["strip_right"], "strip_right") ?? true))
        case "Prepend":
            guard let text = try parts.string(members["prepend"], "prepend") else {
                throw invalid("a Prepend does not say what")
            }
            try grow(by: max(1, Double(text.utf8.count) / 4))
            normalizer.append(.prepend(Array(text.utf8)))
        case "Replace":
            let content = try parts.string(members["content"], "content") ?? ""
            let replaced = try pattern(members["pattern"])
            try grow(by: Double(content.utf8.count) / Double(replaced.fewestBytes))
            normalizer.append(.replace(replaced, with: Array(content.utf8)))
        case "BertNormalizer":
            var configuration = TokenizerConfiguration()
            try configuration.readNormalizer(members, of: parts)
            normalizer.append(.bert(configuration))
        default:
            guard let form = NormalizerStep.Form(rawValue: type) else { throw refusal("normalizer", step) }
            normalizer.append(.form(form))
        }
    }

    /// Counts a step that makes at most so many bytes of one.
    private mutating func grow(by factor: Double) throws {
        growth *= max(1, factor)
        guard growth <= Self.mostGrowth else {
            throw invalid("the normalizer makes texts more than \(Int(Self.mostGrowth)) times as long")
        }
    }

    // MARK: Pre-tokenizers

    private mutating func readPreTokenizer(_ step: JSONValue) throws {
        if step == .null { return }
        guard case .object(let members) = step, case .string(let type)? = members["type"] else {
            throw refusal("pre-tokenizer", step)
        }
        guard !isByteLevel else {
            throw invalid("the pre-tokenizer “\(type)” comes after “ByteLevel”, which must be last")
        }
        switch type {
        case "Sequence": try Self.steps(members["pretokenizers"]).forEach { try readPreTokenizer($0) }
        case "Metaspace": preTokenizer.append(try metaspace(members))
        case "ByteLevel": try readByteLevel(members)
        case "WhitespaceSplit": preTokenizer.append(.split(.each(.whitespace), .removed, inverted: false))
        case "Whitespace": preTokenizer.append(.split(.runs([.word, .symbol], minimum: 1), .removed, inverted: true))
        case "Punctuation":
            preTokenizer.append(.split(.each(.punctuation), try behavior(members) ?? .isolated, inverted: false))
        case "BertPreTokenizer":
            preTokenizer.append(.split(.each(.whitespace), .removed, inverted: false))
            preTokenizer.append(.split(.each(.punctuation), .isolated, inverted: false))
        case "Digits":
            let single = try parts.flag(members["individual_digits"], "individual_digits") ?? false
            preTokenizer.append(.split(.each(.number), single ? .isolated : .contiguous, inverted: false))
        case "Split":
            preTokenizer.append(
                .split(
                    try pattern(members["pattern"]), try behavior(members) ?? .removed,
                    inverted: try parts.flag(members["invert"], "invert") ?? false))
        default: throw refusal("pre-tokenizer", step)
        }
    }

    /// Only what comes before the bytes become characters: the vocabulary holds bytes.
    private mutating func readByteLevel(_ members: [String: JSONValue]) throws {
        guard case .bytePair = vocabulary else {
            throw invalid("the pre-tokenizer “ByteLevel” goes with a model of the type “BPE” alone")
        }
        if try parts.flag(members["add_prefix_space"], "add_prefix_space") ?? true { preTokenizer.append(.spacePrefix) }
        if try parts.flag(members["use_regex"], "use_regex") ?? true {
            preTokenizer.append(.split(.words(.gpt2), .isolated, inverted: false))
        }
        isByteLevel = true
    }

    private func metaspace(_ members: [String: JSONValue]) throws -> PreTokenizerStep {
        let sign = try parts.string(members["replacement"], "replacement") ?? "▁"
        guard sign.unicodeScalars.count == 1 else {
            throw invalid("the replacement of a Metaspace is not one character")
        }
        let scheme: PreTokenizerStep.PrependScheme
        if let name = try parts.string(members["prepend_scheme"], "prepend_scheme") {
            guard let known = PreTokenizerStep.PrependScheme(rawValue: name) else {
                throw invalid("prepend_scheme “\(name)” is not known")
            }
            scheme = known
        } else {
            // The form of files from before there were schemes.
            scheme = try parts.flag(members["add_prefix_space"], "add_prefix_space") ?? true ? .always : .never
        }
        return .metaspace(sign: Array(sign.utf8), scheme, splits: try parts.flag(members["split"], "split") ?? true)
    }

    private func behavior(_ members: [String: JSONValue]) throws -> SplitBehavior? {
        guard let name = try parts.string(members["behavior"], "behavior") else { return nil }
        guard let known = SplitBehavior(rawValue: name) else { throw invalid("the behavior “\(name)” is not known") }
        return known
    }

    // MARK: Both

    private static func steps(_ list: JSONValue?) -> [JSONValue] {
        if case .array(let steps)? = list { steps } else { [] }
    }

    /// A plain text, or one of the few regular expressions that tokenizers have for whitespace.
    private func pattern(_ value: JSONValue?) throws -> TextPattern {
        guard case .object(let members)? = value else { throw invalid("a pattern is missing") }
        if case .string(let text)? = members["String"] {
            guard !text.isEmpty else { throw invalid("a pattern is empty") }
            return .literal(Array(text.utf8))
        }
        switch members["Regex"] {
        case .string(" +")?: return .runs([.space], minimum: 1)
        case .string(" {2,}")?: return .runs([.space], minimum: 2)
        case .string("\\s")?: return .each(.whitespace)
        case .string("\\s+")?: return .runs([.whitespace], minimum: 1)
        case .string("\\s{2,}")?: return .runs([.whitespace], minimum: 2)
        case .string(let text)?:
            if let words = WordPattern(expression: text) { return .words(words) }
            throw invalid(
                "the regular expression “\(text)” cannot be read; plain texts, \\s, \\s+, \\s{2,}, \" +\", \" {2,}\" and the patterns of GPT-2 and cl100k can"
            )
        default: throw invalid("a pattern is neither a String nor a Regex")
        }
    }
}
