import AkinCluster

/// What the page's script needs of the documents, as arrays of one length to keep a page of many documents small.
struct HTMLMapData: Encodable {
    /// Steps of the map along its longer side.
    private static let steps = 4_000.0

    /// Places in whole steps.
    var x: [Int]
    var y: [Int]
    /// Cluster of each document.
    var c: [Int]
    var id: [String]
    var text: [String]
    /// Labels of the clusters by number, and the keyword that stands on the map, another one for each cluster.
    var labels: [String]
    var short: [String]

    init(_ report: ClusterReport) {
        x = report.points.map { Int((($0.x ?? 0.5) * Self.steps).rounded()) }
        y = report.points.map { Int((($0.y ?? 0.5) * Self.steps).rounded()) }
        c = report.points.map(\.cluster)
        id = report.points.map(\.id)
        text = report.points.map(\.text)
        labels = report.clusters.map(\.label)
        var taken = Set<String>()
        short = report.clusters.map { cluster in
            let terms = cluster.keywords.map(\.term)
            let name = terms.first { !taken.contains($0) } ?? cluster.label
            taken.insert(name)
            return name
        }
    }
}
