import AkinCluster

/// What the page's script needs of the documents, as arrays of one length to keep a page of many documents small.
struct HTMLMapData: Encodable {
    /// Steps of the map along its longer side.
    private static let steps = 4_000.0
    /// About the most UTF-8 bytes of ids and texts in the map's data. The texts share evenly what the ids leave.
    private static let textBytes = 10_000_000
    private static let longestID = 120
    private static let shortestText = 24
    private static let longestText = 160

    /// Places, in whole steps.
    var x: [Int]
    var y: [Int]
    /// Cluster of each document.
    var c: [Int]
    var id: [String]
    var text: [String]
    /// The indices of the outliers.
    var out: [Int]
    /// Labels of the clusters by number, and for each cluster the keyword that names it on the map, all different.
    var labels: [String]
    var short: [String]

    init(_ report: ClusterReport) {
        x = report.points.map { Int((($0.x ?? 0.5) * Self.steps).rounded()) }
        y = report.points.map { Int((($0.y ?? 0.5) * Self.steps).rounded()) }
        c = report.points.map(\.cluster)
        id = report.points.map { Self.cut($0.id, bytes: Self.longestID) }
        let share = (Self.textBytes - id.reduce(0) { $0 + $1.utf8.count }) / max(report.points.count, 1)
        text = report.points.map { Self.cut($0.text, bytes: min(Self.longestText * 4, max(Self.shortestText, share))) }
        out = report.points.indices.filter { report.points[$0].isOutlier == true }
        labels = report.clusters.map(\.label)
        var taken = Set<String>()
        short = report.clusters.map { cluster in
            // A label that the user gave is shown as it is.
            let terms = cluster.label == cluster.keywordLabel ? cluster.keywords.map(\.term) : []
            let name = terms.first { !taken.contains($0) } ?? cluster.label
            taken.insert(name)
            return name
        }
    }

    /// The text cut within so many bytes of UTF-8.
    private static func cut(_ text: String, bytes: Int) -> String {
        guard text.utf8.count > bytes else { return text }
        var result = ""
        var left = bytes - 3
        for character in text {
            left -= character.utf8.count
            if left < 0 { break }
            result.append(character)
        }
        return result + "…"
    }
}
