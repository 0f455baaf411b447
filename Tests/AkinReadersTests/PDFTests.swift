import AkinReaders
import AkinTestSupport
import AkinText
import Foundation
import Testing

@Suite("PDF")
struct PDFTests {
    private func record(_ xml: String) -> Reading {
        var found = Reading()
        found.records = [PDFReader.record(ofXML: Array(xml.utf8), FileToRead(path: "", id: "a.pdf", source: "/a.pdf"))]
        return found
    }

    /// A page in poppler's form of lines with a font and a place.
    private func page(_ number: Int, _ lines: [(top: Int, font: Int, text: String)]) -> String {
        let texts = lines.map {
            "<text top=\"\($0.top)\" left=\"90\" width=\"600\" height=\"20\" font=\"\($0.font)\">\($0.text)</text>"
        }
        return "<page number=\"\(number)\" height=\"1200\" width=\"900\">\n"
            + "<fontspec id=\"0\" size=\"16\" family=\"Times\"/>\n<fontspec id=\"1\" size=\"24\" family=\"Times\"/>\n"
            + texts.joined(separator: "\n") + "\n</page>\n"
    }

    @Test func `words split at line ends are joined, and words with a hyphen keep it`() {
        let found = record(
            page(
                1,
                [
                    (100, 0, "A well-known represen-"), (122, 0, "tation of a well-"),
                    (144, 0, "known river &amp; its bank"),
                ]))
        #expect(found.text == "A well-known representation of a well-known river & its bank")
    }

    @Test func `running heads and page numbers are left out`() {
        let pages = (1...4).map { number in
            page(
                number,
                [
                    (20, 0, "Report of the year"), (200, 0, "Text of page \(number) stands here."),
                    (1170, 0, "\(number)"),
                ])
        }
        #expect(
            record(pages.joined()).blocks == (1...4).map { "paragraph p\($0) : Text of page \($0) stands here." })
    }

    @Test func `lines in larger letters are headings`() {
        let text = String(repeating: "plain words of the text ", count: 12)
        let found = record(
            page(1, [(100, 1, "Rivers"), (200, 0, text)]) + page(2, [(100, 1, "Seas"), (200, 0, "salt")]))
        #expect(found.records.first?.title == "Rivers")
        #expect(found.blocks.map { $0.prefix(20) }.count == 4)
        #expect(found.blocks[0] == "heading p1 : Rivers")
        #expect(found.blocks[3] == "paragraph p2 Seas: salt")
    }

    @Test func `the outline tells the levels of headings`() {
        let found = record(
            page(1, [(100, 0, "1 Rivers"), (200, 0, "wet"), (300, 0, "1.1 Long"), (330, 0, "ones"), (430, 0, "end")])
                + "<outline>\n<item page=\"1\">Rivers</item>\n<outline>\n<item page=\"1\">Long ones</item>\n</outline>\n</outline>\n"
        )
        #expect(
            found.blocks == [
                "heading p1 : 1 Rivers", "paragraph p1 1 Rivers: wet", "heading p1 1 Rivers: 1.1 Long ones",
                "paragraph p1 1 Rivers/1.1 Long ones: end",
            ])
    }

    @Test(.enabled(if: hasPoppler)) func `a PDF is read with its pages`() throws {
        let body = (0..<6).map { (text: "Words of the first page, line \($0).", size: 11, y: 660 - 13 * $0) }
        let found = try reading(
            "a.pdf",
            pdfBytes([[(text: "Ferries", size: 20, y: 700)] + body, [(text: "Second page.", size: 11, y: 700)]]))
        #expect(found.blocks.first == "heading p1 : Ferries")
        #expect(found.blocks.last == "paragraph p2 Ferries: Second page.")
        #expect(found.text.contains("line 0. Words of the first page, line 1."))
    }

    @Test func `what is no PDF is said to be none`() {
        #expect(throws: FileRefusal("is no PDF, whatever its extension says; rename it")) {
            try reading("a.pdf", "just text")
        }
    }

    private static let hasPoppler = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].contains {
        FileManager.default.isExecutableFile(atPath: $0 + "/pdftohtml")
    }
}
