import AkinTestSupport
import Foundation
import Testing

/// Ids that are JSON numbers come out as they went in.
@Suite struct NumberIDTests {
    static let spellings = [
        "1234567890123456789", "12345678901234567890123", "-9007199254740993", "1.50", "1e3", "7",
        "0.1000000000000000055",
    ]

    private func prepared() throws -> Program {
        let program = try Program()
        try program.indexSample(count: 40)
        return program
    }

    private func line(_ id: String) -> String {
        #"{"a": {"id": 5}, "text": "the \"id\": 6 of a ferry", "id" : \#(id) }"# + "\n"
    }

    @Test func `questions, texts and sentences keep the digits of their ids`() throws {
        let program = try prepared()
        let input = Self.spellings.map(line).joined()
        try program.folder.write("vectors.vec", "2 2\nferry 1 0\nthe 0 1\n")
        for arguments in [
            ["search", "--queries", "-", "-k", "1"], ["embed"], ["words", "embed", "--vectors", "vectors.vec"],
        ] {
            let outcome = try program.run(arguments, input: Data(input.utf8))
            #expect(outcome.status == 0, "\(outcome.errors)")
            let ids = outcome.lines.map { String($0.dropFirst(#"{"id":"#.count).prefix { $0 != "," }) }
            #expect(ids == Self.spellings, "\(arguments)")
        }
    }

    @Test func `texts as ids stay texts, and null and other values stay what they are`() throws {
        let program = try prepared()
        let outcome = try program.run("embed", input: [#""x 1""#, "null", "true", #"["1", 2]"#].map(line).joined())
        let ids = outcome.lines.map { line in
            line.hasPrefix(#"{"id":"#) ? String(line.dropFirst(6).prefix { $0 != "v" }) : "none"
        }
        #expect(ids == [#""x 1",""#, "none", #"true,""#, #"["1",2],""#], "\(outcome.text.prefix(300))")
    }

    @Test(arguments: spellings) func `judgements find the questions of their ids`(id: String) throws {
        let program = try prepared()
        try program.folder.write("q.jsonl", line(id) + #"{"id": 12345678901234567, "text": "oven"}"# + "\n")
        try program.folder.write("r.tsv", "query\tdocument\trelevance\n\(id)\tharbour-0\t1\n")
        let outcome = try program.run("eval", "--queries", "q.jsonl", "--qrels", "r.tsv", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try outcome.object()["queries"] as? Int == 1)
    }

    @Test func `a judgement may spell a number as Akin would`() throws {
        let program = try prepared()
        try program.folder.write("r.tsv", "query\tdocument\trelevance\n3\tharbour-0\t1\n")
        let outcome = try program.run("eval", "--queries", "-", "--qrels", "r.tsv", input: line("3.0"))
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test func `standard input is one file, not two`() throws {
        let outcome = try prepared().run("eval", "--queries", "-", "--qrels", "-", input: line("3"))
        #expect(outcome.status == 64 && outcome.errors.contains("only one of them"))
    }
}
