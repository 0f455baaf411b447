import AkinTestSupport
import Foundation
import Testing

@Suite("The command eval")
struct EvalTests {
    private static func prepared() throws -> Program {
        let program = try Program()
        try program.indexSample()
        try program.folder.write(
            "q.jsonl",
            #"{"id": "stars", "text": "telescope and comet"}"# + "\n" + #"{"id": "bread", "text": "oven bread"}"# + "\n"
        )
        try program.folder.write(
            "r.tsv", "query_id\tdoc_id\trelevance\nstars\tobservatory-3\t1\nbread\tgone\t1\nbread\tkitchen-1\t1\n")
        try program.folder.write("a.tsv", "stars\t\ttelescope\nbread\t\tbread\n")
        return program
    }

    @Test func `means have intervals, and each question its ranks`() throws {
        let program = try Self.prepared()
        let shown = try program.run("eval", "--queries", "q.jsonl", "--qrels", "r.tsv", "--answers", "a.tsv", "--ranks")
        #expect(shown.status == 0, "\(shown.errors)")
        #expect(shown.errors.contains("1 judged document is not in the database"))
        #expect(shown.text.contains("2 judged queries, 2 with judged passages"))
        let rows = shown.lines.filter { $0.hasPrefix("nDCG@10") || $0.hasPrefix("passage hit@1 ") }
        #expect(rows.count == 2 && rows.allSatisfy { $0.contains("–") }, "\(shown.text)")
        let ranks = try #require(shown.lines.firstIndex { $0.hasPrefix("query") })
        #expect(shown.lines[ranks].split(separator: " ").prefix(3) == ["query", "hybrid", "passage"])
        #expect(shown.lines[(ranks + 1)...].map { $0.prefix(5) } == ["bread", "stars"])

        let json = try program.run(
            "eval", "--queries", "q.jsonl", "--qrels", "r.tsv", "--answers", "a.tsv", "--json"
        ).object()
        #expect(json["passage_queries"] as? Int == 2 && json["unknown_documents"] as? Int == 1)
        let questions = try #require(json["questions"] as? [[String: Any]])
        #expect(questions.map { $0["id"] as? String } == ["bread", "stars"])
        let keyword = (questions[1]["documents"] as? [String: [String: Any]])?["keyword"]
        #expect((keyword?["measures"] as? [String: Double])?.keys.contains("ndcg@10") == true)
        let intervals = (json["intervals"] as? [String: [String: [Double]]])?["keyword"]?["mrr@10"]
        #expect(intervals?.count == 2)
        let passages = (json["passages"] as? [String: [String: Double]])?["keyword"]
        #expect(passages.map { Set($0.keys) } == ["hit@1", "hit@3", "hit@10", "mrr@10"])
    }

    @Test(arguments: ["before.json", "akin.db", "keyword"])
    func `an evaluation is compared with a saved one, a database or a mode`(other: String) throws {
        let program = try Self.prepared()
        let saved = try program.run("eval", "--queries", "q.jsonl", "--qrels", "r.tsv", "--json")
        try program.folder.write("before.json", saved.text)
        let compared = try program.run("eval", "--queries", "q.jsonl", "--qrels", "r.tsv", "--compare", other)
        #expect(compared.status == 0, "\(compared.errors)")
        #expect(compared.text.contains("against \(other): 2 questions"), "\(compared.text)")
        #expect(compared.text.contains("wins  losses  ties"))
        let json = try program.run(
            "eval", "--queries", "q.jsonl", "--qrels", "r.tsv", "--json", "--compare", other
        ).object()
        let comparison = try #require(json["comparison"] as? [String: Any])
        let hybrid = (comparison["documents"] as? [String: [String: [String: Any]]])?["hybrid"]?["ndcg@10"]
        #expect(hybrid?["wins"] != nil && hybrid?["p"] != nil)
        if other != "keyword" { #expect(hybrid?["ties"] as? Int == 2 && hybrid?["difference"] as? Double == 0) }
    }

    @Test(arguments: [
        (["--compare", "gone.json"], 66, "gone.json"), (["--compare", "r.tsv"], 65, "akin eval --json"),
        (["--compare", "other.json"], 65, "none of the questions"),
    ])
    func `what cannot be compared with is refused`(arguments: [String], status: Int32, reason: String) throws {
        let program = try Self.prepared()
        try program.folder.write("other.json", #"{"questions": [{"id": "x", "text": "x"}]}"#)
        let refused = try program.run(["eval", "--queries", "q.jsonl", "--qrels", "r.tsv"] + arguments, input: Data())
        #expect(refused.status == status && refused.errors.contains(reason), "\(refused.status) \(refused.errors)")
    }
}
