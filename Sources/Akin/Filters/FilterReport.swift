/// How a filter was applied to one request, for `--explain`.
public struct FilterReport: Hashable, Sendable, Codable {
    /// Whether the allowed passages were known before.
    public enum CacheUse: String, Sendable, Codable {
        /// They were known, and the store has not changed since.
        case hit
        /// They were known for an earlier state of the store, and were updated by what changed.
        case updated
        /// They were not known before.
        case miss
    }

    /// The filter in its one canonical form.
    public var expression: String
    /// The share of the documents that meet the filter, estimated from a sample before anything else was known; 0 … 1;
    /// nil in an empty store.
    public var estimate: Double?
    /// The number of documents in that sample.
    public var sampled: Int
    /// The number of documents that meet the filter; nil where they were not counted.
    public var documents: Int?
    /// The number of passages that may be returned; nil where they were not counted.
    public var passages: Int?
    /// Whether the allowed passages were known before.
    public var cache: CacheUse
    /// The number of passages that were looked at one by one, because the set of all allowed ones would have cost more.
    public var checked: Int
    /// What it took to find the allowed passages before the search, in milliseconds.
    public var elapsedMilliseconds: Double
}
