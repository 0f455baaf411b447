import AkinCluster
import AkinStore

/// Counts, for each cluster, the labels that models gave its documents.
struct ClusterLabels {
    /// Labels of a field that are kept of each cluster.
    private static let most = 10

    /// By cluster, then by field.
    private var counts: [Int: [String: [String: Int]]] = [:]
    private var fields: [String] = []

    /// - Parameters:
    ///   - documents: row ids of the clustered documents.
    ///   - assignments: the cluster of each; below 0 where it is in none.
    init(documents: [Int64], assignments: [Int], _ reader: StoreReader) throws {
        let labellings = try reader.labellings().filter { $0.kind == .labels }
        guard !labellings.isEmpty else { return }
        fields = labellings.map(\.field)
        let names = Dictionary(labellings.map { ($0.id, $0.field) }) { first, _ in first }
        for (document, cluster) in zip(documents, assignments) where cluster >= 0 {
            for (labelling, annotations) in try reader.annotations(document: document) {
                guard let field = names[labelling] else { continue }
                for annotation in annotations {
                    counts[cluster, default: [:]][field, default: [:]][annotation.label, default: 0] += 1
                }
            }
        }
    }

    /// Those of a cluster; nil where it has none.
    func labels(ofCluster cluster: Int) -> [ClusterReport.FieldLabels]? {
        guard let found = counts[cluster] else { return nil }
        return fields.compactMap { field in
            found[field].map { labels in
                let ranked = labels.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.most)
                return .init(field: field, labels: ranked.map { .init(name: $0.key, documents: $0.value) })
            }
        }
    }
}
