/// One row found by a search.
package struct Neighbor: Sendable, Hashable {
    package let id: Int64
    /// Larger is nearer: the dot product under `cosine` and `dot`, the negated squared distance under `l2`.
    package let similarity: Float

    package init(id: Int64, similarity: Float) {
        self.id = id
        self.similarity = similarity
    }

    /// The order of results: more similar first, ties by smaller id.
    @inline(__always)
    package func precedes(_ other: Neighbor) -> Bool {
        similarity > other.similarity || (similarity == other.similarity && id < other.id)
    }
}

/// How a search reached its answer.
package enum SearchRoute: String, Sendable {
    /// Every admitted row was compared: the answer is exact.
    case scan
    /// The graph was walked: the answer is approximate.
    case walk
    /// The walk found too few admitted rows within its budget, and every admitted row was compared after all: the
    /// answer is exact.
    case walkThenScan
}

/// The answer to one query.
package struct SearchResult: Sendable {
    /// Most similar first, ties by smaller id.
    package let neighbors: [Neighbor]
    /// Vectors compared with the query: the cost of the search in the unit that does not depend on the machine.
    package let distancesComputed: Int
    package let plan: SearchRoute

    package init(neighbors: [Neighbor], distancesComputed: Int, plan: SearchRoute) {
        self.neighbors = neighbors
        self.distancesComputed = distancesComputed
        self.plan = plan
    }
}

/// A set of identified vectors that answers "which are nearest to this one?".
///
/// Under `cosine` vectors and queries have unit length already: the index compares them by their dot product.
package protocol VectorIndex: Sendable {
    /// Rows that a search can return.
    var count: Int { get }

    /// Components of a vector.
    var dimension: Int { get }

    /// The rows most similar to a query.
    ///
    /// Contract: `k` rows, or all rows that `isAllowed` admits when there are fewer. A query of another dimension, or
    /// with a component that is not a number, is near to nothing and gets an empty answer: code that takes queries from
    /// outside refuses such a query with an error of its own.
    ///
    /// - Parameters:
    ///   - ef: How wide an approximate index searches (the paper's *ef*): more finds more of the true neighbours and
    ///     costs more. Nil stands for the index's default; never less than `k` is used.
    ///   - isAllowed: Which ids may be returned; nil admits all. It may be called several times for one id, from the
    ///     calling thread.
    func search(_ query: [Float], k: Int, ef: Int?, isAllowed: ((Int64) -> Bool)?) -> SearchResult
}

extension VectorIndex {
    /// The `k` rows most similar to a query, all rows admitted.
    package func search(_ query: [Float], k: Int, ef: Int? = nil) -> SearchResult {
        search(query, k: k, ef: ef, isAllowed: nil)
    }

    /// Whether the query can be compared with this index's rows at all.
    func canAnswer(_ query: [Float]) -> Bool { query.count == dimension && !query.contains { $0.isNaN } }
}
