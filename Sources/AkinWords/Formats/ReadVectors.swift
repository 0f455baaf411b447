import AkinVectors

/// The result of reading a file of word vectors.
package struct ReadVectors: Sendable {
    package var embeddings: WordEmbeddings
    /// Words that occurred more than once; the first vector of a word was kept.
    package var duplicates = 0
    /// Words that were left out: they are empty or not UTF-8. Large published files have a few.
    package var unreadable = 0

    init(embeddings: WordEmbeddings) { self.embeddings = embeddings }

    /// The vectors in a file, without the words that nobody can ask for.
    ///
    /// - Throws: `AkinError(.invalidData)` when no word is left.
    init(_ file: WordVectorFile, _ embeddings: WordEmbeddings, duplicates: Int = 0) throws {
        self.duplicates = duplicates
        let readable = (0..<embeddings.count).filter { index in
            let word = embeddings.bytes(at: index)
            return !word.isEmpty && String(validating: word, as: UTF8.self) != nil
        }
        unreadable = embeddings.count - readable.count
        guard unreadable > 0 else {
            self.embeddings = embeddings
            return
        }
        guard !readable.isEmpty else { throw file.fault("none of its words is UTF-8") }
        var table = WordTable()
        for index in readable { _ = table.insert(embeddings.bytes(at: index)) }
        self.embeddings = WordEmbeddings(
            table: table, vectors: embeddings.vectors.gathered(readable),
            counts: embeddings.counts.map { counts in readable.map { counts[$0] } },
            subwords: embeddings.subwords)
    }

    /// Words and their components, one vector after another.
    package init(joining words: [String], values: [Float], dimension: Int) {
        precondition(values.count == words.count * dimension)
        var table = WordTable()
        var kept: [Int] = []
        for (row, word) in words.enumerated() where table.insert(Array(word.utf8)) == kept.count { kept.append(row) }
        var vectors = Matrix(rows: kept.count, columns: dimension)
        for (row, source) in kept.enumerated() {
            vectors.setRow(row, values[source * dimension..<(source + 1) * dimension])
        }
        embeddings = WordEmbeddings(table: table, vectors: vectors)
        duplicates = words.count - kept.count
    }
}
