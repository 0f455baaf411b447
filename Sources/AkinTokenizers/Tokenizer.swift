package import AkinCore
package import AkinVectors
package import Foundation

/// The tokens of one text as a network reads them: special tokens around it, unknown ones in their places.
package struct TokenEncoding: Sendable {
    package var ids: [Int32]
    /// Where each token stands: half-open, in Unicode scalars of the text; 0..<0 for the special tokens around it.
    package var ranges: [Range<Int>]
    /// How many of `ids` are the unknown token.
    package var unknownCount: Int
    /// Whether the text had more tokens than were asked for.
    package var truncated: Bool
}

/// The tokens of a text that a static model has vectors for.
package struct PlainTokens: Sendable {
    /// Without special tokens and unknown ones.
    package var ids: [Int32]
    /// How many tokens were unknown.
    package var unknown: Int
    /// Whether the text had more tokens than were asked for.
    package var truncated: Bool
}

/// Splits text into the tokens of a model's vocabulary. Every kind of tokenizer implements this protocol.
///
/// Implementations are immutable; one value serves any number of threads.
package protocol Tokenizer: Sendable, PackedParameters {
    /// The highest id + 1: rows an embedding table must have.
    var vocabularySize: Int { get }

    /// The most tokens of one text that the tokenizer's files ask for, special tokens included; nil without such a
    /// limit.
    var configuredMaximum: Int? { get }

    /// A `tokenizer.json` as Hugging Face's `tokenizers` reads it, for this tokenizer.
    var json: Data { get }

    /// Splits a text into tokens, with the special tokens that the tokenizer puts around a single text.
    ///
    /// - Parameter maximumTokens: The most tokens to give, special ones included; the end of a longer text is dropped.
    ///   No limit when nil; below the number of special tokens as that number.
    /// - Complexity: One pass over the text; work stops at the limit.
    func encode(_ text: String, maximumTokens: Int?) -> TokenEncoding

    /// - Parameter maximumTokens: The most tokens to read, unknown ones included; no limit when nil.
    func plainTokens(_ text: String, maximumTokens: Int?) -> PlainTokens

    /// All tokens of a text, unknown ones too but no special ones around it, and where each stands: half-open, in
    /// Unicode scalars of the text, ascending.
    func placedTokens(_ text: String) -> (ids: [Int32], ranges: [Range<Int>])

    /// Where the tokens that `placedTokens` gives begin.
    ///
    /// - Complexity: One pass over the text; holds little more than a byte for each token.
    func tokenStarts(_ text: String) -> TokenStarts

    /// The text of a token as the vocabulary writes it.
    func token(_ id: Int32) -> String

    /// The special tokens around a single text, such as `[CLS]` and `[SEP]`.
    var frameTokens: (before: [Int32], after: [Int32]) { get }

    /// The special tokens around and between two texts that are read together; nil where the tokenizer's files do not
    /// say them.
    var pairFrame: PairFrame? { get }

    /// Bytes that are equal for two tokenizers only when they turn every text into the same ids, truncation aside.
    ///
    /// - Complexity: Writes the whole vocabulary again at each call.
    var fingerprintBytes: Data { get }
}

extension Tokenizer {
    /// The tokens of the whole text, special ones around it.
    package func encode(_ text: String) -> TokenEncoding { encode(text, maximumTokens: nil) }

    /// The tokens of the whole text.
    package func plainTokens(_ text: String) -> PlainTokens { plainTokens(text, maximumTokens: nil) }
}

/// Reads a tokenizer of whichever kind it is.
package enum TokenizerReader {
    /// Reads a `tokenizer.json` of Hugging Face's `tokenizers`, which need not have special tokens.
    ///
    /// - Parameter name: What errors call the bytes.
    /// - Throws: `AkinError(.invalidData)` for malformed bytes, and for kinds other than BERT's WordPiece, Unigram and
    ///   byte-pair encoding, which it names.
    package static func read(json: Data, name: String) throws -> any Tokenizer {
        let sections = try TokenizerSections(Array(json), file: name)
        switch sections.model["type"] {
        case .string("WordPiece"): return try WordPieceTokenizer(sections)
        case .string("Unigram"), .string("BPE"): return try SubwordTokenizer(sections, json: json)
        default:
            throw AkinError(
                .invalidData,
                "\(name) has a model of the type \(sections.modelType); WordPiece, Unigram and BPE can be read."
            )
        }
    }

    /// Reads the tokenizer in a Hugging Face model folder: `tokenizer.json` of any kind, else `vocab.txt`.
    ///
    /// - Throws: `AkinError` with `.noInput` for a missing file and `.invalidData` for one that is malformed or of an
    ///   unknown kind.
    package static func read(folder: URL) throws -> any Tokenizer {
        let whole = folder.appending(path: "tokenizer.json")
        guard FileManager.default.fileExists(atPath: whole.path) else { return try WordPieceTokenizer(folder: folder) }
        let bytes = try WordPieceTokenizer.read(whole)
        var sections = try TokenizerSections(bytes, file: whole.path)
        guard ["Unigram", "BPE"].contains(sections.model["type"]?.scalarText) else {
            return try WordPieceTokenizer(folder: folder, sections: sections)
        }
        let maximum = try VocabularyFile.maximum(folder: folder)
        if maximum.isGiven { sections.setMaximum(maximum.tokens) }
        return try SubwordTokenizer(sections, json: Data(bytes))
    }

    /// Reads the tokenizer that wrote itself into a packed model under a name.
    ///
    /// - Throws: `AkinError(.invalidData)` when its parts are missing, damaged or do not fit together.
    package static func read(packed: PackedModelFile, _ name: String) throws -> any Tokenizer {
        packed.contains(SubwordTokenizer.stepsSection(name))
            ? try SubwordTokenizer(packed: packed, name) : try WordPieceTokenizer(packed: packed, name)
    }
}
