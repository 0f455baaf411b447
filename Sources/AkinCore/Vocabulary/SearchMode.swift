/// Which evidence ranks the results.
public enum SearchMode: String, Sendable, CaseIterable, Codable, CodingKeyRepresentable {
    /// Meaning and words together: both lists fused.
    case hybrid
    /// Cosine of the encoder's vectors, or the metric of vectors imported by the user.
    case semantic
    /// BM25 over the words.
    case keyword
    /// Cosine of word vectors, whatever the store's encoder is.
    case words
}
