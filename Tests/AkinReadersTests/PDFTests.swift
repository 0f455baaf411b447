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
            + "<fontspec id=\"2\" size=\"40\" family=\"Times\"/>\n" + texts.joined(separator: "\n") + "\n</page>\n"
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

    @Test func `a hyphen at a line end stays where the document splits no words`() {
        let found = record(
            page(
                1,
                [
                    (100, 0, "A well-known and north-east town, well-"), (122, 0, "known by the north-"),
                    (144, 0, "east wind and a self-"), (166, 0, "made harbour"),
                ]))
        #expect(found.text.hasSuffix("well-known by the north-east wind and a self-made harbour"))
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

    @Test func `a page before whose tag poppler prints its links is read`() {
        let found = record(" link to page 1  link to page 2 " + page(1, [(100, 0, "one")]) + page(2, [(100, 0, "two")]))
        #expect(found.blocks == ["paragraph p1 : one", "paragraph p2 : two"])
    }

    @Test func `the head of a chapter beside the number of its page is left out`() {
        let pages = (1...6).map { number in
            page(
                number,
                [
                    (120, 0, number < 4 ? "RIVERS OF \(number)" : "\(number) SEAS"),
                    (300, 0, "Text of page \(number) stands here."),
                ])
        }
        #expect(
            record(pages.joined()).blocks == (1...6).map { "paragraph p\($0) : Text of page \($0) stands here." })
    }

    @Test func `two pages that begin alike keep what they say`() {
        let lines = (0..<4).map { (200 + 22 * $0, 0, "line \($0 == 0 ? "of both" : "\($0)") of a text that goes on") }
        #expect(record(page(1, lines) + page(2, lines)).text.matches(of: /of both/).count == 2)
    }

    @Test func `numbered headings at the same place of their pages stay`() {
        let pages = (1...4).map { number in
            page(
                number,
                [(120, 1, "\(number) Chapter \(number)")]
                    + (0..<4).map { (300 + 22 * $0, 0, "plain words of the text, line \($0) of the page") })
        }
        #expect(record(pages.joined()).blocks.filter { $0.hasPrefix("heading") }.count == 4)
    }

    @Test func `a footnote stands after the text that goes on in the next column`() {
        func line(_ top: Int, _ left: Int, _ font: Int, _ text: String) -> String {
            "<text top=\"\(top)\" left=\"\(left)\" width=\"300\" height=\"20\" font=\"\(font)\">\(text)</text>\n"
        }
        let found = record(
            "<page number=\"1\" height=\"1200\" width=\"900\">\n<fontspec id=\"0\" size=\"16\" family=\"T\"/>\n"
                + "<fontspec id=\"1\" size=\"11\" family=\"T\"/>\n" + line(300, 90, 0, "The river goes by many")
                + line(1000, 90, 0, "towns and then a repre-") + line(1040, 90, 1, "1 A note of the author.")
                + line(300, 490, 0, "sentation of the sea") + line(322, 490, 0, "comes, as is known.") + "</page>\n")
        #expect(found.blocks.last == "paragraph p1 : 1 A note of the author.")
        #expect(found.text.contains("a representation of the sea comes"))
    }

    @Test func `the number of a note is apart from the word before it`() {
        let found = record(
            "<page number=\"1\" height=\"1200\" width=\"900\">\n<fontspec id=\"0\" size=\"16\" family=\"T\"/>\n"
                + "<fontspec id=\"1\" size=\"10\" family=\"T\"/>\n"
                + "<text top=\"100\" left=\"90\" width=\"60\" height=\"20\" font=\"0\">finches</text>\n"
                + "<text top=\"98\" left=\"150\" width=\"6\" height=\"13\" font=\"1\">12</text>\n"
                + "<text top=\"100\" left=\"160\" width=\"60\" height=\"20\" font=\"0\">of x</text>\n"
                + "<text top=\"98\" left=\"220\" width=\"6\" height=\"13\" font=\"1\">2</text>\n</page>\n")
        #expect(found.text == "finches 12 of x2")
    }

    @Test func `short lines that are broken for no want of space are blocks of their own`() {
        func line(_ top: Int, _ width: Int, _ text: String) -> String {
            "<text top=\"\(top)\" left=\"90\" width=\"\(width)\" height=\"20\" font=\"0\">\(text)</text>\n"
        }
        let found = record(
            "<page number=\"1\" height=\"1200\" width=\"900\">\n<fontspec id=\"0\" size=\"16\" family=\"T\"/>\n"
                + line(100, 600, "A paragraph that fills the whole of its line and goes on to the")
                + line(122, 610, "next one, which is as long as the first of them, and then ends in")
                + line(144, 80, "a short")
                + line(166, 40, "apples") + line(188, 50, "pears") + "</page>\n")
        #expect(found.blocks.map { $0.suffix(7) } == ["a short", " apples", ": pears"])
    }

    @Test func `Hebrew and Arabic are read as they are written, with numbers and Latin words within`() {
        let found = record(
            page(
                1,
                [
                    (100, 0, ".ךותב Latin words םע (2024 ךרעב) טסקט הז םלוע םולש"),
                    (300, 0, "English with םלוע םולש inside."), (500, 0, "ﻢﻟﺎﻌﻟﺎﺑ ﺎﺒﺣﺮﻣ"), (700, 0, "eﬃcient ﬁles"),
                ]))
        #expect(
            found.blocks == [
                "paragraph p1 : שלום עולם זה טקסט (בערך 2024) עם Latin words בתוך.",
                "paragraph p1 : English with שלום עולם inside.", "paragraph p1 : مرحبا بالعالم",
                "paragraph p1 : efficient files",
            ])
    }

    @Test func `lines of Chinese and Japanese are joined without a space`() {
        #expect(
            record(page(1, [(100, 0, "日本語の文章は"), (122, 0, "ここにあります。"), (144, 0, "中文")])).text
                == "日本語の文章はここにあります。中文")
    }

    @Test func `a title that the outline leaves out is the document's`() {
        let body = (0..<6).map { (400 + 22 * $0, 0, "plain words of the text, line \($0) of the page") }
        let found = record(
            page(1, [(100, 2, "All Rivers"), (200, 1, "Long ones")] + body)
                + "<outline>\n<item page=\"1\">Long ones</item>\n</outline>\n")
        #expect(found.records.first?.title == "All Rivers")
        #expect(found.blocks.prefix(2) == ["heading p1 : All Rivers", "heading p1 : Long ones"])
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

    @Test(.enabled(if: hasPoppler)) func `files attached to a PDF are documents of their own`() throws {
        let found = try reading(
            "a.pdf",
            pdfBytes(
                [[(text: "The page itself.", size: 11, y: 700)]],
                attached: [(name: "note.txt", text: "attached words"), (name: "x.png", text: "none")]))
        #expect(found.records.map(\.id) == ["a.pdf", "a.pdf/note.txt"])
        #expect(found.records.map(\.text) == ["The page itself.", "attached words"])
        #expect(found.notes == ["/a.pdf: 1 file in it was not read: 1 .png"])
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
