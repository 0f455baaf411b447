public import Foundation

/// What is clustered.
public enum ClusterUnit: String, Sendable, CaseIterable, Codable {
    /// One vector a document: the normalised mean of its passages' vectors.
    case document
    case passage
}

public struct ClusteringOptions: Sendable {
    /// Nil chooses the number of clusters by the data.
    public var count: Int?
    public var seed: UInt64
    public var unit: ClusterUnit
    /// Keep the run in the store, so that it can be listed and shown again.
    public var save: Bool
    /// Only documents that meet this are clustered. Nil takes all.
    public var filter: Filter?
    /// The name or number of an earlier run to tell the changes since.
    public var compareTo: String?
    /// The field of the metadata that holds the documents' dates; nil looks for usual names such as `date` and `year`.
    public var dateField: String?

    public init(
        count: Int? = nil, seed: UInt64 = 42, unit: ClusterUnit = .document, save: Bool = true, filter: Filter? = nil,
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

/// The formats a cluster report can be rendered in.
public enum ReportFormat: String, Sendable, CaseIterable {
    case html, markdown, json, csv, terminal
}

/// A finished clustering, ready to be rendered.
public protocol RenderableReport: Sendable {
    /// The report as a page, a text, a table or JSON. `width` and `color` matter only to `.terminal`.
    func rendered(as format: ReportFormat, width: Int, color: Bool) throws -> Data
}

/// A line of `akin cluster list`.
public struct ClusterRunSummary: Sendable, Codable {
    public var run: Int64
    public var name: String?
    /// ISO 8601, UTC.
    public var created: String
    public var k: Int
    public var unit: ClusterUnit
    public var documents: Int
    public var silhouette: Double
}
