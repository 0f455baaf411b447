import AkinVectors

extension WordVectorModel {
    /// The words of the vocabulary most similar to a word by cosine, best first; none when the model cannot place the
    /// word. The word itself is left out.
    ///
    /// Cost: O(vocabulary × dimension).
    package func neighbors(of word: String, count: Int) -> [(word: String, similarity: Float)] {
        guard let vector = vector(of: word) else { return [] }
        let own = vocabulary.index(of: word)
        let query = VectorMath.normalized(vector)
        let products = wordVectors.products(with: query)
        let squares = wordVectors.squaredLengths()
        var best = TopSelection(capacity: count)
        for index in 0..<vocabulary.count where index != own && squares[index] > 0 {
            best.offer(id: index, score: products[index] / squares[index].squareRoot())
        }
        return best.sorted().map { (vocabulary.word(at: $0.id), $0.score) }
    }
}

extension Matrix {
    /// Σ x² of each row.
    fileprivate func squaredLengths() -> [Float] {
        let width = columns
        return unsafe withUnsafePointer { base in
            (0..<rows).map { unsafe VectorMath.dot(base + $0 * width, base + $0 * width, width) }
        }
    }
}
