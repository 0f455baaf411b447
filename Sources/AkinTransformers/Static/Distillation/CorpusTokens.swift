import AkinTokenizers

/// How often a corpus has each token, and which of its words the tokenizer divides.
struct CorpusTokens {
    /// Calls its argument with every text, in the same order each time.
    typealias Corpus = (_ body: (String) throws -> Void) throws -> Void

    /// By token id.
    private(set) var counts: [Int]
    private(set) var total = 0
    /// The pieces of each word of several tokens, by their ids, and how often it occurs.
    private var dividedWords: [[Int32]: Int] = [:]

    /// When there are more different words than this, those that occurred once are dropped.
    private static let wordLimit = 2_000_000

    /// Cost: one pass of the tokenizer over the corpus.
    init(_ corpus: Corpus, tokenizer: WordPieceTokenizer) throws {
        counts = [Int](repeating: 0, count: tokenizer.vocabularySize)
        let continues = tokenizer.continuations
        var word: [Int32] = []
        try corpus { text in
            let ids = tokenizer.plainTokens(text).ids
            for id in ids {
                counts[Int(id)] += 1
                if continues[Int(id)] {
                    word.append(id)
                } else {
                    if word.count > 1 { dividedWords[word, default: 0] += 1 }
                    word = [id]
                }
            }
            if word.count > 1 { dividedWords[word, default: 0] += 1 }
            word = []
            total += ids.count
            if dividedWords.count > Self.wordLimit { dividedWords = dividedWords.filter { $0.value > 1 } }
        }
    }

    /// The words of several tokens that occur often enough, the most frequent first, as pieces.
    func frequentWords(minimumCount: Int, limit: Int) -> [[Int32]] {
        dividedWords.filter { $0.value >= minimumCount && $0.key.count <= 8 }
            .sorted { $0.value != $1.value ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key) }
            .prefix(limit).map(\.key)
    }
}
