package import AkinCore

/// The role of a text for the encoder. Models such as e5 and bge put another prompt before a query than before a
/// passage.
package enum TextRole: Sendable {
    case query
    case passage
}

/// The identity of what made a vector. Two vectors may be compared only when their identities' `fingerprint`s are
/// equal.
package struct EncoderIdentity: Hashable, Sendable, Codable {
    /// A short name to show people, such as `all-MiniLM-L6-v2`.
    package var name: String
    package var kind: EncoderKind
    /// SHA-256, in hexadecimal, over weights, tokenizer, pooling, normalisation and prompts (not precision: see
    /// `TextEncoder`).
    package var fingerprint: String
    /// Components of a vector.
    package var dimension: Int

    package init(name: String, kind: EncoderKind, fingerprint: String, dimension: Int) {
        self.name = name
        self.kind = kind
        self.fingerprint = fingerprint
        self.dimension = dimension
    }
}

/// The vectors of a list of texts, in the texts' order.
package struct EncodedTexts: Sendable {
    /// (texts, dimension); rows have unit length where the encoder normalises. A row of zeros stands for a text that
    /// has no vector.
    package var vectors: Matrix
    /// Tokens of each text after truncation, special tokens included.
    package var tokenCounts: [Int]
    /// Tokens of each text that the vocabulary does not know (`[UNK]` for BERT, unknown words for word vectors).
    package var unknownCounts: [Int]
    /// Whether each text was longer than the encoder reads and was cut.
    package var truncated: [Bool]

    package init(vectors: Matrix, tokenCounts: [Int], unknownCounts: [Int], truncated: [Bool]) {
        self.vectors = vectors
        self.tokenCounts = tokenCounts
        self.unknownCounts = unknownCounts
        self.truncated = truncated
    }
}

/// Turns texts into vectors. Every family of encoders implements this protocol; what only some can do is in
/// the protocols of EncoderCapabilities.swift.
package protocol TextEncoder: Sendable {
    var identity: EncoderIdentity { get }

    /// The most tokens of one text that are read, special tokens included; the rest is cut. `Int.max` when there is no
    /// limit.
    var maximumTokens: Int { get }

    /// Special tokens added to each text (`[CLS]` and `[SEP]`: 2), and the tokens of the passage prompt.
    var overheadTokens: Int { get }

    /// Encodes texts. The vector of a text does not depend on the other texts, on their order or on `threads`.
    func encode(_ texts: [String], role: TextRole, threads: Int) throws -> EncodedTexts

    /// Where the tokens of a text begin, without special tokens and without truncation: the chunker counts them and cuts
    /// between them.
    func tokenStarts(in text: String) -> TokenStarts
}
