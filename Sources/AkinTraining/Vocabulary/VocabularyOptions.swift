package import AkinTokenizers

/// How a WordPiece vocabulary is learnt. The defaults are those of BERT and of Hugging Face's trainer.
package struct VocabularyOptions: Sendable {
    /// Entries, special tokens and letters included.
    package var size: Int
    /// How often a pair must occur to be joined.
    package var minimumFrequency: Int
    /// The most different letters; words with rarer ones stay unknown.
    package var alphabetLimit: Int
    /// Whether text is lower-cased and loses its accents.
    package var lowercases: Bool

    package init(
        size: Int = 30_522, minimumFrequency: Int = 2, alphabetLimit: Int = 1000, lowercases: Bool = true
    ) {
        self.size = size
        self.minimumFrequency = minimumFrequency
        self.alphabetLimit = alphabetLimit
        self.lowercases = lowercases
    }

    /// What comes first in every vocabulary of BERT.
    static let specialTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    /// What begins a piece that goes on in a word.
    static let continuingPrefix: [UInt8] = Array("##".utf8)

    package var tokenizer: BasicTokenizer { BasicTokenizer(lowercases: lowercases) }
}
