package import AkinVectors

/// Vectors of sentences from vectors of words: the mean weighted by smooth inverse frequency, less the directions that
/// all sentences share (Arora, Liang and Ma 2017, "A simple but tough-to-beat baseline for sentence embeddings",
/// algorithm 1).
package struct SentenceVectors {
    let embeddings: WordEmbeddings
    /// The a of the weight a / (a + p(w)); the paper has 1e-3 … 1e-4.
    let parameter: Double
    private let total: Double

    package init(_ embeddings: WordEmbeddings, parameter: Double = 1e-3) {
        self.embeddings = embeddings
        self.parameter = parameter
        total =
            embeddings.counts.map { Double($0.reduce(0, +)) }
            // Without counts: Zipf's law, p = 1 / (rank · Σ 1/rank), of words by falling frequency
            ?? (0..<embeddings.count).reduce(0) { $0 + 1 / Double($1 + 1) }
    }

    /// a / (a + p(w)) of a rank; 1 for a word that does not exist.
    package func weight(of index: Int?) -> Float {
        guard let index else { return 1 }
        let share = (embeddings.counts.map { Double($0[index]) } ?? 1 / Double(index + 1)) / max(total, 1e-300)
        return Float(parameter / (parameter + share))
    }

    /// A row for each text, at unit length; a text without a known word has a row of zeros. The words are those of
    /// `WordSegmenter`, and where the vocabulary has one as it was written, that.
    ///
    /// - Parameter removing: how many leading directions of all rows are taken out of each; of fewer than 20 texts none
    ///   is.
    package func rows(of texts: [String], removing: Int = 1) -> Matrix {
        var rows = Matrix(rows: texts.count, columns: embeddings.dimension)
        for (row, text) in texts.enumerated() { rows.setRow(row, mean(of: text)) }
        guard texts.count >= Self.leastTexts, removing > 0 else {
            rows.normalizeRows()
            return rows
        }
        for _ in 0..<removing {
            var component = CommonDirection(dimension: embeddings.dimension)
            for row in 0..<rows.rows { component.add(rows.row(row)) }
            let direction = component.direction()
            for row in 0..<rows.rows {
                var vector = rows.row(row)
                CommonDirection.remove(direction, from: &vector)
                rows.setRow(row, vector)
            }
        }
        rows.normalizeRows()
        return rows
    }

    /// Of fewer texts the direction would be what they are about.
    private static let leastTexts = 20

    private func mean(of text: String) -> [Float] {
        var sum = [Float](repeating: 0, count: embeddings.dimension)
        var count = 0
        let scalars = Array(text.unicodeScalars)
        WordSegmenter().forEachWord(in: text) { bytes, range, _ in
            var written = String.UnicodeScalarView()
            written.append(contentsOf: scalars[range])
            let forms = [String(written), String(decoding: bytes, as: UTF8.self)]
            let index = forms.lazy.compactMap { embeddings.index(of: $0) }.first
            guard let vector = index.map({ embeddings.vectors.row($0) }) ?? embeddings.vector(of: forms[1]) else {
                return
            }
            let weight = weight(of: index)
            for component in sum.indices { sum[component] += weight * vector[component] }
            count += 1
        }
        return count > 0 ? sum.map { $0 / Float(count) } : sum
    }
}
