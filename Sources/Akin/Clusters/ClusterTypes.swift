public import AkinCore

/// What is clustered, and into how many clusters.
public struct ClusteringOptions: Sendable {
    /// The number of clusters, at least 1; nil lets Akin choose it by the data.
    public var count: Int?
    /// Decides every random choice: the same store and seed give the same clusters.
    public var seed: UInt64
    /// Whether documents or passages are clustered.
    public var unit: ClusterUnit
    /// Whether the run is kept in the store, so that it can be listed and shown again.
    public var save: Bool
    /// Only documents that meet this are clustered. Nil takes all.
    public var filter: Database.Filter?
    /// The name or number of an earlier run. The outcome then says what changed since that run.
    public var compareTo: String?
    /// The field of the metadata that holds the documents' dates; nil looks for the usual names, such as `date` and
    /// `year`.
    public var dateField: String?

    /// Makes options; what is not given has its default.
    public init(
        count: Int? = nil, seed: UInt64 = 42, unit: ClusterUnit = .document, save: Bool = true,
        filter: Database.Filter? = nil,
        compareTo: String? = nil, dateField: String? = nil
    ) {
        self.count = count
        self.seed = seed
        self.unit = unit
        self.save = save
        self.filter = filter
        self.compareTo = compareTo
        self.dateField = dateField
    }
}

/// The figures of a clustering that is kept in the store.
public struct ClusterRunSummary: Sendable, Codable {
    /// The run's number in the store, by which it can be asked for.
    public var run: Int64
    /// The name that the user gave it; nil where it has none.
    public var name: String?
    /// When it was made: ISO 8601, UTC.
    public var created: String
    /// The number of clusters.
    public var k: Int
    /// Whether documents or passages were clustered.
    public var unit: ClusterUnit
    /// Documents (or passages) in the clusters.
    public var documents: Int
    /// How well the clusters are set apart: the mean simplified silhouette, −1 … 1.
    public var silhouette: Double
}
