import AkinCore
import AkinCluster

/// Small reports made by hand, with texts that every form must write safely.
enum Reports {
    static let nasty =
        "</script><script>alert(1)</script> \"quoted\" & 'it' <!-- \u{2028}\u{2029} | *x* `y`, last\nline"

    static func example(_ id: String, _ text: String, other: Int? = nil) -> ClusterReport.Example {
        ClusterReport.Example(
            id: id, title: nil, text: text, source: "folder/a&b.txt", similarity: 0.5, otherCluster: other)
    }

    static func cluster(_ id: Int, label: String, size: Int, of total: Int, text: String) -> ClusterReport.Cluster {
        ClusterReport.Cluster(
            id: id, size: size, share: Double(size) / Double(total), label: label,
            keywords: [Keyword(term: label, score: 2)],
            cohesion: 0.625, silhouette: -0.25, representatives: [example("r\(id)", text)],
            borderline: [example("b\(id)", text, other: 1 - id)],
            neighbors: [ClusterReport.Neighbor(id: 1 - id, similarity: 0.125)])
    }

    static func report(text: String = "Plain text", id: String = "doc 1", labels: [String] = ["first", "second"])
        -> ClusterReport
    {
        ClusterReport(
            about: ClusterReport.About(
                title: text, run: "run-1", created: "2026-01-31T09:05:00Z", store: "akin.db", encoder: "MiniLM",
                unit: .document),
            algorithm: "spherical k-means", seed: 42, k: 2, requestedK: nil, candidates: [], objective: 1.875,
            silhouette: 0.25,
            clusters: [
                cluster(0, label: labels[0], size: 2, of: 3, text: text),
                cluster(1, label: labels[1], size: 1, of: 3, text: text),
            ],
            points: [
                ClusterReport.Point(id: id, cluster: 0, similarity: 0.75, x: 0, y: 0.5, text: text, date: nil),
                ClusterReport.Point(id: "doc,2", cluster: 0, similarity: 0.5, x: 1, y: 0.25, text: "other", date: nil),
                ClusterReport.Point(id: "doc3", cluster: 1, similarity: 0.625, x: 0.5, y: 0, text: "third", date: nil),
            ],
            withoutVector: ["none <1>"])
    }

    /// What clustering nothing gives.
    static var empty: ClusterReport {
        ClusterReport(
            about: ClusterReport.About(), algorithm: "spherical k-means", seed: 1, k: 0, requestedK: nil,
            candidates: [], objective: 0,
            silhouette: 0, clusters: [], points: [], withoutVector: [])
    }

    /// Two senses of one word, with an occurrence each.
    static var senses: SenseReport {
        func occurrence(_ sense: Int, _ text: String, _ word: Range<Int>) -> SenseReport.Occurrence {
            SenseReport.Occurrence(
                id: "doc\(sense)", passage: Int64(sense), range: word, sense: sense, typicality: 0.5,
                x: Double(sense), y: 0.5, text: text, word: word)
        }
        func sense(_ number: Int, _ keyword: String) -> SenseReport.Sense {
            SenseReport.Sense(
                sense: number, size: 1, share: 0.5, keywords: [keyword], distance: 0.25, examples: [number])
        }
        return SenseReport(
            word: "bank", encoder: "MiniLM", passages: 2, silhouettes: [0.5], bimodality: 0.6, threshold: 0.5,
            senses: [sense(0, "money"), sense(1, "river")],
            occurrences: [occurrence(0, "the bank <b>lends", 4..<8), occurrence(1, "a bank of sand", 2..<6)])
    }
}
