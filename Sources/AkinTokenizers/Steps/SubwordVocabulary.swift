import AkinCore
import AkinVectors

/// The tokens of a model and its way of dividing words into them.
enum SubwordVocabulary: Sendable {
    case unigram(UnigramVocabulary)
    case bytePair(BytePairVocabulary)

    /// Room for `divide`, kept from word to word.
    struct Scratch {
        fileprivate var unigram = UnigramVocabulary.Scratch()
        fileprivate var bytePair = BytePairWord()
    }

    /// The highest id + 1.
    var count: Int {
        switch self {
        case .unigram(let vocabulary): vocabulary.count
        case .bytePair(let vocabulary): vocabulary.count
        }
    }

    /// The token of what no other token holds; −1 where there is none.
    var unknownID: Int32 {
        switch self {
        case .unigram(let vocabulary): vocabulary.unknownID
        case .bytePair(let vocabulary): vocabulary.unknownID
        }
    }

    /// The text of a token as the vocabulary writes it; nil for an id that no token has.
    func token(_ id: Int32) -> String? {
        switch self {
        case .unigram(let vocabulary): vocabulary.token(id)
        case .bytePair(let vocabulary): vocabulary.token(id)
        }
    }

    /// The id of a token as the vocabulary writes it.
    func id(of token: String) -> Int32? {
        switch self {
        case .unigram(let vocabulary): vocabulary.id(of: token.utf8)
        case .bytePair(let vocabulary): vocabulary.id(of: token)
        }
    }

    /// Divides a word into tokens.
    ///
    /// - Parameter emit: Gets each token and the bytes it stands for, in order.
    func divide(
        _ bytes: borrowing Span<UInt8>, _ word: Range<Int>, _ scratch: inout Scratch,
        _ emit: (Int32, Range<Int>) -> Void
    ) {
        switch self {
        case .unigram(let vocabulary): vocabulary.divide(bytes, word, &scratch.unigram, emit)
        case .bytePair(let vocabulary): vocabulary.divide(bytes, word, &scratch.bytePair, emit)
        }
    }

    func write(to writer: inout PackedModelWriter, as name: String) {
        switch self {
        case .unigram(let vocabulary): vocabulary.write(to: &writer, as: name)
        case .bytePair(let vocabulary): vocabulary.write(to: &writer, as: name)
        }
    }

    /// The vocabulary that `write` put into a file.
    ///
    /// - Throws: `AkinError(.invalidData)` when its parts do not fit together.
    init(_ file: PackedModelFile, _ name: String) throws {
        self =
            file.contains(BytePairVocabulary.mergesSection(name))
            ? .bytePair(try BytePairVocabulary(file, name)) : .unigram(try UnigramVocabulary(file, name))
    }
}

// MARK: From a tokenizer.json

extension SubwordVocabulary {
    /// - Throws: `AkinError(.invalidData)` for a model that is malformed or of another kind.
    init(_ parts: TokenizerSections) throws {
        try parts.requireVocabulary()
        self =
            parts.model["type"] == .string("BPE")
            ? .bytePair(try BytePairVocabulary(parts)) : .unigram(try UnigramVocabulary(parts))
    }
}

extension UnigramVocabulary {
    fileprivate init(_ parts: TokenizerSections) throws {
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
        try self.init(
            parts.entries, scores: parts.scores, unknownID: unknown.map(Int32.init) ?? -1,
            fallsBackToBytes: parts.flag(parts.model["byte_fallback"], "model.byte_fallback") ?? false)
    }
}

extension BytePairVocabulary {
    fileprivate init(_ parts: TokenizerSections) throws {
        let model = parts.model
        func invalid(_ problem: String) -> AkinError { AkinError(.invalidData, "\(parts.file): \(problem).") }
        guard parts.scores.isEmpty else {
            throw invalid("the vocabulary of a BPE model is an object of tokens and their ids")
        }
        for name in ["continuing_subword_prefix", "end_of_word_suffix"] {
            if let affix = try parts.string(model[name], "model.\(name)"), !affix.isEmpty {
                throw invalid("model.\(name) is “\(affix)”, and vocabularies with such marks cannot be read")
            }
        }
        if let dropout = model["dropout"], dropout != .null, dropout.number != 0 {
            throw invalid("model.dropout is set, by which a text has other tokens each time; set it to null")
        }
        var settings = Settings()
        settings.isByteLevel = parts.hasByteLevel
        settings.fusesUnknown = try parts.flag(model["fuse_unk"], "model.fuse_unk") ?? false
        settings.fallsBackToBytes = try parts.flag(model["byte_fallback"], "model.byte_fallback") ?? false
        settings.ignoresMerges = try parts.flag(model["ignore_merges"], "model.ignore_merges") ?? false
        if let unknown = try parts.string(model["unk_token"], "model.unk_token") {
            guard let entry = parts.entries.entry(unknown.utf8) else {
                throw invalid("model.unk_token is “\(unknown)”, which is not in the vocabulary")
            }
            settings.unknownID = entry.id
        }
        try self.init(parts.entries, pairs: parts.merges, settings, file: parts.file)
    }
}
