import AkinCluster
import AkinVectors
import Testing

@Suite struct DescriptionTests {
    private func items(_ count: Int, dates: [String?] = [nil], sources: [String] = ["s"]) -> [ClusterItem] {
        (0..<count).map {
            ClusterItem(
                id: "d\($0)", text: "t\($0)", source: sources[$0 % sources.count], tokens: ["word"],
                date: dates[$0 % dates.count])
        }
    }

    private func report(_ items: [ClusterItem], _ rows: Matrix, k: Int) throws -> ClusterReport {
        try ClusterReportBuilder.build(items: items, vectors: rows, options: ClusterOptions(k: k, layout: false)).report
    }

    @Test func `a document far from its cluster is an outlier, and is listed first`() throws {
        var rows = Samples.blobs(60, centers: 2, dimension: 24, spread: 0.03)
        rows.setRow(
            7,
            VectorMath.normalized(
                zip(rows.row(7), Samples.scattered(1, dimension: 24, seed: 3).row(0)).map { $0 + 0.9 * $1 }))
        let report = try report(items(60), rows, k: 2)
        #expect(report.outliers?.first?.id == "d7")
        #expect(report.points.filter { $0.isOutlier == true }.map(\.id).contains("d7"))
        #expect(report.clusters.reduce(0) { $0 + ($1.outliers ?? 0) } == report.points.count { $0.isOutlier == true })
    }

    @Test func `blobs beside each other are joined first`() throws {
        // Two pairs of directions: 0 and 10 degrees, 120 and 130.
        let rows = Samples.circle((0..<80).map { [0.0, 10, 120, 130][$0 % 4] + Double($0 / 4) * 0.01 })
        let report = try report(items(80), rows, k: 4)
        let merges = try #require(report.hierarchy)
        #expect(merges.count == 3 && merges.last?.size == 80)
        let pairs = merges.prefix(2).map {
            Set([$0.left, $0.right].map { cluster in report.points.first { $0.cluster == cluster }?.id })
        }
        #expect(Set(pairs) == [["d0", "d1"], ["d2", "d3"]])
        #expect(merges[0].similarity > 0.98 && merges[2].similarity < 0)
    }

    @Test(arguments: [
        (
            ["2024-02-27T10:00:00Z", "2024-03-02"],
            ["2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01", "2024-03-02"]
        ),
        (["2023-11-05", "2024-02-01"], ["2023-11", "2023-12", "2024-01", "2024-02"]),
        (["1999", "2001"], ["1999", "2000", "2001"]),
        (["no date", "2001"], []), (["2001-02-03", "2001-02-03"], []),
    ])
    func `dates give a profile in days, months or years`(dates: [String], expected: [String]) throws {
        let report = try report(items(40, dates: dates), Samples.blobs(40, centers: 2), k: 2)
        #expect(report.periods == expected)
        if !expected.isEmpty {
            let counts = report.clusters.compactMap(\.periodCounts)
            #expect(counts.count == 2 && counts.allSatisfy { $0.count == expected.count })
            #expect(counts.joined().reduce(0, +) == 40)
        }
    }

    @Test func `sources are counted, by folder where nearly each document has its own`() throws {
        let files = (0..<40).map { "notes/\($0 % 2 == 0 ? "red" : "blue")/\($0).txt" }
        let report = try report(items(40, sources: files), Samples.blobs(40, centers: 2), k: 2)
        #expect(Set(report.clusters.compactMap { $0.sources?.first?.name }) == ["notes/red", "notes/blue"])
        #expect(report.clusters.allSatisfy { $0.sources?.first?.documents == 20 })
        #expect(try self.report(items(40), Samples.blobs(40, centers: 2), k: 2).clusters[0].sources == [])
    }

    @Test func `keywords near the centroid come first, and one of two with the same meaning is left out`() {
        let vectors: [String: [Float]] = [
            "loan": [1, 0, 0], "credit": [0.95, 0.31, 0], "table": [0, 0, 1], "money": [0.6, 0.8, 0],
        ]
        let candidates = [
            Keyword(term: "table", score: 10), Keyword(term: "credit", score: 9), Keyword(term: "loan", score: 10),
            Keyword(term: "money", score: 6),
        ]
        let ranking = KeywordRanking([candidates]) { terms in Matrix(terms.map { vectors[$0] ?? [0, 0, 0] }) }
        let ranked = ranking.ranked(candidates, centroid: [1, 0, 0], limit: 3)
        #expect(ranked.map(\.term) == ["loan", "money", "table"])
        #expect(ranked.map(\.score) == ranked.map(\.score).sorted(by: >))
    }
}
