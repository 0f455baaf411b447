package import AkinVectors

/// Words with a vector each, however they were made. Formats read and write them, and queries use them.
///
/// The words stand in one block of bytes and the vectors in one matrix, which may be a mapped file's: nothing is
/// allocated for a single word.
package struct WordEmbeddings: Sendable {
    /// The words, by rank: in files the most frequent usually come first.
    let table: WordTable
    /// (words, dimension)
    package let vectors: Matrix
    /// Occurrences of each word in the corpus it was learned from, where they are known.
    package let counts: [Int]?
    /// The n-grams that give other words a vector, where the model has them.
    package let subwords: SubwordVectors?

    init(table: WordTable, vectors: Matrix, counts: [Int]? = nil, subwords: SubwordVectors? = nil) {
        precondition(table.count == vectors.rows && counts?.count ?? table.count == table.count)
        self.table = table
        self.vectors = vectors
        self.counts = counts
        self.subwords = subwords
    }

    package var count: Int { table.count }

    package var dimension: Int { vectors.columns }

    /// The rank of a word, or nil. Cost: O(bytes).
    package func index(of word: String) -> Int? { table.index(of: Array(word.utf8)) }

    package func word(at index: Int) -> String { table.text(at: index) }

    package func bytes(at index: Int) -> ArraySlice<UInt8> { table.bytes(at: index) }

    /// The vector of a word: its own, or the mean of its n-grams'; nil when there is neither.
    package func vector(of word: String) -> [Float]? {
        if let index = index(of: word) { return vectors.row(index) }
        return subwords?.vector(of: Array(word.utf8))
    }
}
