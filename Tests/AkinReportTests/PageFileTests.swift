import AkinCore
import AkinCluster
import AkinReport
import Foundation
import Testing

@Suite struct PageFileTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/AkinReport/Page").standardizedFileURL

    /// A file's lines without comments, found another way than the program does: by expressions over the whole.
    private static func rules(_ file: String) -> String {
        file.replacing(/(?ms)^ *\/\*.*?\*\/\n/, with: "").replacing(/(?m)^ *\/\/[^\n]*\n/, with: "")
            .replacing(/(?m)^ +/, with: "").replacing(/\n{2,}/, with: "\n").trimmingCharacters(in: .newlines)
    }

    @Test func `every style sheet and script stands whole in a page`() throws {
        var withoutMap = Reports.report()
        for index in withoutMap.points.indices { withoutMap.points[index].x = nil }
        let pages = [
            try ReportRenderer.render(Reports.report(), as: .html), try ReportRenderer.render(withoutMap, as: .html),
            SensePage(Reports.senses).text, TrainingPage(TrainingReport(title: "", subtitle: "")).text,
        ]
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(files.contains("page.css") && files.contains("map-places.js"))
        for name in files {
            let file = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
            let rules = Self.rules(file)
            #expect(!rules.isEmpty && pages.contains { $0.contains("\n\(rules)\n") }, "\(name)")
            #expect(file.split(separator: "\n").allSatisfy { $0.count <= 120 }, "\(name)")
        }
    }

    @Test func `comments and indentation stay out of a page`() throws {
        let page = try ReportRenderer.render(Reports.report(), as: .html)
        let style = try #require(page.firstMatch(of: /(?s)<style>(.*)<\/style>/)).1
        let script = try #require(page.firstMatch(of: /(?s)<script>(.*)<\/script>/)).1
        #expect(!style.contains("/*") && !script.contains(/(?m)^ *\/\//))
        #expect(!style.contains("\n ") && !script.contains("\n "))
    }

    @Test(
        arguments: [
            ("a {\n  color: red;\n}\n", "a {\ncolor: red;\n}"),
            ("/* one */\na {}\n\nb {}\n", "a {}\nb {}"),
            ("/* one\n   two */\n* {}\n  /* three */\n  b {}\n", "* {}\nb {}"),
            ("// one\nlet a = 1; // kept\n  // two\n  let b = a / 2;\n", "let a = 1; // kept\nlet b = a / 2;"),
            ("let a = '/* kept */';\nlet b = 2 /* kept */ * a;\n", "let a = '/* kept */';\nlet b = 2 /* kept */ * a;"),
            ("", ""),
        ])
    func `only comments on lines of their own are left out`(file: String, compacted: String) {
        #expect(PageFile.compacted(file) == compacted)
    }

    @Test func `the same report gives the same page`() throws {
        let pages = try (0..<3).map { _ in try ReportRenderer.render(Reports.report(text: Reports.nasty), as: .html) }
        #expect(pages[0] == pages[1] && pages[1] == pages[2])
    }
}

@Suite struct SensePageTests {
    @Test func `the page shows each sense, marks the word and loads nothing`() {
        let page = SensePage(Reports.senses).text
        #expect(page.contains("the <mark>bank</mark> &lt;b&gt;lends"))
        #expect(page.contains("2 senses") && page.components(separatedBy: "<article").count == 3)
        #expect(page.components(separatedBy: "<circle").count == 3)
        for outside in ["http://", "https://", "src=", "@import", "url(", "<link", "<script"] {
            #expect(!page.contains(outside), "\(outside)")
        }
    }
}
