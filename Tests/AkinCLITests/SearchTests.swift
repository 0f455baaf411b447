import AkinTestSupport
import Foundation
import Testing

@Suite("Indexing and searching without a model")
struct SearchTests {
    @Test func `a corpus is indexed once, and a second run changes nothing`() throws {
        let program = try Program()
        let first = try program.indexSample()
        #expect(first.status == 0, "\(first.errors)")
        let summary = try first.object()
        #expect(summary["added"] as? Int == 200)
        #expect(summary["problem_count"] as? Int == 0)
        let second = try program.run("index", "corpus.jsonl", "--json")
        #expect(try second.object()["unchanged"] as? Int == 200)
        #expect(try second.object()["added"] as? Int == 0)
    }

    @Test func `ids that come again are named, and their last text is kept`() throws {
        let program = try Program()
        let records = ["a", "b", "c", "b", "a"].enumerated().map {
            #"{"id": "\#($1)", "text": "Text \#($0) about a ferry."}"#
        }
        try program.folder.write("twice.jsonl", records.joined(separator: "\n"))
        let outcome = try program.run("index", "twice.jsonl")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let note = try #require(outcome.errorLines.first { $0.contains("came more than once") })
        #expect(note.hasPrefix("note: 2 ids came more than once and the last text of each was kept: "))
        #expect(note.contains("'a'") && note.contains("'b'") && !note.contains("'c'"))
        #expect(try program.run("get", "a").text.contains("Text 4"))
    }

