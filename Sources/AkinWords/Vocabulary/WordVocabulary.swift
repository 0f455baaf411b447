/// The words a model knows, the most frequent first (ties by bytes), and how often the corpus has each.
package struct WordVocabulary: Sendable {
    let table: WordTable
    /// Occurrences of each word in the corpus, falling.
    package let counts: [Int]
    /// Words of the whole corpus, the unknown ones included: p(w) = counts[w] / total.
    package let total: Int

    init(table: WordTable, counts: [Int], total: Int) {
        self.table = table
        self.counts = counts
        self.total = total
    }

    package var count: Int { counts.count }

    /// The number of a lower-cased word, or nil.
    package func index(of word: String) -> Int? { table.index(of: Array(word.utf8)) }

    package func word(at index: Int) -> String { table.text(at: index) }
}
