import AkinCluster
import AkinCore
import Foundation

/// The report as one JSON value, the shape of `akin cluster --json`.
///
/// Other programs rely on `run`, `k`, `algorithm`, `objective`, `silhouette`, `clusters` (`id`, `size`, `label`,
/// `keywords`, `cohesion`, `representatives` with `id` and `text`) and `assignments`, an object from document id to
/// cluster id. Keys are sorted.
struct JSONReport {
    let text: String

    init(_ report: ClusterReport) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let frame: String
        let assignments: String
        do {
            frame = String(decoding: try encoder.encode(Output(report)), as: UTF8.self)
            assignments = try Self.assignments(report.points, encoder)
        } catch {
            throw AkinError(
                .internalFailure, "The cluster report cannot be written as JSON; please report it.", cause: error)
        }
        // No text of the report matches: within a JSON string a line break is an escape.
        guard let place = frame.range(of: "\n  \"assignments\" : null,", options: .literal) else {
            throw AkinError(.internalFailure, "The cluster report has no place for its assignments; please report it.")
        }
        text = frame.replacingCharacters(in: place, with: "\n  \"assignments\" : \(assignments),") + "\n"
    }

    /// The object from document id to cluster, in the order of the ids' bytes.
    ///
    /// It is put together here because a dictionary of strings, which the encoder builds even of a keyed container,
    /// takes ids that are canonically equivalent (é as one scalar or as two) for one.
    private static func assignments(_ points: [ClusterReport.Point], _ encoder: JSONEncoder) throws -> String {
        guard !points.isEmpty else { return "{}" }
        let members = try points.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
            .map { "    \(String(decoding: try encoder.encode($0.id), as: UTF8.self)) : \($0.cluster)" }
        return "{\n\(members.joined(separator: ",\n"))\n  }"
    }

    private struct Output: Encodable {
        /// The run's number in its store, or its name; null when it was not kept.
        var run: JSONValue
        var title: String
        var created: String
        var store: String
        /// Left out when all documents were taken.
        var filter: String?
        var encoder: String
        var unit: String
        var algorithm: String
        var seed: UInt64
        var k: Int
        var documents: Int
        var objective: Double
        var silhouette: Double
        var clusters: [Cluster]
        /// Null, which holds the place of the object put together apart.
        let assignments = JSONValue.null
        var withoutVector: [String]
        /// Ids of the documents that fit their clusters much worse than the others do.
        var outliers: [String]
        /// Joins of clusters as SciPy's linkage numbers them.
        var hierarchy: [ClusterReport.Merge]
        var periods: [String]
        var comparison: RunComparison?

        enum CodingKeys: String, CodingKey {
            case outliers, hierarchy, periods, comparison
            case run, title, created, store, filter, encoder, unit, algorithm, seed, k, documents, objective,
                silhouette, clusters,
                assignments
            case withoutVector = "without_vector"
        }

        init(_ report: ClusterReport) {
            let name = report.about.run
            run = name.isEmpty ? .null : Double(name).map { .number($0) } ?? .string(name)
            title = report.about.title
            created = report.about.created
            store = report.about.store
            filter = report.about.filter
            encoder = report.about.encoder
            unit = report.about.unit
            algorithm = report.algorithm
            seed = report.seed
            k = report.k
            documents = report.points.count
            objective = report.objective
            silhouette = report.silhouette
            clusters = report.clusters.map(Cluster.init)
            withoutVector = report.withoutVector
            outliers = report.points.filter { $0.isOutlier == true }.map(\.id)
            hierarchy = report.hierarchy ?? []
            periods = report.periods ?? []
            comparison = report.comparison
        }
    }

    private struct Cluster: Encodable {
        var id: Int
        var size: Int
        var share: Double
        var label: String
        var keywords: [String]
        var keywordScores: [Double]
        var cohesion: Double
        var silhouette: Double
        var representatives: [Example]
        var borderline: [Example]
        var neighbors: [Neighbor]
        var sources: [ClusterReport.Count]
        /// Members in each of the report's periods.
        var periodCounts: [Int]?

        enum CodingKeys: String, CodingKey {
            case id, size, share, label, keywords, cohesion, silhouette, representatives, borderline, neighbors, sources
            case periodCounts = "period_counts"
            case keywordScores = "keyword_scores"
        }

        init(_ cluster: ClusterReport.Cluster) {
            id = cluster.id
            size = cluster.size
            share = cluster.share
            label = cluster.label
            keywords = cluster.keywords.map(\.term)
            keywordScores = cluster.keywords.map(\.score)
            cohesion = cluster.cohesion
            silhouette = cluster.silhouette
            representatives = cluster.representatives.map(Example.init)
            borderline = cluster.borderline.map(Example.init)
            sources = cluster.sources ?? []
            periodCounts = cluster.periodCounts
            neighbors = cluster.neighbors.map { Neighbor(id: $0.id, similarity: $0.similarity) }
        }
    }

    private struct Example: Encodable {
        var id: String
        var title: String?
        var text: String
        var source: String
        var similarity: Double
        var otherCluster: Int?

        enum CodingKeys: String, CodingKey {
            case id, title, text, source, similarity
            case otherCluster = "other_cluster"
        }

        init(_ example: ClusterReport.Example) {
            id = example.id
            title = example.title
            text = example.text
            source = example.source
            similarity = example.similarity
            otherCluster = example.otherCluster
        }
    }

    private struct Neighbor: Encodable {
        var id: Int
        var similarity: Double
    }
}
