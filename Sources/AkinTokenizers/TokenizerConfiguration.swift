/// A token that is looked for in the text itself, before words are split: `[SEP]` and its kind, or what a fine-tuning
/// added.
struct AddedToken: Sendable, Hashable, Codable {
    var id: Int32
    var content: String
    /// Whether it must not touch a word character on either side.
    var singleWord = false
    /// Whether it swallows the whitespace before it.
    var stripsLeft = false
    /// Whether it swallows the whitespace after it.
    var stripsRight = false
    /// Whether it is looked for in the normalised text, itself normalised, instead of the text as given.
    var normalized = false
}

/// Everything but the vocabulary that decides what a BERT tokenizer does.
package struct TokenizerConfiguration: Sendable, Codable {
    var cleansText = true
    var padsIdeographs = true
    var stripsAccents = true
    var lowercases = true
    var unknownToken = "[UNK]"
    var padToken = "[PAD]"
    var classToken = "[CLS]"
    var separatorToken = "[SEP]"
    var maskToken = "[MASK]"
    /// What stands around and between two texts; nil for BERT's `[CLS]` A `[SEP]` B `[SEP]`.
    var pairTemplate: PairTemplate?
    var continuingPrefix = "##"
    /// Scalars of the longest word that is looked up; a longer one is one unknown token.
    var maximumWordScalars = 100
    var addedTokens: [AddedToken] = []
    var configuredMaximum: Int?
}

extension TokenizerConfiguration {
    /// A maximum as files give it, or nil where it stands for “none”: Hugging Face writes 10^30 then.
    static func saneMaximum(_ length: Double) -> Int? {
        guard let whole = Int(exactly: length), (3...1_000_000).contains(whole) else { return nil }
        return whole
    }
}
