package import Foundation

// What an encoder can do beyond turning a text into a vector. Callers ask for what they need, `encoder as? any
// ContextualEncoder`, and never for a family of encoders, so that a new family is used wherever it can do the work.

/// The tokens of one text, special ones around it included where the encoder has them.
package struct TextTokens: Sendable {
    /// As the vocabulary writes them.
    package var tokens: [String]
    package var ids: [Int32]
    /// Half-open, in Unicode scalars of the text.
    package var ranges: [Range<Int>]

    package init(tokens: [String], ids: [Int32], ranges: [Range<Int>]) {
        (self.tokens, self.ids, self.ranges) = (tokens, ids, ranges)
    }
}

/// An encoder whose tokens can be shown to people.
package protocol TokenizingEncoder: TextEncoder {
    /// The tokens of a text, cut at `maximumTokens` only when asked to.
    func tokenize(_ text: String, truncate: Bool) -> TextTokens
}

/// An encoder whose vector of a token depends on what stands around it: which distinguishes the senses of a word.
package protocol ContextualEncoder: TextEncoder {
    /// The vectors of a text's tokens, special ones left out, and where each stands in Unicode scalars of the text.
    /// The text is cut at `maximumTokens`. Shape: (tokens, any dimension).
    func tokenVectors(_ text: String) throws -> (vectors: Matrix, ranges: [Range<Int>])
}

/// An encoder whose model belongs to the store that it was made for. The store keeps the model's bytes beside its
/// vectors.
package protocol StoredEncoder: TextEncoder {
    /// The whole model.
    func serialized() throws -> Data
}

/// An encoder that was trained on the texts it encodes.
package protocol TrainedEncoder: StoredEncoder {
    /// The name of the way it was trained.
    var trainingMethod: String { get }
}
