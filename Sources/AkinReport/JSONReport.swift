import AkinCluster
import AkinCore

/// The report as one JSON value, the shape of `akin cluster --json`.
///
/// Other programs rely on `run`, `k`, `algorithm`, `objective`, `silhouette`, `clusters` (`id`, `size`, `label`,
/// `keywords`, `cohesion`, `representatives` with `id` and `text`) and `assignments`, an object from document id to
/// cluster id. Keys are sorted.
struct JSONReport {
    let text: String

    init(_ report: ClusterReport) throws {
        do {
            text = try Self.tree(report).text() + "\n"
        } catch {
            throw AkinError(
                .internalFailure, "The cluster report cannot be written as JSON; please report it.", cause: error)
        }
    }

    private static func tree(_ report: ClusterReport) -> JSONTree {
        let about = report.about
        return .members([
            "run": run(about.run),
            "title": .leaf(about.title),
            "created": .leaf(about.created),
            "store": .leaf(about.store),
            // Left out when all documents were taken.
            "filter": about.filter.map { .leaf($0) },
            "encoder": .leaf(about.encoder),
            "unit": .leaf(about.unit.rawValue),
            "algorithm": .leaf(report.algorithm),
            "seed": .leaf(report.seed),
            "k": .leaf(report.k),
            "documents": .leaf(report.points.count),
            "objective": .leaf(report.objective),
            "silhouette": .leaf(report.silhouette),
            "clusters": .array(report.clusters.map(cluster)),
            "assignments": .object(report.points.map { (key: $0.id, value: .leaf($0.cluster)) }),
            "without_vector": .leaves(report.withoutVector),
            // The ids of all outliers, not only of the worst.
            "outliers": .leaves(report.points.filter { $0.isOutlier == true }.map(\.id)),
            "hierarchy": .array((report.hierarchy ?? []).map(merge)),
            "periods": .leaves(report.periods ?? []),
            "comparison": report.comparison.map(comparison),
        ])
    }

    /// The run's number in its store, or its name; null when it was not kept.
    private static func run(_ name: String) -> JSONTree {
        name.isEmpty ? .value(.null) : Int64(name).map { .leaf($0) } ?? .leaf(name)
    }

    private static func cluster(_ cluster: ClusterReport.Cluster) -> JSONTree {
        .members([
            "id": .leaf(cluster.id),
            "size": .leaf(cluster.size),
            "share": .leaf(cluster.share),
            "label": .leaf(cluster.label),
            "keywords": .leaves(cluster.keywords.map(\.term)),
            "keyword_scores": .leaves(cluster.keywords.map(\.score)),
            "cohesion": .leaf(cluster.cohesion),
            "silhouette": .leaf(cluster.silhouette),
            "representatives": .array(cluster.representatives.map(example)),
            "borderline": .array(cluster.borderline.map(example)),
            "neighbors": .array(cluster.neighbors.map(neighbor)),
            "sources": .array((cluster.sources ?? []).map(source)),
            // Left out where no model labels the store.
            "labels": cluster.labels.map { .object($0.map { (key: $0.field, value: .array($0.labels.map(source))) }) },
            "period_counts": cluster.periodCounts.map { .leaves($0) },
        ])
    }

    private static func example(_ example: ClusterReport.Example) -> JSONTree {
        .members([
            "id": .leaf(example.id),
            "title": example.title.map { .leaf($0) },
            "text": .leaf(example.text),
            "source": .leaf(example.source),
            "similarity": .leaf(example.similarity),
            "other_cluster": example.otherCluster.map { .leaf($0) },
        ])
    }

    private static func neighbor(_ neighbor: ClusterReport.Neighbor) -> JSONTree {
        .members(["id": .leaf(neighbor.id), "similarity": .leaf(neighbor.similarity)])
    }

    private static func source(_ source: ClusterReport.Count) -> JSONTree {
        .members(["name": .leaf(source.name), "documents": .leaf(source.documents)])
    }

    /// A join of clusters, numbered as SciPy's `linkage` numbers them.
    private static func merge(_ merge: ClusterReport.Merge) -> JSONTree {
        .members([
            "left": .leaf(merge.left),
            "right": .leaf(merge.right),
            "similarity": .leaf(merge.similarity),
            "size": .leaf(merge.size),
        ])
    }

    private static func comparison(_ comparison: ClusterRunComparison) -> JSONTree {
        .members([
            "run": .leaf(comparison.run),
            "created": .leaf(comparison.created),
            "common": .leaf(comparison.common),
            "agreement": .leaf(comparison.agreement),
            "entries": .array(comparison.entries.map(entry)),
        ])
    }

    private static func entry(_ entry: ClusterRunComparison.Entry) -> JSONTree {
        .members([
            "change": .leaf(entry.change.rawValue),
            "cluster": entry.cluster.map { .leaf($0) },
            "label": .leaf(entry.label),
            "earlier": entry.earlier.map { .leaf($0) },
            "earlierLabel": entry.earlierLabel.map { .leaf($0) },
            "size": .leaf(entry.size),
            "earlierSize": .leaf(entry.earlierSize),
            "stayed": .leaf(entry.stayed),
            "added": .leaf(entry.added),
            "gone": .leaf(entry.gone),
            "flows": .array(entry.flows.map(flow)),
            "examples": .leaves(entry.examples),
        ])
    }

    private static func flow(_ flow: ClusterRunComparison.Flow) -> JSONTree {
        .members([
            "cluster": .leaf(flow.cluster), "label": .leaf(flow.label), "documents": .leaf(flow.documents),
        ])
    }
}
