import AkinCore
import Foundation

/// Takes the sections of a `tokenizer.json` for a Unigram tokenizer, and refuses what it has that is not known here.
struct UnigramFile {
    private(set) var normalizer: [NormalizerStep] = []
    private(set) var preTokenizer: [PreTokenizerStep] = []
    let addedTokens: [AddedToken]
    let vocabulary: UnigramVocabulary
    private(set) var frame = TokenFrame()
    let configuredMaximum: Int?

    private let parts: TokenizerSections

    /// - Parameter packed: the vocabulary, where it is known already and not in the sections.
    init(_ parts: TokenizerSections, vocabulary packed: UnigramVocabulary? = nil) throws {
        self.parts = parts
        addedTokens = try parts.addedTokens()
        vocabulary = try packed ?? Self.vocabulary(parts)
        for token in addedTokens where vocabulary.id(of: token.content.utf8) ?? token.id != token.id {
            throw AkinError(
                .invalidData,
                "\(parts.file) adds the token “\(token.content)” with the id \(token.id), which the vocabulary does not give it; "
                    + "the two must agree.")
        }
        configuredMaximum = parts.configuredMaximum
        let size = addedTokens.reduce(vocabulary.count) { max($0, Int($1.id) + 1) }
        frame =
            TokenFrame(parts["post_processor"] ?? .null).flatMap { $0.fits(vocabularySize: size) ? $0 : nil }
            ?? TokenFrame()
        try readNormalizer(parts["normalizer"] ?? .null)
        try readPreTokenizer(parts["pre_tokenizer"] ?? .null)
    }

    private static func vocabulary(_ parts: TokenizerSections) throws -> UnigramVocabulary {
        try parts.requireVocabulary()
        guard parts.scores.count == parts.entries.entries.count else {
            throw AkinError(
                .invalidData, "\(parts.file): the vocabulary of a Unigram model is a list of tokens with their scores.")
        }
        let unknown = try parts.count(parts.model["unk_id"], "model.unk_id", from: 0)
        guard unknown ?? 0 < parts.scores.count else {
            throw AkinError(
                .invalidData,
                "\(parts.file): model.unk_id is \(unknown ?? 0), but there are \(parts.scores.count) tokens.")
        }
        return try UnigramVocabulary(
            parts.entries, scores: parts.scores, unknownID: unknown.map(Int32.init) ?? -1,
            fallsBackToBytes: parts.flag(parts.model["byte_fallback"], "model.byte_fallback") ?? false)
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
            normalizer.append(.prepend(Array(text.utf8)))
        case "Replace":
            let content = try parts.string(members["content"], "content") ?? ""
            normalizer.append(.replace(try pattern(members["pattern"]), with: Array(content.utf8)))
        case "BertNormalizer":
            var configuration = TokenizerConfiguration()
            try configuration.readNormalizer(members, of: parts)
            normalizer.append(.bert(configuration))
        default:
            guard let form = NormalizerStep.Form(rawValue: type) else { throw refusal("normalizer", step) }
            normalizer.append(.form(form))
        }
    }

    // MARK: Pre-tokenizers

    private mutating func readPreTokenizer(_ step: JSONValue) throws {
        if step == .null { return }
        guard case .object(let members) = step, case .string(let type)? = members["type"] else {
            throw refusal("pre-tokenizer", step)
        }
        switch type {
        case "Sequence": try Self.steps(members["pretokenizers"]).forEach { try readPreTokenizer($0) }
        case "Metaspace": preTokenizer.append(try metaspace(members))
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
            throw invalid(
                "the regular expression “\(text)” cannot be read; plain texts and \\s, \\s+, \\s{2,}, \" +\", \" {2,}\" can"
            )
        default: throw invalid("a pattern is neither a String nor a Regex")
        }
    }
}
