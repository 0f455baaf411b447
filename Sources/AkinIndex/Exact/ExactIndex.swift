package import AkinCore
package import AkinVectors

/// Compares a query with every row: the answer is exact, the cost is the number of rows.
///
/// The reference for the approximate index, and the better choice for small sets and for filters that admit few rows.
package final class ExactIndex: VectorIndex {
    package let metric: DistanceMetric
    let ids: [Int64]
    let vectors: Matrix

    package var count: Int { ids.count }
    package var dimension: Int { vectors.columns }

    /// - Parameters:
    ///   - ids: One for each row, all different.
    ///   - vectors: (ids, dimension); unit length under `cosine`.
    package init(ids: [Int64], vectors: Matrix, metric: DistanceMetric) {
        precondition(ids.count == vectors.rows)
        self.ids = ids
        self.vectors = vectors
        self.metric = metric
    }

    /// The k most similar admitted rows, exactly; `ef` has no meaning here. Cost: admitted rows × dimension.
    package func search(_ query: [Float], k: Int, ef: Int?, isAllowed: ((Int64) -> Bool)?) -> SearchResult {
        guard canAnswer(query), k > 0 else { return SearchResult(neighbors: [], distancesComputed: 0, plan: .scan) }
        var best = TopSelection(capacity: k)
        var compared = 0
        vectors.withUnsafePointer { base in
            let measure = RowMeasure(base: base, dimension: vectors.columns, metric: metric)
            for (row, id) in ids.enumerated() where isAllowed?(id) ?? true {
                best.offer(id: Int(id), score: measure.similarity(query, UInt32(row)))
                compared += 1
            }
        }
        return SearchResult(neighbors: best.neighbors(), distancesComputed: compared, plan: .scan)
    }
}

extension TopSelection {
    /// The kept entries as search results, best first.
    func neighbors() -> [Neighbor] { sorted().map { Neighbor(id: Int64($0.id), similarity: $0.score) } }
}
