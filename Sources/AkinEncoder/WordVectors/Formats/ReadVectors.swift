import AkinVectors

/// What came of reading a file of word vectors.
package struct ReadVectors: Sendable {
    package var embeddings: WordEmbeddings
    /// Words that came more than once; the first one counts.
    package var duplicates = 0

    init(embeddings: WordEmbeddings, duplicates: Int = 0) {
        self.embeddings = embeddings
        self.duplicates = duplicates
    }

    /// Words and their components, one vector after another.
    package init(joining words: [String], values: [Float], dimension: Int) {
        precondition(values.count == words.count * dimension)
        var table = WordTable()
        var kept: [Int] = []
        for (row, word) in words.enumerated() where table.insert(Array(word.utf8)) == kept.count { kept.append(row) }
        var vectors = Matrix(rows: kept.count, columns: dimension)
        for (row, source) in kept.enumerated() { vectors.setRow(row, values[source * dimension..<(source + 1) * dimension]) }
        embeddings = WordEmbeddings(table: table, vectors: vectors)
        duplicates = words.count - kept.count
    }
}
