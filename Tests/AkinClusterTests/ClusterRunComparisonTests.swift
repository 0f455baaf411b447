import AkinCore
import AkinCluster
import Testing

@Suite struct ClusterRunComparisonTests {
    /// A report with nothing but clusters and documents: `members[c]` are the ids in cluster c.
    private func report(_ members: [[String]]) -> ClusterReport {
        let clusters = members.enumerated().map { id, members in
            ClusterReport.Cluster(
                id: id, size: members.count, share: 0, label: "label \(id)", keywords: [], cohesion: 0, silhouette: 0,
                representatives: [],
                borderline: [], neighbors: [])
        }
        let points = members.enumerated().flatMap { id, members in
            members.map { ClusterReport.Point(id: $0, cluster: id, similarity: 1, text: "") }
        }
        return ClusterReport(
            about: ClusterReport.About(run: "9"), algorithm: "", seed: 0, k: members.count, candidates: [],
            objective: 0, silhouette: 0,
            clusters: clusters, points: points, withoutVector: [])
    }

    private func ids(_ letter: String, _ range: Range<Int>) -> [String] { range.map { "\(letter)\($0)" } }

    @Test func `clusters grow, shrink, come and go, with the documents as evidence`() {
        let earlier = report([ids("a", 0..<20), ids("b", 0..<20), ids("c", 0..<20), ids("d", 0..<10)])
        let now = report([
            ids("c", 0..<20), ids("a", 0..<20) + ids("n", 0..<10), ids("b", 0..<12), ids("x", 0..<9),
        ])
        let comparison = ClusterRunComparison(of: now, to: earlier)
        let byLabel = Dictionary(uniqueKeysWithValues: comparison.entries.map { ("\($0.cluster ?? -1)", $0) })
        #expect(comparison.run == "9" && comparison.common == 52 && comparison.agreement == 1)
        #expect(byLabel["0"]?.change == .same && byLabel["0"]?.earlier == 2 && byLabel["0"]?.stayed == 20)
        #expect(byLabel["1"]?.change == .grew && byLabel["1"]?.earlier == 0 && byLabel["1"]?.added == 10)
        #expect(byLabel["1"]?.examples == ["n0", "n1", "n2"])
        #expect(byLabel["2"]?.change == .shrank && byLabel["2"]?.earlier == 1 && byLabel["2"]?.gone == 8)
        #expect(byLabel["3"]?.change == .appeared && byLabel["3"]?.earlier == nil)
        #expect(byLabel["-1"]?.change == .vanished && byLabel["-1"]?.earlier == 3 && byLabel["-1"]?.gone == 10)
    }

    @Test func `of a split cluster one half continues it, and the other says where it came from`() {
        let comparison = ClusterRunComparison(
            of: report([ids("a", 0..<30), ids("a", 30..<50)]), to: report([ids("a", 0..<50)]))
        #expect(comparison.entries.map(\.change) == [.shrank, .appeared])
        #expect(comparison.entries[1].flows == [ClusterRunComparison.Flow(cluster: 0, label: "label 0", documents: 20)])
    }

    @Test func `a cluster that keeps too few of its members has moved`() {
        let comparison = ClusterRunComparison(
            of: report([ids("a", 0..<10) + ids("b", 0..<10)]), to: report([ids("a", 0..<20)]))
        #expect(comparison.entries[0].change == .moved)
        #expect(comparison.entries[0].stayed == 10 && comparison.entries[0].added == 10)
    }

    @Test func `runs without a common document appear and vanish whole`() {
        let comparison = ClusterRunComparison(of: report([["a"]]), to: report([["b"]]))
        #expect(comparison.entries.map(\.change) == [.appeared, .vanished])
        #expect(comparison.common == 0)
    }
}
