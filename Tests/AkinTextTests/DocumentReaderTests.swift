import AkinCore
import AkinTestSupport
import AkinText
import Foundation
import Testing

@Suite struct DocumentReaderTests {
    private func html(_ contents: String) throws -> TextRecord {
        try #require(try read(file: "a.html", contents).records.first)
    }

    @Test func `plain text is kept byte for byte`() throws {
        let record = try #require(try read(file: "a.txt", "\u{FEFF}One\r\ntwo\r\n").records.first)
        #expect(record.id == "a.txt" && record.text == "One\r\ntwo\r\n" && record.title == nil && record.line == nil)
        #expect(try read(file: "a.txt", " \n").messages.first?.contains("empty") == true)
    }

    @Test func `bytes that are not text are problems`() throws {
        #expect(
            try read(file: "a.txt", Data("ab\0c".utf8)).messages.first?.contains(
                "looks like a binary file (NUL byte at offset 2)") == true)
        let invalid = try read(file: "a.txt", Data("one\ntw\u{E9}\n".utf8) + [0xC3, 0x28])
        #expect(invalid.problems.map(\.line) == [3])
        #expect(invalid.messages.first?.contains("byte 9") == true)
        #expect(try read(file: "a.txt", Data([0xFF, 0xFE, 0x41])).messages.first?.contains("UTF-16") == true)
    }

    @Test func `only the beginning of a binary file is read`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("big", Data("\u{FEFF}ab\0".utf8) + Data(count: 5_000_000))
        let handle = try #require(FileHandle(forReadingAtPath: path))
        let found = try read(["-"], ReaderOptions(format: .text), standardInput: handle)
        #expect(found.records.isEmpty)
        #expect(found.messages.first?.contains("looks like a binary file (NUL byte at offset 2)") == true)
        #expect(try handle.offset() < 2_000_000)
        #expect(try read([path]).bytes == 5_000_006)
    }

    @Test(
        arguments: [
            ([0x41, 0xC0, 0x80], 1), ([0xC1, 0xBF], 0), ([0xED, 0xA0, 0x80], 0), ([0xF4, 0x90, 0x80, 0x80], 0),
            ([0xE0, 0x80, 0x80], 0),
            ([0xF0, 0x9F, 0x98], 0), ([0x41, 0x80], 1), ([0xE2, 0x82, 0xAC, 0xF5], 3), ([0xE2, 0x82, 0x41], 0),
        ] as [([UInt8], Int)])
    func `the first invalid byte is named`(bytes: [UInt8], offset: Int) throws {
        // Most of what is not ASCII is UTF-8, so nothing else is guessed.
        let text = Data(bytes) + Data("äöüß".utf8)
        #expect(try read(file: "a.txt", text).messages.first?.contains("at byte \(offset);") == true)
    }

    @Test func `front matter becomes title and metadata`() throws {
        let record = try #require(
            try read(
                file: "a.md",
                "---\ntitle: \"My: Page\"\ndate: 2024-01-02\nyear: 2024\ndraft: true\ntags:\n  - a\n  - b\nmore: [x, 1]\n---\n# Heading\nText\n"
            )
            .records.first)
        #expect(record.title == "My: Page")
        #expect(record.text == "# Heading\nText\n")
        #expect(
            record.metadata == [
                "date": .string("2024-01-02"), "year": .number(2024), "draft": .bool(true),
                "tags": .array([.string("a"), .string("b")]),
                "more": .array([.string("x"), .number(1)]),
            ])
    }

    @Test(
        arguments: [
            ("# One #\ntext", "One"), ("```\n# not\n```\n## Two", "Two"), ("Under\n=====\n", "Under"),
            ("#tag\ntext", nil), ("text", nil),
            ("---\nA rule, not front matter\n---\n# Three", "Three"), ("---\ntitle: x\nnever closed", nil),
        ] as [(String, String?)])
    func `titles of Markdown are first headings`(contents: String, title: String?) throws {
        let record = try #require(try read(file: "a.md", contents).records.first)
        #expect(record.title == title)
        #expect(record.text == contents && record.metadata.isEmpty)
    }

    @Test(arguments: [
        ("<p>One</p><p>Two<br>three</p>", "One\n\nTwo\nthree"), ("a  <b>b</b>\n c", "a b c"),
        ("<ul><li>x<li>y</ul>z", "x\ny\n\nz"),
        ("<script>if (a < b) x()</script>ok<style>p{}</style>", "ok"), ("<SCRIPT>x</ScRiPt >ok", "ok"),
        ("<nav><a>menu</a></nav>page", "page"),
        ("<nav>never closed, page", "never closed, page"), ("a <!-- <p>no --> b", "a b"), ("<!doctype html><p>x", "x"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("<a title=\"x>y\">z</a>", "z"), ("<a title=\"never closed>z</a>", "z"), ("<td>a<td>b", "a\n\nb"),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a | b\nc | d"),
        ("<pre>a\n  b</pre>c", "a\n  b\n\nc"),
        (
            "&lt;b&gt; &amp;amp; &eacute;&Uuml;&szlig;&omega;&euro;&#8364;&#x20AC;&#150;&#0;&#xD800;&bogus; &",
            "<b> &amp; éÜßω€€€–\u{FFFD}\u{FFFD}&bogus; &"
        ),
        ("x&nbsp;y &#65 z", "x y A z"), ("<p", "<p"), ("<", "<"), ("</", "</"), ("text<!-- open", "text"),
        ("<textarea>a</textarea>", "a"),
    ])
    func `HTML gives its visible text`(contents: String, text: String) throws {
        #expect(try html(contents).text == text)
    }

    @Test func `the title of HTML is trimmed and its references decoded`() throws {
        let record = try html("<html><head><title>\n A &amp; B </title><meta x></head><body>Body</body>")
        #expect(record.title == "A & B" && record.text == "Body")
    }

    /// Each would take minutes if what is not found were looked for again and again.
    @Test(arguments: [
        "<a \"", "<a='>'", "<nav>", "<title>", "<a", "<!-", "&", "&#", "<script", "</p", "<pre>", "&amp", "<b x=\"> ",
    ])
    func `broken HTML takes linear time`(piece: String) throws {
        _ = try read(file: "a.html", "x" + String(repeating: piece, count: 100_000))
    }

    @Test(arguments: 0..<100)
    func `random HTML gives one record`(seed: Int) throws {
        let pieces = [
            "<", ">", "</", "p", "script", "nav", "title", " ", "\"", "'", "=", "&", "amp;", "#", "x41", ";", "!--",
            "--", "/", "é", "pre",
            "\n", "?", "td",
        ]
        var random = RandomText(seed: UInt64(seed))
        let contents = "x" + (0..<200).map { _ in pieces[random.integer(below: pieces.count)] }.joined()
        let found = try read(file: "a.html", contents)
        #expect(found.records.count == 1 && found.records[0].text.hasPrefix("x"))
    }

    @Test func `source code is titled by its name`() throws {
        let record = try #require(try read(file: "Main.swift", "print(1)\n").records.first)
        #expect(record.title == "Main.swift" && record.text == "print(1)\n")
    }

    @Test func `one long line is read`() throws {
        let text = String(repeating: "word ", count: 2_000_000)
        let found = try read(file: "a.txt", text)
        #expect(found.records.first?.text.utf8.count == 10_000_000)
        #expect(found.bytes == 10_000_000)
    }
}
