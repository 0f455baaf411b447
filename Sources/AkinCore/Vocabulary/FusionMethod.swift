/// How the semantic and the keyword list are joined in `hybrid` mode.
public enum FusionMethod: String, Sendable, CaseIterable, Codable {
    /// Reciprocal rank fusion with k = 60 (Cormack, Clarke and Büttcher 2009).
    case reciprocalRank = "rrf"
    /// w · (s − lowest s) / (highest s − lowest s) + (1 − w) · BM25 / highest BM25 for each passage of either list, where
    /// s is the score of meaning; w = 0.7 for a model and 0.4 for word vectors. (Relative scores, as in Bruch, Gai and
    /// Ingber 2023, section 4.)
    case weighted
}
