import AkinVectors

/// The order by maximal marginal relevance: each place goes to the candidate that is relevant and unlike those before it
/// (Carbonell and Goldstein 1998, "The use of MMR, diversity-based reranking for reordering documents and producing
/// summaries").
package struct MarginalRelevance {
    /// The weight of relevance; likeness to what stands before has the rest of 1.
    private static let relevanceWeight = 0.7

    /// From 1 for the best candidate to 0 for the last.
    private let relevance: [Double]
    /// (candidates, candidates): 1 for the same, 0 for what is as unlike as two candidates are on average.
    private let likeness: [[Double]]

    /// - Parameters:
    ///   - scores: of the candidates, best first.
    ///   - vectors: of unit length; nil for a candidate that has none, which is like no other.
    /// - Complexity: O(n²) products.
    package init(scores: [Double], vectors: [[Float]?]) {
        let (highest, lowest) = (scores.max() ?? 0, scores.min() ?? 0)
        let range = highest > lowest ? highest - lowest : 1
        relevance = scores.map { ($0 - lowest) / range }
        var cosines = [[Double?]](repeating: [], count: vectors.count)
        var (sum, pairs) = (0.0, 0.0)
        for row in vectors.indices {
            for column in 0..<row {
                let cosine = vectors[row].flatMap { left in
                    vectors[column].map { Double(VectorMath.dot(left, $0)) }
                }
                cosines[row].append(cosine)
                if let cosine { (sum, pairs) = (sum + cosine, pairs + 1) }
            }
        }
        let mean = pairs > 0 ? sum / pairs : 0
        likeness = cosines.map { row in
            row.map { cosine in cosine.map { mean < 1 ? max(0, ($0 - mean) / (1 - mean)) : 0 } ?? 0 }
        }
    }

    /// The first candidates, as many as asked for or all; the best one leads.
    package func order(_ count: Int) -> [Int] {
        var chosen: [Int] = []
        var left = Array(relevance.indices)
        var nearest = [Double](repeating: 0, count: relevance.count)
        func value(_ candidate: Int) -> Double {
            Self.relevanceWeight * relevance[candidate] - (1 - Self.relevanceWeight) * nearest[candidate]
        }
        while chosen.count < count, let next = left.max(by: { (value($0), $1) < (value($1), $0) }) {
            chosen.append(next)
            left.removeAll { $0 == next }
            for other in left {
                nearest[other] = max(nearest[other], likeness[max(next, other)][min(next, other)])
            }
        }
        return chosen
    }
}
