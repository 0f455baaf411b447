/// How a filter was applied to one request, for `--explain`.
public struct FilterReport: Hashable, Sendable, Codable {
    /// Whether the allowed passages were known before.
    public enum CacheUse: String, Sendable, Codable {
        /// Known, and the store has not changed since.
        case hit
        /// Known for an earlier state of the store, and updated by what changed.
        case updated
        /// Not known before.
        case miss
    }

    /// The filter, written in one way.
    public var expression: String
    /// The share of the documents that meet the filter, judged by a sample before anything else was known; nil in an
    /// empty store.
    public var estimate: Double?
    /// Documents in that sample.
    public var sampled: Int
    /// Documents that meet the filter; nil where they were not counted.
    public var documents: Int?
    /// Passages that may be returned; nil where they were not counted.
    public var passages: Int?
    /// Whether the allowed passages were known before.
    public var cache: CacheUse
    /// Passages that were looked at one by one, because the set of all allowed ones would have cost more.
    public var checked: Int
    /// What finding out took, before anything was searched.
    public var elapsedMilliseconds: Double
}
