import AkinTestSupport
import Foundation
import Testing

@Suite("Ranking again by a cross-encoder: rerank, search --rerank, eval --rerank")
struct RerankTests {
    /// A tiny cross-encoder that tools/goldens_pairs.py has written.
    private static func judge(_ name: String = "bert") -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
            path: "AkinTransformersTests/Goldens/pairs/\(name)"
        ).path
    }

    private static func results(_ object: [String: Any]) throws -> [[String: Any]] {
        try #require(object["results"] as? [[String: Any]])
    }

    // MARK: rerank

    @Test func `lines come out best first, behind their scores`() throws {
        let program = try Program()
        let lines = ["the dog is in the house", "money", "", "a man is walking with the big dog"]
        let outcome = try program.run(
            "rerank", "--model", Self.judge(), "--precision", "fp32", "where is", "the dog?",
            input: lines.joined(separator: "\n") + "\n")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let rows = outcome.lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
        #expect(Set(rows.map { String($0[1]) }) == Set(lines) && rows.count == 4)
        let scores = try rows.map { try #require(Double($0[0])) }
        #expect(scores == scores.sorted(by: >))
        // As sentence-transformers has it.
        #expect(outcome.lines.contains("-1.1494\tthe dog is in the house"))
    }

    @Test func `JSON lines keep their ids, and JSON says the places`() throws {
        let program = try Program()
        let input =
            #"{"id": "x", "text": "the dog"}"# + "\n" + #"{"id": 1.0, "text": "the river"}"# + "\n"
            + #"{"text": "money"}"# + "\n"
        let outcome = try program.run(
            "rerank", "--model", Self.judge("xlm-roberta"), "--json", "where is the dog?", input: input)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let object = try outcome.object()
        #expect(Set(object.keys) == ["question", "model", "elapsed_ms", "truncated", "results"])
        #expect(object["question"] as? String == "where is the dog?" && object["truncated"] as? Int == 0)
        let results = try Self.results(object)
        #expect(results.map { $0["rank"] as? Int } == [1, 2, 3])
        #expect(Set(results.compactMap { $0["index"] as? Int }) == [0, 1, 2])
        #expect(outcome.text.contains(#""id":1.0,"#) && outcome.text.contains(#""id":"x","#))
        #expect(results.first { $0["index"] as? Int == 2 }?["id"] == nil)
        let scores = results.compactMap { $0["score"] as? Double }
        #expect(scores == scores.sorted(by: >) && scores.allSatisfy { (0...1).contains($0) })

        let few = try program.run(
            "rerank", "--model", Self.judge("xlm-roberta"), "-k", "1", "--json", "where is the dog?", input: input)
        #expect(try Self.results(few.object()).map { $0["index"] as? Int } == [results[0]["index"] as? Int])
        let sure = try program.run(
            "rerank", "--model", Self.judge("xlm-roberta"), "--min-score", "\((scores[1] + scores[2]) / 2)", "--json",
            "where is the dog?", input: input)
        #expect(try Self.results(sure.object()).count == 2)
    }

    @Test func `a file of questions gives a line each`() throws {
        let program = try Program()
        try program.folder.write(
            "q.jsonl", #"{"id": "a", "text": "the dog?"}"# + "\n" + #"{"id": "b", "text": "the river?"}"# + "\n")
        let outcome = try program.run(
            "rerank", "--model", Self.judge(), "--queries", "q.jsonl", input: "the dog\nthe river bank\n")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let objects = try outcome.objects()
        #expect(objects.map { $0["id"] as? String } == ["a", "b"])
        #expect(try objects.allSatisfy { try Self.results($0).count == 2 })
    }

    @Test func `texts that are too long are said, and a short time leaves lines without score`() throws {
        let program = try Program()
        let lines = (0..<400).map { _ in String(repeating: "dog ", count: 60) }.joined(separator: "\n")
        let outcome = try program.run("rerank", "--model", Self.judge(), "--ms", "1", "where?", input: lines)
        #expect(outcome.status == 0 && outcome.lines.count == 400)
        #expect(outcome.errors.contains("longer than the model reads"))
        #expect(outcome.lines.last?.hasPrefix("-\t") == true && outcome.lines.first?.hasPrefix("-\t") == false)
    }

    @Test(arguments: [
        (["--model", "MODEL"], 64, "There is no question"),
        (["--model", "MODEL", "--queries", "-"], 64, "Standard input has the passages"),
        (["--model", "MODEL", "-k", "0", "a"], 64, "-k must be 1 or more"),
        (["--model", "MODEL", "--ms", "0", "a"], 64, "--ms must be 1 or more"),
        (["--model", "MODEL", "--queries", "gone.jsonl"], 66, "gone.jsonl"),
        (["--model", "no-such-model", "a"], 69, "no-such-model"),
        (["a"], 64, "--model"),
    ])
    func `what cannot be ranked is refused with the reason`(arguments: [String], status: Int32, reason: String) throws {
        let program = try Program()
        let outcome = try program.run(
            ["rerank"] + arguments.map { $0 == "MODEL" ? Self.judge() : $0 }, input: Data("the dog\n".utf8))
        #expect(outcome.status == status && outcome.errors.contains(reason), "\(outcome.status) \(outcome.errors)")
    }

    @Test func `without passages, and with a model that ranks nothing, it says so`() throws {
        let program = try Program()
        let empty = try program.run("rerank", "--model", Self.judge(), "a")
        #expect(empty.status == 66 && empty.errors.contains("no passages on standard input"))
        let tagger = try program.run("rerank", "--model", TaskTests.model("tag-iob"), "a", input: "b")
        #expect(tagger.status != 0 && tagger.errors.contains("token classification"), "\(tagger.errors)")
    }

    // MARK: search

    @Test func `a search says what was ranked again`() throws {
        let program = try Program()
        try program.indexSample()
        let plain = try Self.results(program.run("search", "telescope and comet", "-k", "30", "--json").object())
        let outcome = try program.run(
            "search", "telescope and comet", "-k", "30", "--rerank", Self.judge(), "--rerank-depth", "10", "--json",
            "--explain")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let answer = try outcome.object()
        let results = try Self.results(answer)
        let scores = results.map { ($0["scores"] as? [String: Any])?["rerank"] }
        #expect(scores.prefix(10).allSatisfy { $0 is Double } && scores.dropFirst(10).allSatisfy { $0 is NSNull })
        let ids = results.compactMap { $0["id"] as? String }
        let before = plain.compactMap { $0["id"] as? String }
        #expect(Set(ids.prefix(10)) == Set(before.prefix(10)) && ids.dropFirst(10) == before.dropFirst(10))
        let report = try #require(answer["rerank"] as? [String: Any])
        #expect(Set(report.keys) == ["model", "candidates", "scored", "elapsed_ms", "budget_ms"])
        #expect(report["scored"] as? Int == 10 && report["budget_ms"] is NSNull)
        let steps = try #require(answer["explanation"] as? [String])
        #expect(steps.contains { $0.hasPrefix("rerank: 10 of the first 10 scored by ") })

        let shown = try program.run(
            "search", "telescope and comet", "-k", "12", "--rerank", Self.judge(), "--rerank-depth", "10", "--scores")
        #expect(shown.lines.count { $0.contains(" rerank ") } == 10, "\(shown.text)")
        #expect(shown.lines.count { $0.hasSuffix(" –") } == 2, "\(shown.text)")
    }

    @Test func `several questions are ranked again, within a time`() throws {
        let program = try Program()
        try program.indexSample()
        try program.folder.write(
            "q.jsonl", #"{"id": 1, "text": "oven bread"}"# + "\n" + #"{"id": 2, "text": "tide"}"# + "\n")
        let outcome = try program.run(
            "search", "--queries", "q.jsonl", "--rerank", Self.judge(), "--rerank-ms", "2000", "--neighbours", "1",
            "--diverse", "--min-score", "-100")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let answers = try outcome.objects()
        #expect(answers.count == 2)
        for answer in answers {
            #expect((answer["rerank"] as? [String: Any])?["budget_ms"] as? Double == 2000)
            #expect(try Self.results(answer).count == 10)
        }
    }

    @Test(arguments: [
        (["--rerank-depth", "5"], "go with --rerank MODEL"), (["--rerank-ms", "5"], "go with --rerank MODEL"),
        (["--rerank", "m", "--rerank-depth", "0"], "--rerank-depth must be from 1 to 1000"),
        (["--rerank", "m", "--rerank-ms", "0"], "--rerank-ms must be 1 or more"),
    ])
    func `options that make no sense are refused`(arguments: [String], reason: String) throws {
        let outcome = try Program().run(["search", "a"] + arguments, input: Data())
        #expect(outcome.status == 64 && outcome.errors.contains(reason), "\(outcome.errors)")
    }

    // MARK: eval

    @Test func `an evaluation is compared with the same one that does not rank again`() throws {
        let program = try Program()
        try program.indexSample()
        try program.folder.write(
            "q.jsonl",
            #"{"id": "stars", "text": "telescope and comet"}"# + "\n" + #"{"id": "bread", "text": "oven bread"}"# + "\n"
        )
        try program.folder.write(
            "r.tsv", "query_id\tdoc_id\trelevance\nstars\tobservatory-3\t1\nbread\tkitchen-1\t1\n")
        let arguments = ["eval", "--queries", "q.jsonl", "--qrels", "r.tsv", "--mode", "keyword", "--mode", "hybrid"]
        let rerank = ["--rerank", Self.judge(), "--compare", "unreranked"]
        let shown = try program.run(arguments + rerank, input: Data())
        #expect(shown.status == 0, "\(shown.errors)")
        #expect(shown.lines[0].contains("the best 50 ranked again by "), "\(shown.text)")
        #expect(shown.text.contains("against the same without --rerank: 2 questions"))
        let json = try program.run(arguments + rerank + ["--json"], input: Data()).object()
        #expect((json["modes"] as? [String: Any]).map { Set($0.keys) } == ["keyword", "hybrid"])
        #expect((json["rerank"] as? [String: Any])?["depth"] as? Int == 50)
        let plain = try program.run(arguments + ["--json"], input: Data()).object()
        func value(_ report: [String: Any], _ path: String...) -> Double? {
            var inner: Any? = report
            for name in path { inner = (inner as? [String: Any])?[name] }
            return inner as? Double
        }
        let before = value(json, "comparison", "documents", "keyword", "mrr@10", "before")
        #expect(before != nil && before == value(plain, "modes", "keyword", "mrr@10"))
        #expect(
            value(json, "comparison", "documents", "keyword", "mrr@10", "now")
                == value(json, "modes", "keyword", "mrr@10"))

        let refused = try program.run(arguments + ["--compare", "unreranked"], input: Data())
        #expect(refused.status == 64 && refused.errors.contains("goes with --rerank MODEL"))
    }
}
