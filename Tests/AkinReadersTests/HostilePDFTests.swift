import AkinReaders
import AkinTestSupport
import AkinText
import Foundation
import Testing

/// What `pdftohtml` seldom writes.
struct HostilePDFTests {
    private func blocks(_ xml: String) -> [String] {
        var found = Reading()
        found.records = [PDFReader.record(ofXML: Array(xml.utf8), FileToRead(path: "", id: "a.pdf", source: "/a.pdf"))]
        return found.blocks
    }

    private func line(_ top: Int, _ text: String, font: Int = 0) -> String {
        "<text top=\"\(top)\" left=\"90\" width=\"600\" height=\"20\" font=\"\(font)\">\(text)</text>\n"
    }

    @Test func `a page whose first line is only the end of a word keeps its headings`() {
        let fonts = "<fontspec id=\"0\" size=\"16\"/>\n<fontspec id=\"1\" size=\"24\"/>\n"
        let text = String(repeating: "plain words of the text ", count: 12)
        let found = blocks(
            "<page number=\"1\" height=\"1200\">\n" + fonts + line(100, text) + line(900, "A represen-")
                + "</page>\n<page number=\"2\" height=\"1200\">\n" + line(100, "tation") + line(200, "Rivers", font: 1)
                + line(300, "Water flows.") + "</page>\n")
        #expect(
            found.suffix(3) == [
                "paragraph p1 : A representation", "heading p2 : Rivers", "paragraph p2 Rivers: Water flows.",
            ])
    }

    @Test func `a title in the letters of a later heading of the outline is one heading`() {
        let fonts = "<fontspec id=\"0\" size=\"16\"/>\n<fontspec id=\"1\" size=\"30\"/>\n"
        let text = String(repeating: "plain words of the text ", count: 12)
        let found = blocks(
            "<page number=\"1\" height=\"1200\">\n" + fonts + line(100, "Rivers of the North", font: 1)
                + line(200, "Preface") + line(300, text) + "</page>\n<page number=\"2\" height=\"1200\">\n"
                + line(100, "Sources", font: 1) + line(300, text) + "</page>\n<outline>\n"
                + "<item page=\"1\">Preface</item>\n<item page=\"2\">Sources</item>\n</outline>\n")
        #expect(
            found.filter { $0.hasPrefix("heading") } == [
                "heading p1 : Rivers of the North", "heading p1 : Preface", "heading p2 : Sources",
            ])
    }

    @Test func `a page after one of the largest number is read`() {
        let found = blocks(
            "<page number=\"9223372036854775807\">\n" + line(100, "one") + "</page>\n<page height=\"1\">\n"
                + line(100, "two") + "</page>\n")
        #expect(found.count == 2)
    }

    @Test func `what pdftohtml writes about links among its tags hides no page`() {
        let found = blocks(
            " link to page 2  link to page 2 <page number=\"1\" height=\"1200\">\n" + line(100, "one") + "</page>\n"
                + " link to page 1 <page number=\"2\" height=\"1200\">\n" + line(100, "two") + "</page>\n")
        #expect(found == ["paragraph p1 : one", "paragraph p2 : two"])
    }
}
