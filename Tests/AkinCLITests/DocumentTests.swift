import AkinTestSupport
import Foundation
import Testing

@Suite("Single documents, export and care")
struct DocumentTests {
    @Test func `a document is put, replaced, read and deleted`() throws {
        let program = try Program()
        let put = try program.run(
            "put", "n1", "--title", "Pump", "--metadata", "year=1912", "--metadata", "place=Cardiff",
            input: "The pump leaks.")
        #expect(put.status == 0, "\(put.errors)")
        let document = try program.run("get", "n1", "--json").object()
        #expect(document["text"] as? String == "The pump leaks.")
        #expect(document["title"] as? String == "Pump")
        let metadata = try #require(document["metadata"] as? [String: Any])
        #expect(metadata["year"] as? Int == 1912)
        #expect(metadata["place"] as? String == "Cardiff")

        #expect(try program.run("put", "n1", "--text", "The pump is mended.").status == 0)
        #expect(try program.run("get", "n1").text.contains("The pump is mended."))
        #expect(try program.run("export").lines.count == 1)

        #expect(try program.run("delete", "n1").status == 0)
        for command in ["get", "delete"] {
            let gone = try program.run(command, "n1")
            #expect(gone.status == 66)
            #expect(gone.errorLines.count == 1)
        }
    }

    @Test func `what is exported can be indexed again and is the same`() throws {
        let program = try Program()
        try program.indexSample(count: 60)
        let exported = try program.run("export")
        #expect(exported.status == 0)
        let documents = try exported.objects()
        #expect(documents.count == 60)
        #expect(Set(documents.compactMap { $0["id"] as? String }).count == 60)
        try program.folder.write("again.jsonl", exported.output)
        let again = try program.run("index", "again.jsonl", "--db", "again.db", "--json")
        #expect(again.status == 0, "\(again.errors)")
        let texts = try program.run("export", "--db", "again.db").objects().map { $0["text"] as? String }
        #expect(texts == documents.map { $0["text"] as? String })
    }

    @Test func `a whole database is verified in one line and described`() throws {
        let program = try Program()
        try program.indexSample(count: 60)
        let verified = try program.run("verify")
        #expect(verified.status == 0, "\(verified.text)")
        #expect(verified.lines.count == 1)
        let information = try program.run("info", "--json").object()
        #expect(information["documents"] as? Int == 60)
        #expect((information["spaces"] as? [[String: Any]])?.isEmpty == false)
        let described = try program.run("info")
        #expect(described.status == 0)
        #expect(described.text.contains("serves search"))
        #expect(described.text.contains("fingerprint"))
        #expect(try program.run("optimize").status == 0)
        #expect(try program.run("verify").status == 0)
    }

    @Test func `AKIN_DB in the environment and --db name the database`() throws {
        let program = try Program()
        #expect(try program.run("put", "a", "--text", "One.", "--db", "other.db").status == 0)
        #expect(try program.run("get", "a", "--db", "other.db").status == 0)
        #expect(!FileManager.default.fileExists(atPath: program.database))
    }

    @Test(arguments: [["search", "x"], ["export"], ["info"], ["cluster"], ["delete", "a"]])
    func `a missing database is not made by a command that reads`(arguments: [String]) throws {
        let program = try Program()
        let outcome = try program.run(arguments, input: Data())
        #expect(outcome.status == 66)
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.contains("akin.db"))
        #expect(!FileManager.default.fileExists(atPath: program.database))
    }

    @Test func `doctor examines the machine, with and without a database`() throws {
        let program = try Program()
        let findings = try #require(
            try JSONSerialization.jsonObject(with: try program.run("doctor", "--json").output) as? [[String: Any]])
        #expect(!findings.isEmpty)
        #expect(findings.allSatisfy { $0["topic"] is String && $0["severity"] is String && $0["message"] is String })
    }

    @Test func `models are listed, also when there are none`() throws {
        let program = try Program()
        #expect(try program.run("model", "list", "--json").text == "[]\n")
        #expect(try program.run("model", "list").status == 0)
        #expect(try program.run("model", "info", "nonsense").status == 69)
    }
}
