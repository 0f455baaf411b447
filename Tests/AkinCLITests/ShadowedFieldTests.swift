import AkinTestSupport
import Foundation
import Testing

@Suite("Metadata fields called like the document's own")
struct ShadowedFieldTests {
    private func prepared() throws -> Program {
        let program = try Program()
        let lines = [("a", "wiki"), ("b", "news"), ("c", "wiki")].map {
            #"{"id": "\#($0)", "text": "ferry \#($0)", "source": "\#($1)", "document": {"title": "x"}}"#
        }
        try program.folder.write("docs.jsonl", lines.joined(separator: "\n"))
        #expect(try program.run("index", "docs.jsonl").status == 0)
        return program
    }

    @Test func `delete refuses a bare source where documents have such a field, and deletes nothing`() throws {
        let program = try prepared()
        let refused = try program.run("delete", "--where", #"not source = "wiki""#)
        #expect(
            refused.status == 64 && refused.errors.contains("document.source") && refused.errors.contains("`source`"),
            "\(refused.errors)")
        #expect(try program.run("export").lines.count == 3)
        let deleted = try program.run("delete", "--where", #"not `source` = "wiki""#, "--json").object()
        #expect(deleted["ids"] as? [String] == ["b"])
        let own = try program.run("delete", "--where", #"document.source ends with "docs.jsonl#1""#, "--json").object()
        #expect(own["ids"] as? [String] == ["a"])
        #expect(try program.run("verify").status == 0)
    }

    @Test(arguments: [["search", "ferry", "--mode", "keyword"], ["export"]])
    func `search and export warn of a bare source`(command: [String]) throws {
        let program = try prepared()
        let bare = try program.run(command + ["--where", #"source = "wiki""#], input: Data())
        #expect(bare.errors.contains("'source' is the document's own source"), "\(bare.errors)")
        for exact in [#"`source` = "wiki""#, #"document.source contains "docs""#, #"`document.title` = "x""#] {
            let found = try program.run(command + ["--where", exact], input: Data())
            #expect(
                found.status == 0 && !found.errors.contains("warning") && found.text.contains("ferry"),
                "\(exact): \(found.errors)")
        }
    }

    @Test func `there is no warning of a bare title where no document has such a field`() throws {
        let program = try prepared()
        let found = try program.run("search", "ferry", "--where", "not title exists", "--mode", "keyword")
        #expect(found.status == 0 && !found.errors.contains("warning"), "\(found.errors)")
    }
}
