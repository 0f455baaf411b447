import AkinCluster
import AkinCore
import AkinStore
import Foundation

/// A report as a run keeps it: the documents in columns, which take a third of the size and of the time to read.
struct StoredReport: Codable {
    private var report: ClusterReport
    private var id: [String]
    private var cluster: [Int]
    private var similarity: [Double]
    private var x: [Double]?
    private var y: [Double]?
    private var text: [String]
    /// Present only where a document has a date.
    private var date: [String]?
    /// Places of the outliers.
    private var outliers: [Int]

    init(_ report: ClusterReport) {
        let points = report.points
        self.report = report
        self.report.points = []
        id = points.map(\.id)
        cluster = points.map(\.cluster)
        similarity = points.map { Self.rounded($0.similarity, 1e6) }
        if points.contains(where: { $0.x != nil }) {
            x = points.map { Self.rounded($0.x ?? 0.5, 1e5) }
            y = points.map { Self.rounded($0.y ?? 0.5, 1e5) }
        }
        text = points.map(\.text)
        if points.contains(where: { $0.date != nil }) { date = points.map { $0.date ?? "" } }
        outliers = points.indices.filter { points[$0].isOutlier == true }
    }

    private static func rounded(_ value: Double, _ steps: Double) -> Double { (value * steps).rounded() / steps }

    /// The report of a run's body; runs that are older than this form have their documents in the report.
    static func report(_ body: Data) throws -> ClusterReport {
        let decoder = JSONDecoder()
        guard let stored = try? decoder.decode(StoredReport.self, from: body) else {
            return try checked(decoder.decode(ClusterReport.self, from: body))
        }
        var report = stored.report
        let counts = [
            stored.cluster.count, stored.similarity.count, stored.x?.count, stored.y?.count, stored.text.count,
            stored.date?.count,
        ]
        guard counts.allSatisfy({ $0 ?? stored.id.count == stored.id.count }) else {
            throw AkinError(.invalidData, "Its columns differ in length")
        }
        guard stored.outliers.allSatisfy(stored.id.indices.contains) else {
            throw AkinError(.invalidData, "An outlier is not one of its documents")
        }
        report.points = stored.id.indices.map { index in
            let date = stored.date.flatMap { $0[index].isEmpty ? nil : $0[index] }
            var point = ClusterReport.Point(
                id: stored.id[index], cluster: stored.cluster[index], similarity: stored.similarity[index],
                x: stored.x?[index],
                y: stored.y?[index], text: stored.text[index], date: date)
            point.isOutlier = false
            return point
        }
        for index in stored.outliers { report.points[index].isOutlier = true }
        return try checked(report)
    }

    private static func checked(_ report: ClusterReport) throws -> ClusterReport {
        if let fault = report.fault { throw AkinError(.invalidData, fault.description) }
        return report
    }
}
