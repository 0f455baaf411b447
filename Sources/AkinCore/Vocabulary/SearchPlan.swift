/// How nearest vectors are found.
public enum SearchPlan: String, Sendable, CaseIterable, Codable {
    /// Exact for a small number of vectors, the graph for more: see `Database.Configuration.exactThreshold`.
    case auto
    /// Every vector is compared, so the answer is exact.
    case exact
    /// The HNSW graph is walked and newer vectors are compared one by one, so the answer is approximate.
    case graph
}
