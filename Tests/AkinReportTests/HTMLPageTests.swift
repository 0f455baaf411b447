import AkinCore
import AkinCluster
import AkinReport
import Foundation
import Testing

@Suite struct HTMLPageTests {
    private func page(_ report: ClusterReport) throws -> String { try ReportRenderer.render(report, as: .html) }

    @Test func `no text of a document becomes markup`() throws {
        let page = try page(
            Reports.report(text: Reports.nasty, id: Reports.nasty, labels: [Reports.nasty, "\" onclick=\"x"]))
        #expect(!page.contains("alert(1)</script>"))
        #expect(!page.contains("<script>alert"))
        #expect(!page.contains("<!--"))
        #expect(!page.contains("\" onclick=\""))
        // The data block and the program, no more.
        #expect(page.components(separatedBy: "</script>").count == 3)
        #expect(
            page.contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &quot;quoted&quot; &amp; &#39;it&#39;"))
    }

    @Test func `the data block holds the texts as they are`() throws {
        struct Points: Decodable {
            var x: [Int]
            var y: [Int]
            var c: [Int]
            var id: [String]
            var text: [String]
            var labels: [String]
        }
        let page = try page(Reports.report(text: Reports.nasty))
        let start = try #require(page.range(of: "id=\"data\">"))
        let end = try #require(page.range(of: "</script>", range: start.upperBound..<page.endIndex))
        let block = page[start.upperBound..<end.lowerBound]
        #expect(!block.unicodeScalars.contains { "<>&\u{2028}\u{2029}\n".unicodeScalars.contains($0) })
        let points = try JSONDecoder().decode(Points.self, from: Data(block.utf8))
        #expect(points.text == [Reports.nasty, "other", "third"])
        #expect(points.id == ["doc 1", "doc,2", "doc3"])
        #expect(points.c == [0, 0, 1])
        #expect(points.x == [0, 4000, 2000])
        #expect(points.labels == ["first", "second"])
    }

    @Test func `the page loads nothing from elsewhere`() throws {
        let page = try page(Reports.report())
        for outside in ["http://", "https://", "src=", "@import", "url(", "<link"] {
            #expect(!page.contains(outside), "\(outside)")
        }
        #expect(page.contains("default-src 'none'"))
    }

    @Test func `figures, labels and every cluster are in the page without JavaScript`() throws {
        let page = try page(Reports.report())
        for part in [
            "<h1>Plain text</h1>", "id=\"cluster-0\"", "id=\"cluster-1\"", "folder/a&amp;b.txt", "2026-01-31 09:05 UTC",
            "67%",
            "none &lt;1&gt;", ">0.25<",
        ] {
            #expect(page.contains(part), "\(part)")
        }
    }

    @Test func `without places there is no map, and nothing to cluster is a page too`() throws {
        var report = Reports.report()
        for index in report.points.indices { report.points[index].x = nil }
        #expect(!(try page(report).contains("<canvas")))
        #expect(!(try page(Reports.empty).contains("<canvas")))
        #expect(try page(Reports.empty).hasSuffix("</html>\n"))
    }

    @Test func `twelve clusters have twelve hues, and the next ones other shades`() throws {
        var report = Reports.report()
        report.clusters = (0..<24).map { Reports.cluster($0, label: "c\($0)", size: 1, of: 24, text: "t") }
        let page = try page(report)
        let styles = Set(
            page.matches(of: /data-cluster="\d+" aria-pressed="false" style="([^"]+)"/).map { String($0.1) })
        #expect(styles.count == 24)
    }
}
