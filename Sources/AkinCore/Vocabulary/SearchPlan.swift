/// How nearest vectors are found.
public enum SearchPlan: String, Sendable, CaseIterable, Codable {
    /// Exact below a size, the graph above.
    case auto
    /// Every vector is compared.
    case exact
    /// The HNSW graph and the log's tail.
    case graph
}
