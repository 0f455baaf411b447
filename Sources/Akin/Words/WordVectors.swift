import AkinWords

/// Words with a vector each: trained on a corpus, or read from a file of word2vec, GloVe or fastText.
///
/// ```swift
/// let options = WordTrainingOptions(algorithm: .fasttext)
/// let outcome = try await WordVectors.train(on: ["corpus.txt"], options: options)
/// try outcome.vectors.write(to: "corpus.akin")
/// ```
public struct WordVectors: Sendable {
    let embeddings: WordEmbeddings
    /// The number of words that occurred more than once in the file; the first vector of a word was kept.
    public let repeatedWords: Int
    /// The number of words in the file that were left out because they are empty or not UTF-8.
    public let unreadableWords: Int

    init(_ embeddings: WordEmbeddings, repeatedWords: Int = 0, unreadableWords: Int = 0) {
        self.embeddings = embeddings
        self.repeatedWords = repeatedWords
        self.unreadableWords = unreadableWords
    }

    /// The number of words that have a vector.
    public var count: Int { embeddings.count }

    /// The number of components of a vector.
    public var dimension: Int { embeddings.dimension }

    /// Whether words that are not among these get a vector too, from their character n-grams.
    public var hasSubwords: Bool { embeddings.subwords != nil }

    /// The word of a rank, from 0 on; in most files the most frequent come first.
    public func word(at rank: Int) -> String {
        precondition(rank >= 0 && rank < count)
        return embeddings.word(at: rank)
    }

    /// The rank of a word, or nil when it is not there. Case counts.
    public func rank(of word: String) -> Int? { embeddings.index(of: word) }

    /// The vector of a word: its own, or the mean of its n-grams'; nil when there is neither.
    public func vector(of word: String) -> [Float]? { embeddings.vector(of: word) }
}
