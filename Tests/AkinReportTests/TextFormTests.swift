import AkinCluster
import AkinCore
import AkinReport
import AkinTestSupport
import Foundation
import Testing

@Suite struct JSONReportTests {
    @Test func `JSON has the shape that other programs rely on`() throws {
        let text = try ReportRenderer.render(Reports.report(text: Reports.nasty), as: .json)
        let shape = try ClusterReportJSON<String>(Data(text.utf8))
        #expect(shape.run == "run-1" && shape.k == 2 && shape.algorithm == "spherical k-means")
        #expect(shape.objective == 1.875 && shape.silhouette == 0.25)
        #expect(shape.clusters.map(\.label) == ["first", "second"])
        #expect(
            shape.clusters[0].keywords == ["first"] && shape.clusters[0].cohesion == 0.625
                && shape.clusters[0].size == 2)
        #expect(shape.clusters[0].representatives.map(\.id) == ["r0"])
        #expect(shape.clusters[0].representatives[0].text == Reports.nasty)
        #expect(shape.assignments == ["doc 1": 0, "doc,2": 0, "doc3": 1])
    }

    @Test(arguments: ["caf", Reports.nasty, "  \"assignments\" : null,"])
    func `ids that are canonically equivalent are two documents, whatever they hold`(id: String) throws {
        func point(_ id: String, _ cluster: Int) -> ClusterReport.Point {
            ClusterReport.Point(id: id, cluster: cluster, similarity: 1, x: 0, y: 0, text: "", date: nil)
        }
        var report = Reports.report(text: "\n  \"assignments\" : null,")
        report.points = [point(id + "e\u{301}", 1), point(id + "\u{E9}", 0)]
        let text = try ReportRenderer.render(report, as: .json)
        let quoted = String(decoding: try JSONEncoder().encode(id), as: UTF8.self).replacing("\\/", with: "/")
            .dropLast()
        let lines = text.utf8.split(separator: UInt8(ascii: "\n")).map(Array.init)
        let begin = try #require(lines.firstIndex(of: Array("  \"assignments\" : {".utf8)))
        let expected = ["    \(quoted)e\u{301}\" : 1,", "    \(quoted)\u{E9}\" : 0", "  },"]
        #expect(Array(lines[(begin + 1)...(begin + 3)]) == expected.map { Array($0.utf8) })
        #expect(throws: Never.self) { try ClusterReportJSON<String>(Data(text.utf8)) }
    }

    @Test func `nothing to cluster is JSON without assignments`() throws {
        #expect(try ReportRenderer.render(Reports.empty, as: .json).contains("\n  \"assignments\" : {},\n"))
    }
}

@Suite struct CSVReportTests {
    @Test func `fields are quoted as RFC 4180 says`() throws {
        let report = Reports.report(id: "a \"b\"\u{301}, c\nd", labels: ["one · two", "plain"])
        #expect(
            try ReportRenderer.render(report, as: .csv)
                == "document,cluster,label,similarity\r\n\"a \"\"b\"\"\u{301}, c\nd\",0,one · two,0.750000\r\n"
                + "\"doc,2\",0,one · two,0.500000\r\ndoc3,1,plain,0.625000\r\n")
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=a,b"])
    func `what a spreadsheet would take for a formula is kept a text`(id: String) throws {
        let lines = try ReportRenderer.render(Reports.report(id: id, labels: [id, "-b"]), as: .csv).components(
            separatedBy: "\r\n")
        let guarded = id.contains(",") || id.contains("\r") ? "\"'\(id)\"" : "'\(id)"
        #expect(lines[1] == "\(guarded),0,\(guarded),0.750000")
        #expect(lines[3] == "doc3,1,'-b,0.625000")
    }

    @Test func `nothing to cluster is CSV with a header alone`() throws {
        #expect(try ReportRenderer.render(Reports.empty, as: .csv) == "document,cluster,label,similarity\r\n")
    }
}

@Suite struct MarkdownReportTests {
    @Test func `Markdown has a row for each cluster, and no text becomes markup`() throws {
        let text = try ReportRenderer.render(
            Reports.report(text: Reports.nasty, labels: ["a | b", "<b>"]), as: .markdown)
        #expect(text.contains("| 0 | a \\| b | 2 | 67% | 0.625 | -0.250 |"))
        #expect(text.contains("| 1 | &lt;b&gt; | 1 | 33% | 0.625 | -0.250 |"))
        #expect(!text.contains("<script>") && !text.contains("\u{2028}"))
        #expect(text.contains("\\*x\\* \\`y\\`, last line"))
        #expect(text.contains("`none <1>`"))
    }

    @Test func `nothing to cluster is a Markdown report too`() throws {
        #expect(try ReportRenderer.render(Reports.empty, as: .markdown).contains("0 documents in 0 clusters"))
    }
}

@Suite struct TerminalReportTests {
    /// Columns of a line, counted apart from the program: Han characters 2, combining marks 0, everything else here 1.
    private func columns(_ line: some StringProtocol) -> Int {
        line.unicodeScalars.reduce(0) { sum, scalar in
            switch scalar.value {
            case 0x4E00...0x9FFF: sum + 2
            case 0x300...0x36F: sum
            default: sum + 1
            }
        }
    }

    @Test(arguments: [40, 60, 80, 120])
    func `cohesion ends at the right edge, also with wide characters`(width: Int) throws {
        let report = Reports.report(
            text: String(repeating: "一段很长的文字", count: 20), labels: ["机器学习 · 神经网络 · 模型训练 · 数据", "cafe\u{301} · plain"])
        let lines = try ReportRenderer.render(report, as: .terminal, width: width).split(separator: "\n")
        let rows = lines.filter { $0.hasSuffix("0.625") }
        #expect(rows.count == 2)
        #expect(rows.allSatisfy { columns($0) == width })
        #expect(lines.filter { $0.contains("一段") }.allSatisfy { columns($0) <= width && $0.hasSuffix("…") })
    }

    @Test(arguments: [20, 25, 39])
    func `no line is wider than a narrow terminal`(width: Int) throws {
        let report = Reports.report(text: "一段很长的文字 and more words than fit", labels: ["机器学习 · 神经网络", "plain"])
        let lines = try ReportRenderer.render(report, as: .terminal, width: width, color: false).split(separator: "\n")
        #expect(lines.allSatisfy { columns($0) <= width })
        #expect(lines.contains { $0.hasPrefix("0     2  机器") })
        #expect(lines.joined(separator: " ").contains("3 documents in 2 clusters"))
    }

    @Test func `the larger cluster has the longer bar`() throws {
        let rows = try ReportRenderer.render(Reports.report(), as: .terminal, width: 80).split(separator: "\n")
            .filter { $0.hasSuffix("0.625") }
        let bars = rows.map { row in row.filter { $0 == "█" }.count }
        #expect(bars == [16, 8])
    }

    @Test func `there is colour only on request, and control characters never`() throws {
        let report = Reports.report(text: "evil \u{1B}[31m text", labels: ["x\u{7}", "y"])
        let plain = try ReportRenderer.render(report, as: .terminal)
        #expect(!plain.unicodeScalars.contains("\u{1B}") && !plain.unicodeScalars.contains("\u{7}"))
        let colored = try ReportRenderer.render(report, as: .terminal, color: true)
        #expect(colored.contains("\u{1B}[1m") && !colored.contains("\u{1B}[31m"))
    }

    @Test func `formats have the names that the command line takes`() {
        #expect(ReportFormat(rawValue: "md") == .markdown)
        #expect(ReportFormat.allCases.map(\.rawValue) == ["html", "md", "csv", "json", "terminal"])
    }
}
