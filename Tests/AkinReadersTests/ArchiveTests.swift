import AkinTestSupport
import AkinText
import Foundation
import Testing

@Suite("Archives")
struct ArchiveTests {
    @Test func `files in an archive are documents below its id`() throws {
        let inner = zipBytes([(name: "deep.txt", text: "deep words")])
        let found = try reading(
            "a.zip",
            zipBytes([
                (name: "notes/a.txt", data: Data("plain words".utf8)),
                (name: "../../escape.txt", data: Data("kept inside".utf8)),
                (name: "rows.jsonl", data: Data("{\"text\": \"one\"}\n{\"text\": \"two\", \"id\": \"own\"}\n".utf8)),
                (name: "inner.zip", data: inner), (name: "x.png", data: Data([1])),
                (name: ".hidden.txt", data: Data([65])),
            ]))
        #expect(
            found.records.map(\.id) == [
                "a.zip/notes/a.txt", "a.zip/escape.txt", "a.zip/rows.jsonl#1", "own", "a.zip/inner.zip/deep.txt",
            ])
        #expect(found.records.last?.source == "/a.zip/inner.zip/deep.txt")
        #expect(found.notes == ["/a.zip: 1 file in it was not read: 1 .png"])
    }

    @Test func `a compressed file is read as what it was before`() throws {
        // "packed words\n" by gzip.
        let bytes = try #require(
            Data(base64Encoded: "H4sIAAAAAAACAytITM5OTVEozy9KKeYCAPmBS+4NAAAA"))
        let found = try reading("notes.txt.gz", bytes)
        #expect(found.records.map(\.id) == ["notes.txt.gz"])
        #expect(found.text.hasPrefix("packed words"))
    }

    @Test func `a file that is bad does not hold up the others`() throws {
        let found = try reading(
            "a.zip",
            zipBytes([(name: "bad.docx", text: "no zip"), (name: "good.txt", text: "words"), (name: "e.txt", text: "")])
        )
        #expect(found.records.map(\.text) == ["words"])
        #expect(
            found.problems.map(\.description) == [
                "/a.zip/bad.docx: is not what its extension says; rename it"
            ])
        #expect(found.notes == ["/a.zip: 1 file in it was not read: 1 empty"])
    }

    @Test func `archives are read to a depth and to a size`() throws {
        var bytes = zipBytes([(name: "a.txt", text: "innermost")])
        for _ in 0..<6 { bytes = zipBytes([(name: "in.zip", data: bytes)]) }
        let deep = try reading("a.zip", bytes)
        #expect(deep.problems.map(\.message) == ["is packed in more than 4 archives, one in the other"])

        var limits = ReaderLimits()
        limits.files = 2
        let many = zipBytes((0..<5).map { (name: "\($0).txt", text: "x") })
        #expect(throws: (any Error).self) { try reading("a.zip", many, limits: limits) }
        limits.files = 10
        limits.unpacked = 3
        #expect(throws: (any Error).self) { try reading("a.zip", many, limits: limits) }
    }

    @Test(arguments: ["a.zip", "a.docx", "a.epub"]) func `what is encrypted is said to be`(name: String) {
        let bytes = zipBytes([(name: "word/document.xml", data: Data(repeating: 7, count: 40))], isEncrypted: true)
        #expect(throws: FileRefusal("is encrypted; give it without a password")) {
            try reading(
                name,
                name == "a.epub" ? zipBytes([(name: "META-INF/container.xml", data: bytes)], isEncrypted: true) : bytes)
        }
    }

    @Test(arguments: [
        "a.zip", "a.gz", "a.docx", "a.odt", "a.epub", "a.pptx", "a.xlsx", "a.eml", "a.mbox", "a.ipynb", "a.pdf",
    ])
    func `another kind of file under an extension is one refusal`(name: String) {
        #expect(throws: FileRefusal.self) { try reading(name, "neither of these\nat all") }
        #expect(throws: FileRefusal("is empty; leave it out")) { try reading(name, "") }
    }

    @Test func `entities and depth of XML are limited`() throws {
        func word(_ head: String, _ body: String) -> Data {
            zipBytes([(name: "word/document.xml", text: "\(head)<w:document><w:body>\(body)</w:body></w:document>")])
        }
        let entities = (1...9).map { "<!ENTITY l\($0) \"\(String(repeating: "&l\($0 - 1);", count: 10))\">" }.joined()
        let laughs = word(
            "<!DOCTYPE d [<!ENTITY l0 \"lol\">\(entities)]>", "<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>")
        #expect(throws: FileRefusal.self) { try reading("a.docx", laughs) }
        let outside = word(
            "<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>", "<w:p><w:r><w:t>safe &e;</w:t></w:r></w:p>")
        #expect(throws: FileRefusal.self) { try reading("a.docx", outside) }
        let deep = word("", String(repeating: "<a>", count: 5000) + String(repeating: "</a>", count: 5000))
        #expect(throws: FileRefusal.self) { try reading("a.docx", deep) }
    }

    @Test func `a file is read by the command given for its extension`() throws {
        let found = try reading(
            "a.odd", Data("words of an odd kind".utf8), converters: ["odd": "/bin/cat '{}'"])
        #expect(found.records.map(\.id) == ["a.odd"])
        #expect(found.text == "words of an odd kind")
        #expect(throws: MissingProgram(program: "no-such-program", advice: "install it or give another converter")) {
            try reading("a.odd", Data("x".utf8), converters: ["odd": "no-such-program {}"])
        }
        #expect(throws: FileRefusal.self) { try reading("a.odd", Data("x".utf8), converters: ["odd": "/bin/false {}"]) }
    }
}
