import AkinCore
import AkinCluster
import Testing

@Suite struct ClusterReportFaultTests {
    private static func report() -> ClusterReport {
        let cluster = ClusterReport.Cluster(
            id: 0, size: 2, share: 1, label: "one", keywords: [Keyword(term: "one", score: 1)], cohesion: 0.5,
            silhouette: 0.5, representatives: [], borderline: [], neighbors: [])
        var report = ClusterReport(
            about: ClusterReport.About(), algorithm: "spherical k-means", seed: 1, k: 2, candidates: [], objective: 1,
            silhouette: 0.5, clusters: [cluster],
            points: [ClusterReport.Point(id: "a", cluster: 0, similarity: 0.5, x: 0, y: 1, text: "text")],
            withoutVector: [])
        report.outliers = [ClusterReport.Example(id: "a", text: "text", source: "", similarity: 0.5)]
        report.hierarchy = [ClusterReport.Merge(left: 0, right: 1, similarity: 0.5, size: 2)]
        report.comparison = ClusterRunComparison(of: report, to: report)
        return report
    }

    @Test func `a whole report has no fault`() { #expect(Self.report().fault == nil) }

    struct Damage: Sendable, CustomTestStringConvertible {
        let fault: ClusterReport.Fault
        let apply: @Sendable (inout ClusterReport) -> Void

        init(_ fault: ClusterReport.Fault, _ apply: @escaping @Sendable (inout ClusterReport) -> Void) {
            self.fault = fault
            self.apply = apply
        }

        var testDescription: String { fault.description }
    }

    private static let damages: [Damage] = [
        Damage(.clusterCount) { $0.k = -1 },
        Damage(.clusterCount) { $0.requestedK = Int.max },
        Damage(.clusterCount) { $0.candidates = [ClusterReport.Candidate(k: Int.min, score: 0)] },
        Damage(.figure) { $0.objective = Double.nan },
        Damage(.figure) { $0.candidates = [ClusterReport.Candidate(k: 2, score: Double.infinity)] },
        Damage(.clusterNumber(cluster: 0)) { $0.clusters[0].size = -1 },
        Damage(.clusterNumber(cluster: 0)) { $0.clusters[0].periodCounts = [Int.max] },
        Damage(.clusterFigure(cluster: 0)) { $0.clusters[0].cohesion = Double.nan },
        Damage(.clusterFigure(cluster: 0)) { $0.clusters[0].keywords[0].score = Double.infinity },
        Damage(.point) { $0.points[0].x = 1e300 },
        Damage(.point) { $0.points[0].cluster = -1 },
        Damage(.outlier) { $0.outliers?[0].similarity = Double.nan },
        Damage(.comparison) { $0.comparison?.agreement = Double.nan },
        Damage(.comparison) { $0.comparison?.entries[0].gone = Int.max },
        Damage(.hierarchy) { $0.hierarchy?[0].right = 0 },
        Damage(.hierarchy) { $0.hierarchy?[0].left = 2 },
    ]

    @Test(arguments: damages) func `the first fault is named`(damage: Damage) {
        var report = Self.report()
        damage.apply(&report)
        #expect(report.fault == damage.fault)
    }
}
