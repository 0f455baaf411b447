/// How the semantic and the keyword list are joined in `hybrid` mode.
public enum FusionMethod: String, Sendable, CaseIterable, Codable {
    /// Reciprocal rank fusion with k = 60 (Cormack, Clarke and Büttcher 2009).
    case reciprocalRank = "rrf"
    /// w · (1 − (highest s − s) / range) + (1 − w) · BM25 / highest BM25 for each passage of either list, where s is the
    /// score of meaning and the range is from the lowest s to the highest, at least 0.1; w = 0.7 for a model and 0.4 for
    /// word vectors. (Relative scores, as in Bruch, Gai and Ingber 2023, section 4.)
    case weighted
}
