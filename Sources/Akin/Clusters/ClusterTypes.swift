public import AkinCore

/// What is clustered, and into how many clusters.
public struct ClusteringOptions: Sendable {
    /// Nil chooses the number of clusters by the data.
    public var count: Int?
    /// The same store and seed give the same clusters.
    public var seed: UInt64
    /// Whether documents or passages are clustered.
    public var unit: ClusterUnit
    /// Keep the run in the store, so that it can be listed and shown again.
    public var save: Bool
    /// Only documents that meet this are clustered. Nil takes all.
    public var filter: Database.Filter?
    /// The name or number of an earlier run to tell the changes since.
    public var compareTo: String?
    /// The field of the metadata that holds the documents' dates; nil looks for usual names such as `date` and `year`.
    public var dateField: String?

    /// Sets what differs from the defaults.
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
    /// The run's number in the store.
    public var run: Int64
    /// The name that the user gave it.
    public var name: String?
    /// ISO 8601, UTC.
    public var created: String
    /// The number of clusters.
    public var k: Int
    /// What was clustered.
    public var unit: ClusterUnit
    /// Documents (or passages) in the clusters.
    public var documents: Int
    /// How well the clusters are set apart: the mean simplified silhouette, −1 … 1.
    public var silhouette: Double
}
