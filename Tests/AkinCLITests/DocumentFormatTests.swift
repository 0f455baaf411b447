import AkinTestSupport
import Foundation
import Testing

@Suite("Documents read by the reader program", .enabled(if: BuiltProgram.url("akin-reader") != nil))
struct DocumentFormatTests {
    @Test func `documents, mail and archives are found by their words`() throws {
        let program = try Program()
        let word = wordBytes([(style: "Heading1", text: "Ferries"), (style: "", text: "The crossing takes an hour.")])
        try program.folder.write("in/a.docx", word)
        try program.folder.write(
            "in/b.zip", zipBytes([(name: "x/inner.txt", text: "Lighthouse keepers sleep by day.")]))
        try program.folder.write("in/c.eml", "Subject: Harbour\nFrom: a@example.org\n\nThe quay was rebuilt.\n")
        let outcome = try program.run("index", program.folder.path("in"), "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try outcome.object()["added"] as? Int == 3)
        let found = try program.run("search", "lighthouse", "--mode", "keyword", "--json").object()
        let first = try #require((found["results"] as? [[String: Any]])?.first)
        #expect((first["id"] as? String)?.hasSuffix("b.zip/x/inner.txt") == true)
        let again = try program.run("index", program.folder.path("in"), "--json").object()
        #expect(again["unchanged"] as? Int == 3)
    }

    @Test func `a file that cannot be read is one line, and the others are read`() throws {
        let program = try Program()
        try program.folder.write("in/bad.docx", "no zip")
        try program.folder.write("in/good.txt", "The ferry leaves at nine.")
        let outcome = try program.run("index", program.folder.path("in"))
        #expect(outcome.status == 65)
        let lines = outcome.errorLines.filter { $0.contains("bad.docx") }
        #expect(lines.count == 1, "\(outcome.errors)")
        #expect(lines.first?.contains("is not what its extension says") == true)
    }

    @Test func `a bad file in an archive is named by the path that was given`() throws {
        let program = try Program()
        try program.folder.write(
            "b.zip", zipBytes([(name: "x/bad.docx", text: "no zip"), (name: "a.txt", text: "ferry")]))
        let outcome = try program.run("index", "b.zip")
        #expect(outcome.errorLines.contains("b.zip/x/bad.docx: is not what its extension says; rename it"))
    }

    @Test func `a converter is a command for an extension`() throws {
        let program = try Program()
        let file = try program.folder.write("a.odd", "words of an odd kind")
        let outcome = try program.run("index", file, "--convert", "odd=/bin/cat {}", "--json")
        #expect(try outcome.object()["added"] as? Int == 1, "\(outcome.errors)")
        #expect(try program.run("index", file, "--convert", "odd=cat").status == 64)
    }
}
