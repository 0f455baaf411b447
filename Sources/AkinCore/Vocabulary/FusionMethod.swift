/// How the semantic and the keyword list are joined in `hybrid` mode.
public enum FusionMethod: String, Sendable, CaseIterable, Codable {
    /// Reciprocal rank fusion with k = 60 (Cormack, Clarke and Büttcher 2009).
    case reciprocalRank = "rrf"
    /// w · cosine + (1 − w) · BM25 / largest BM25, with w = 0.7 for a model and 0.3 for word vectors.
    case weighted
}
