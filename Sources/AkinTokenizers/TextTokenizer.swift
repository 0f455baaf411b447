import AkinCore
package import Foundation

/// The tokens of a text that a static model has vectors for.
package struct PlainTokens: Sendable {
    /// Without special tokens and unknown ones.
    package var ids: [Int32]
    /// How many tokens were unknown.
    package var unknown: Int
    /// Whether the text had more tokens than were asked for.
    package var truncated: Bool
}

/// What a static model asks of its tokenizer.
package protocol TextTokenizer: Sendable {
    /// The highest id + 1.
    var vocabularySize: Int { get }

    /// A `tokenizer.json` as Hugging Face's `tokenizers` reads it, for this tokenizer.
    var json: Data { get }

    /// - Parameter maximumTokens: The most tokens to read, unknown ones included; no limit when nil.
    func plainTokens(_ text: String, maximumTokens: Int?) -> PlainTokens

    /// All tokens of a text, unknown ones too but no special ones around it, and where each stands: half-open, in
    /// Unicode scalars of the text, ascending.
    func placedTokens(_ text: String) -> (ids: [Int32], ranges: [Range<Int>])

    /// The text of a token as the vocabulary writes it.
    func token(_ id: Int32) -> String
}

extension TextTokenizer {
    /// The tokens of the whole text.
    package func plainTokens(_ text: String) -> PlainTokens { plainTokens(text, maximumTokens: nil) }
}

/// Reads a `tokenizer.json` of Hugging Face's `tokenizers` for a static model, of whichever kind it is.
package enum TokenizerReader {
    /// - Parameter name: What errors call the bytes.
    /// - Throws: `AkinError(.invalidData)` for malformed bytes, and for kinds other than BERT's WordPiece and Unigram,
    ///   which it names.
    package static func read(json: Data, name: String) throws -> any TextTokenizer {
        let sections = try TokenizerSections(Array(json), file: name)
        switch sections.model["type"] {
        case .string("WordPiece"): return try BERTTokenizer(sections)
        case .string("Unigram"): return try UnigramTokenizer(sections, json: json)
        default:
            throw AkinError(
                .invalidData,
                "\(name) has a model of the type \(sections.modelType); static models with a WordPiece or a Unigram tokenizer can be read."
            )
        }
    }
}
