import AkinCluster
import AkinCore
import AkinVectors
import Foundation
import Testing

@Suite struct ClusterReportBuilderTests {
    private static let topics = [
        ["river", "water", "boat"], ["engine", "wheel", "motor"], ["bread", "oven", "flour"],
    ]

    private func items(_ count: Int) -> [ClusterItem] {
        (0..<count).map { index in
            ClusterItem(
                id: "d\(index)", title: index == 0 ? "A  title\nof two lines" : nil,
                text: "Text \(index % (count / 2))", source: "s.txt",
                tokens: Self.topics[index % 3])
        }
    }

    private let options = ClusterOptions(k: 3, about: ClusterReport.About(title: "Trial", run: "7"))

    @Test func `clusters are described by their members`() throws {
        let (report, result) = try ClusterReportBuilder.build(
            items: items(60), vectors: Samples.blobs(60, centers: 3), options: options)
        #expect(report.k == 3 && report.clusters.map(\.size) == [20, 20, 20])
        #expect(report.clusters.map(\.id) == [0, 1, 2])
        #expect(abs(report.clusters.reduce(0) { $0 + $1.share } - 1) < 1e-12)
        #expect(report.points.map(\.cluster) == result.assignments)
        #expect(abs(report.points.reduce(0) { $0 + $1.similarity } - report.objective) < 1e-3)
        for cluster in report.clusters {
            let members = report.points.filter { $0.cluster == cluster.id }
            #expect(abs(cluster.cohesion - members.reduce(0) { $0 + $1.similarity } / Double(cluster.size)) < 1e-6)
            #expect(cluster.representatives.first?.similarity == members.map(\.similarity).max())
            #expect(Set(cluster.representatives.map(\.text)).count == cluster.representatives.count)
            #expect(cluster.borderline.allSatisfy { $0.otherCluster != nil && $0.otherCluster != cluster.id })
            #expect(cluster.neighbors.map(\.similarity) == cluster.neighbors.map(\.similarity).sorted(by: >))
            let words = Set(cluster.keywords.flatMap { $0.term.split(separator: " ").map(String.init) })
            #expect(Self.topics.contains { Set($0) == words })
            #expect(cluster.label == cluster.keywords.prefix(3).map(\.term).joined(separator: " · "))
        }
        #expect(report.points[0].text == "A title of two lines")
        #expect(report.about.run == "7")
    }

    @Test func `rows of zeros are listed apart`() throws {
        var vectors = Samples.blobs(30, centers: 3)
        for row in [4, 29] { vectors.setRow(row, [Float](repeating: 0, count: vectors.columns)) }
        let (report, result) = try ClusterReportBuilder.build(items: items(30), vectors: vectors, options: options)
        #expect(report.withoutVector == ["d4", "d29"])
        #expect(report.points.count == 28)
        #expect(result.assignments.count == 30)
        #expect(result.assignments.indices.filter { result.assignments[$0] == KMeansResult.unassigned } == [4, 29])
        #expect(result.members.map(\.count).reduce(0, +) == 28)
    }

    @Test(arguments: [0, 1, 5])
    func `nothing, one document, and documents all without vectors are reports too`(count: Int) throws {
        let items = (0..<count).map { ClusterItem(id: "\($0)", text: "x", tokens: []) }
        for vectors in [Samples.scattered(count, dimension: 8, seed: 1), Matrix(rows: count, columns: 8)] {
            for k in [nil, 2] {
                let (report, _) = try ClusterReportBuilder.build(
                    items: items, vectors: vectors, options: ClusterOptions(k: k))
                #expect(report.points.count + report.withoutVector.count == count)
            }
        }
    }

    @Test func `the length of the vectors does not matter`() throws {
        let rows = Samples.blobs(30, centers: 3)
        let doubled = Matrix((0..<30).map { index in rows.row(index).map { $0 * (index % 2 == 0 ? 4 : 0.25) } })
        let (first, _) = try ClusterReportBuilder.build(items: items(30), vectors: rows, options: options)
        let (second, _) = try ClusterReportBuilder.build(items: items(30), vectors: doubled, options: options)
        #expect(first.points.map(\.cluster) == second.points.map(\.cluster))
    }

    @Test func `the report is the same at any number of threads, and after JSON`() throws {
        var options = options
        options.k = nil
        let vectors = Samples.blobs(400, centers: 6, spread: 0.1)
        let (one, _) = try ClusterReportBuilder.build(items: items(400), vectors: vectors, options: options)
        options.threads = 3
        let (three, _) = try ClusterReportBuilder.build(items: items(400), vectors: vectors, options: options)
        #expect(one == three)
        #expect(try JSONDecoder().decode(ClusterReport.self, from: JSONEncoder().encode(one)) == one)
    }

    @Test func `counts that differ and vectors that are not finite are refused`() {
        #expect(throws: AkinError.self) {
            try ClusterReportBuilder.build(items: items(4), vectors: Matrix(rows: 3, columns: 2))
        }
        #expect(throws: AkinError.self) {
            try ClusterReportBuilder.build(items: items(2), vectors: Matrix([[1, 0], [.nan, 1]]))
        }
        #expect(throws: AkinError.self) {
            try ClusterReportBuilder.build(
                items: items(4), vectors: Samples.blobs(4, centers: 2), options: ClusterOptions(k: 0))
        }
    }

    @Test func `without a layout points have no place`() throws {
        let options = ClusterOptions(k: 2, layout: false)
        let (report, _) = try ClusterReportBuilder.build(
            items: items(10), vectors: Samples.blobs(10, centers: 2), options: options)
        #expect(report.points.allSatisfy { $0.x == nil && $0.y == nil })
    }
}
