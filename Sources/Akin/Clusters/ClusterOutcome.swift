import AkinCluster
public import AkinCore
import AkinReport
public import Foundation

/// A clustering that was just made, or one that was read back from the store.
///
/// ```swift
/// let outcome = try await database.cluster()
/// for cluster in outcome.clusters {
///     print(cluster.label, cluster.size, outcome.members(of: cluster).prefix(3).map(\.id))
/// }
/// ```
public struct ClusterOutcome: Sendable {
    /// A term that sets a cluster apart from the others.
    public struct Keyword: Sendable, Hashable {
        /// One word, or two that stand together.
        public let term: String
        /// The term's weight for the cluster; comparable within one clustering.
        public let weight: Double
    }

    /// A group of documents (or passages) that are alike, with its name, keywords and figures.
    public struct Cluster: Sendable, Hashable, Identifiable {
        /// The cluster's number: 0 for the largest cluster, then by falling size.
        public let id: Int
        /// The name that the user gave it, else one made of its keywords.
        public let label: String
        /// The terms that set it apart from the other clusters, the heaviest first.
        public let keywords: [Keyword]
        /// How many documents (or passages) are in it.
        public let size: Int
        /// The share of all that was clustered, 0 … 1.
        public let share: Double
        /// The mean cosine of the members to the cluster's centroid.
        public let cohesion: Double
        /// How well the members are set apart from other clusters: their mean simplified silhouette, −1 … 1.
        public let silhouette: Double
        /// Ids of the members nearest to the centroid, the nearest first, with distinct texts.
        public let representatives: [String]
    }

    /// A document (or passage) in a cluster.
    public struct Member: Sendable, Hashable {
        /// The id of the document. Of several passages of one document each has this id.
        public let id: String
        /// The `Cluster.id` of its cluster.
        public let cluster: Int
        /// The cosine of its vector and the cluster's centroid, −1 … 1.
        public let similarity: Double
        /// The title, or the beginning of the text where there is none, on one line.
        public let text: String
        /// The horizontal place on the map of all members, 0 … 1; nil where no map was made.
        public let x: Double?
        /// The vertical place on the map, 0 … 1; nil where no map was made.
        public let y: Double?
        /// The document's date, ISO 8601; nil where it has none.
        public let date: String?
        /// Whether it fits its cluster much worse than the others do.
        public let isOutlier: Bool
    }

    /// The run's number in the store; nil when it was not kept.
    public let run: Int64?
    /// What a person should know, such as documents that were left out.
    public let notes: [Note]
    let report: ClusterReport

    /// The number of clusters.
    public var k: Int { report.k }
    /// What was clustered.
    public var unit: ClusterUnit { report.about.unit }
    /// How well the clusters are set apart: the mean simplified silhouette, −1 … 1.
    public var silhouette: Double { report.silhouette }
    /// What changed since the run that `compareTo` named; nil where it named none.
    public var comparison: ClusterRunComparison? { report.comparison }
    /// Ids of documents that have no vector and are in no cluster.
    public var unclustered: [String] { report.withoutVector }

    /// The clusters, the largest first.
    ///
    /// - Complexity: O(k)
    public var clusters: [Cluster] {
        report.clusters.map { cluster in
            Cluster(
                id: cluster.id, label: cluster.label,
                keywords: cluster.keywords.map { Keyword(term: $0.term, weight: $0.score) }, size: cluster.size,
                share: cluster.share, cohesion: cluster.cohesion, silhouette: cluster.silhouette,
                representatives: cluster.representatives.map(\.id))
        }
    }

    /// Everything that was clustered, in the order in which it was put into the store.
    ///
    /// - Complexity: O(n)
    public var members: [Member] { report.points.map(Member.init) }

    /// The members of one cluster, the nearest to its centroid first.
    ///
    /// - Complexity: O(n) and a sort of the members
    public func members(of cluster: Cluster) -> [Member] {
        report.points.filter { $0.cluster == cluster.id }.map(Member.init).sorted {
            ($1.similarity, $0.id) < ($0.similarity, $1.id)
        }
    }

    /// The clustering as a page, Markdown, CSV, JSON or a table, in UTF-8.
    ///
    /// - Parameters:
    ///   - width: the columns of a terminal; other forms have no width.
    ///   - color: whether the terminal form may use ANSI colours.
    public func rendered(as format: ReportFormat, width: Int = 80, color: Bool = false) throws -> Data {
        Data(try ReportRenderer.render(report, as: format, width: width, color: color).utf8)
    }
}

extension ClusterOutcome.Member {
    init(_ point: ClusterReport.Point) {
        self.init(
            id: point.id, cluster: point.cluster, similarity: point.similarity, text: point.text, x: point.x,
            y: point.y, date: point.date, isOutlier: point.isOutlier ?? false)
    }
}
