package import AkinVectors

/// Keywords put in order by counting and by meaning, without near-duplicates.
///
/// After KeyBERT (Grootendorst, "KeyBERT: minimal keyword extraction with BERT", 2020): a term counts by the cosine of
/// its vector to the centroid, here together with its class-based TF-IDF, and a term close in meaning to one already
/// chosen is left out, as maximal marginal relevance does (Carbonell and Goldstein, 1998).
package struct KeywordRanking: Sendable {
    /// The cosine from which two terms count as saying the same.
    private static let sameMeaning: Float = 0.8
    /// Vectors of terms, unit rows, by term; zeros for terms without a vector.
    private let rows: [String: Int]
    private let vectors: Matrix

    /// - Parameter encode: the vectors of terms, one row each, in their order.
    package init(_ candidates: [[Keyword]], encode: ([String]) throws -> Matrix) rethrows {
        var terms: [String] = []
        var rows: [String: Int] = [:]
        for keyword in candidates.joined() where rows[keyword.term] == nil {
            rows[keyword.term] = terms.count
            terms.append(keyword.term)
        }
        var vectors = try encode(terms)
        vectors.normalizeRows()
        (self.rows, self.vectors) = (rows, vectors)
    }

    /// The best of a class's candidates, the best first, with their scores: the share of the largest TF-IDF and the
    /// share of the largest cosine, multiplied under a root.
    package func ranked(_ candidates: [Keyword], centroid: [Float], limit: Int) -> [Keyword] {
        let cosines = candidates.map { keyword in
            rows[keyword.term].map { VectorMath.dot(vectors.row($0), centroid) } ?? 0
        }
        guard let heaviest = candidates.map(\.score).max(), heaviest > 0, let nearest = cosines.max(), nearest > 0
        else {
            return Array(candidates.prefix(limit))
        }
        let scored = zip(candidates, cosines).map { keyword, cosine in
            Keyword(
                term: keyword.term, score: (keyword.score / heaviest * Double(max(0, cosine) / nearest)).squareRoot())
        }
        var chosen: [Keyword] = []
        for keyword in scored.sorted(by: { ($1.score, $0.term) < ($0.score, $1.term) }) where chosen.count < limit {
            if !chosen.contains(where: { meanTheSame($0.term, keyword.term) }) { chosen.append(keyword) }
        }
        return chosen
    }

    private func meanTheSame(_ first: String, _ second: String) -> Bool {
        guard let first = rows[first], let second = rows[second] else { return false }
        return VectorMath.dot(vectors.row(first), vectors.row(second)) >= Self.sameMeaning
    }
}