    @Test(arguments: ["hybrid", "keyword", "words"])
    func `the answer has the promised shape`(mode: String) throws {
        let program = try Program()
        try program.indexSample()
        let outcome = try program.run("search", "telescope and comet", "--mode", mode, "-k", "5", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.lines.count == 1)
        let answer = try outcome.object()
        #expect(answer["query"] as? String == "telescope and comet")
        #expect(answer["mode"] as? String == mode)
        #expect(answer["plan"] is String)
        #expect(answer["elapsed_ms"] is Double)
        #expect(answer["explanation"] == nil)
        let results = try #require(answer["results"] as? [[String: Any]])
        #expect(results.count == 5)
        for (place, result) in results.enumerated() {
            #expect(
                Set(result.keys) == [
                    "rank", "id", "passage", "score", "title", "text", "source", "range", "lines", "page", "headings",
                    "match", "snippet", "scores", "encoder", "metadata",
                ])
            #expect(result["rank"] as? Int == place + 1)
            #expect((result["id"] as? String)?.hasPrefix("observatory-") == true)
            #expect((result["range"] as? [Int])?.count == 2)
            let match = try #require(result["match"] as? [String: Any])
            #expect(Set(match.keys) == ["range", "lines", "page", "headings"])
            let lines = try #require(result["lines"] as? [Int])
            #expect(lines.count == 2 && result["page"] is NSNull && result["headings"] as? [String] == [])
            #expect((result["source"] as? String)?.hasSuffix("#\(lines[0])") == true)
            let scores = try #require(result["scores"] as? [String: Any])
            #expect(Set(scores.keys) == ["semantic", "keyword"])
            #expect((result["metadata"] as? [String: Any])?["topic"] as? String == "observatory")
        }
    }

    @Test func `a keyword that only one document has finds it, and explains itself when asked`() throws {
        let program = try Program()
        try program.indexSample()
        try #require(try program.run("put", "odd", "--text", "The zeppelin landed on the wharf.").status == 0)
        let outcome = try program.run("search", "zeppelin", "--mode", "keyword", "--explain", "--json")
        let answer = try outcome.object()
        let results = try #require(answer["results"] as? [[String: Any]])
        #expect(results.map { $0["id"] as? String } == ["odd"])
        let scores = try #require(results.first?["scores"] as? [String: Any])
        #expect((scores["keyword"] as? Double ?? 0) > 0)
        #expect((answer["explanation"] as? [String])?.isEmpty == false)
    }

    @Test func `text for people shows rank, title, passage and source, without escape codes when piped`() throws {
        let program = try Program()
        try program.indexSample()
        let outcome = try program.run("search", "telescope", "-k", "2")
        #expect(outcome.status == 0)
        #expect(outcome.text.hasPrefix(" 1  Note "))
        #expect(outcome.text.contains("corpus.jsonl"))
        #expect(outcome.text.contains("telescope"))
        #expect(!outcome.text.contains("\u{1B}"))
        #expect(outcome.lines.allSatisfy { $0.count <= 80 })
    }

    @Test func `code and tables keep their lines in a snippet, and paragraphs are wrapped again`() throws {
        let program = try Program()
        try program.folder.write(
            "notes/a.md",
            """
            # Ferries

            To stop a ferry at the wharf, call the harbour master first, since the
            tide may turn before the captain has heard of it.

            ```
            def stop(ferry):
                if ferry.moves:
                    ferry.anchor()
            ```
            """)
        #expect(try program.run("index", "notes", "--chunk-tokens", "40").status == 0)
        let code = try program.run("search", "anchor def", "--no-unique")
        #expect(
            code.text.contains("def stop(ferry):\n        if ferry.moves:\n            ferry.anchor()"), "\(code.text)")
        let prose = try program.run("search", "captain tide", "--mode", "keyword").text
        #expect(prose.contains("since the tide\n    may turn before the captain has heard of it.\n"), "\(prose)")
    }

    @Test func `copies are one result, and --no-fold shows each`() throws {
        let program = try Program()
        try program.indexSample()
        let text =
            "The zeppelin landed on the wharf at noon, and everybody who had waited there since the morning "
            + "was allowed to walk around it until the captain came back."
        for name in ["a", "b", "c"] { try program.folder.write("copies/\(name).txt", text + "\n") }
        #expect(try program.run("index", "copies").status == 0)
        let folded = try program.run("search", "zeppelin", "--mode", "keyword")
        #expect(folded.text.contains("    and 2 alike: copies/b.txt:1, copies/c.txt:1"), "\(folded.text)")
        let json = try program.run("search", "zeppelin", "--mode", "keyword", "--json").object()
        let results = try #require(json["results"] as? [[String: Any]])
        #expect(results.count == 1 && (results[0]["alike"] as? [[String: Any]])?.count == 2)
        let all = try program.run("search", "zeppelin", "--mode", "keyword", "--no-fold", "--json").object()
        #expect((all["results"] as? [[String: Any]])?.count == 3)
        let scores = try program.run("search", "zeppelin wharf", "--mode", "keyword", "--min-score", "1e9")
        #expect(scores.status == 0 && scores.text == "nothing found\n")
        #expect(try program.run("search", "zeppelin", "--min-score", "nan").status == 64)
    }

    @Test func `a hybrid answer explains each result`() throws {
        let program = try Program()
        try program.indexSample()
        let text = try program.run("search", "telescope", "-k", "2", "--explain", "--diverse").text
        #expect(text.contains("\n    meaning #"), "\(text)")
        #expect(text.contains("\nweights: those for word vectors; meaning from "))
        let answer = try program.run("search", "telescope", "-k", "3", "--explain", "--json").object()
        for result in try #require(answer["results"] as? [[String: Any]]) {
            let parts = try #require(result["explanation"] as? [String: [String: Any]])
            let share = parts.values.reduce(0) { $0 + ($1["share"] as? Double ?? .nan) }
            #expect(Set(parts.keys) == ["semantic", "keyword"])
            #expect(abs(share - (result["score"] as? Double ?? 0)) < 1e-9)
        }
    }

    @Test(arguments: [20, 30, 39])
    func `lines fit a narrow terminal`(columns: Int) throws {
        let program = try Program()
        try program.indexSample()
        let outcome = try program.run(["search", "telescope", "-k", "3"], input: Data(), columns: columns)
        #expect(outcome.status == 0 && outcome.lines.count > 6)
        #expect(outcome.lines.allSatisfy { $0.count <= columns }, "\(outcome.text)")
        let clusters = try program.run(["cluster", "-k", "2"], input: Data(), columns: columns)
        #expect(clusters.lines.allSatisfy { $0.count <= columns }, "\(clusters.text)")
    }

    @Test func `queries of a file are answered in order, a line each, with their ids`() throws {
        let program = try Program()
        try program.indexSample()
        try program.folder.write(
            "q.jsonl", #"{"id": "b", "text": "ferry"}"# + "\n" + #"{"id": 7, "text": "oven bread"}"#)
        let outcome = try program.run("search", "--queries", "q.jsonl", "-k", "3")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let answers = try outcome.objects()
        try #require(answers.count == 2)
        #expect(answers[0]["id"] as? String == "b")
        #expect(answers[1]["id"] as? Int == 7)
        #expect(answers[1]["query"] as? String == "oven bread")
    }

    @Test func `a broken query file is refused with its line`() throws {
        let program = try Program()
        try program.indexSample()
        try program.folder.write("q.jsonl", #"{"id": "b", "text": "ferry"}"# + "\n" + #"{"id": "c"}"# + "\n")
        let outcome = try program.run("search", "--queries", "q.jsonl")
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("q.jsonl:2:"))
    }

    @Test func `standard input is indexed as -`() throws {
        let program = try Program()
        let indexed = try program.run("index", "-", "--format", "jsonl", "--json", input: SampleCorpus.lines(count: 40))
        #expect(indexed.status == 0, "\(indexed.errors)")
        #expect(try indexed.object()["added"] as? Int == 40)
    }

    @Test func `similar leaves the document itself out`() throws {
        let program = try Program()
        try program.indexSample()
        let outcome = try program.run("similar", "garden-2", "-k", "4", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let results = try #require(try outcome.object()["results"] as? [[String: Any]])
        #expect(results.count == 4)
        #expect(!results.contains { $0["id"] as? String == "garden-2" })
        #expect(try program.run("similar", "nobody").status == 66)
    }

    @Test func `pruning deletes what is gone from the input`() throws {
        let program = try Program()
        try program.folder.write("notes/a.txt", "The ferry leaves the harbour at nine in the morning.")
        try program.folder.write("notes/b.txt", "Bread needs flour, water, salt and an oven.")
        #expect(try program.run("index", "notes").status == 0)
        try FileManager.default.removeItem(atPath: program.folder.path("notes/b.txt"))
        let outcome = try program.run("index", "notes", "--prune", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try outcome.object()["pruned"] as? Int == 1)
        #expect(try program.run("export").lines.count == 1)
    }
}
