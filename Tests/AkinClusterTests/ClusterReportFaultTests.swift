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
        report.comparison = RunComparison(of: report, to: report)
        return report
    }

    @Test func `a whole report has no fault`() { #expect(Self.report().fault == nil) }

    @Test(
        arguments: [
            (.clusterCount, { $0.k = -1 }),
            (.clusterCount, { $0.requestedK = .max }),
            (.clusterCount, { $0.candidates = [ClusterReport.Candidate(k: .min, score: 0)] }),
            (.figure, { $0.objective = .nan }),
            (.figure, { $0.candidates = [ClusterReport.Candidate(k: 2, score: .infinity)] }),
            (.clusterNumber(cluster: 0), { $0.clusters[0].size = -1 }),
            (.clusterNumber(cluster: 0), { $0.clusters[0].periodCounts = [.max] }),
            (.clusterFigure(cluster: 0), { $0.clusters[0].cohesion = .nan }),
            (.clusterFigure(cluster: 0), { $0.clusters[0].keywords[0].score = .infinity }),
            (.point, { $0.points[0].x = 1e300 }),
            (.point, { $0.points[0].cluster = -1 }),
            (.outlier, { $0.outliers?[0].similarity = .nan }),
            (.comparison, { $0.comparison?.agreement = .nan }),
            (.comparison, { $0.comparison?.entries[0].gone = .max }),
            (.hierarchy, { $0.hierarchy?[0].right = 0 }),
            (.hierarchy, { $0.hierarchy?[0].left = 2 }),
        ] as [(ClusterReport.Fault, @Sendable (inout ClusterReport) -> Void)])
    func `the first fault is named`(fault: ClusterReport.Fault, damage: @Sendable (inout ClusterReport) -> Void) {
        var report = Self.report()
        damage(&report)
        #expect(report.fault == fault)
    }
}
