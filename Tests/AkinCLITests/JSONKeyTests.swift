import AkinTestSupport
import Foundation
import Testing

@Suite("The names in JSON output")
struct JSONKeyTests {
    /// Every key at any depth, without those below `metadata`.
    private static func keys(in value: Any) -> Set<String> {
        if let array = value as? [Any] { return array.reduce(into: []) { $0.formUnion(keys(in: $1)) } }
        guard let object = value as? [String: Any] else { return [] }
        return object.reduce(into: Set(object.keys)) { if $1.key != "metadata" { $0.formUnion(keys(in: $1.value)) } }
    }

    private static func keys(of outcome: Program.Outcome) throws -> Set<String> {
        try #require(outcome.status == 0, "\(outcome.errors)")
        return keys(in: try JSONSerialization.jsonObject(with: outcome.output))
    }

    @Test(arguments: [
        (
            ["index", "corpus.jsonl"],
            ["problem_count", "repeated_ids", "mostly_unknown", "encoder_kind", "elapsed_ms"]
        ),
        (["put", "a", "--text", "A ferry."], ["problem_count", "repeated_ids", "elapsed_ms"]),
        (["info"], ["format_version", "chunk_tokens", "chunk_overlap", "last_change", "cluster_runs"]),
        (["recall", "--ef", "32"], ["default_ef", "built_for_this", "ef", "qps"]),
        (["optimize"], ["done"]), (["verify"], ["whole"]), (["doctor"], ["topic"]),
        (["search", "ferry"], ["elapsed_ms"]),
    ])
    func `keys are in snake case`(arguments: [String], expected: [String]) throws {
        let program = try Program()
        try program.indexSample()
        let keys = try JSONKeyTests.keys(of: try program.run(arguments + ["--json"], input: Data()))
        #expect(keys.isSuperset(of: expected), "\(keys.sorted())")
        #expect(keys.allSatisfy { !$0.contains("second") }, "\(keys.sorted())")
        let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789_")
        #expect(keys.allSatisfy { allowed.isSuperset(of: $0) }, "\(keys.sorted())")
    }

    @Test func `keys are left alone where they are data`() throws {
        let program = try Program()
        try program.folder.write("named.jsonl", #"{"id": "a", "text": "A ferry leaves.", "harbourName": "Cardiff"}"#)
        #expect(try program.run("index", "named.jsonl").status == 0)
        let metadata = try program.run("get", "a", "--json").object()["metadata"] as? [String: Any]
        #expect(metadata?["harbourName"] as? String == "Cardiff")
    }

    @Test func `measures keep their names, and records that cannot be read are reported`() throws {
        let program = try Program()
        try program.folder.write("c.jsonl", SampleCorpus.lines(count: 40) + "{\"id\": \"cut\n")
        try program.folder.write("q.jsonl", #"{"id": "q", "text": "telescope and comet"}"#)
        try program.folder.write("r.tsv", "query_id\tdoc_id\trelevance\nq\tobservatory-3\t1\n")
        let outcome = try program.run(
            "eval", "--corpus", "c.jsonl", "--queries", "q.jsonl", "--qrels", "r.tsv", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("1 record of the corpus could not be read and is left out"))
        let report = try outcome.object()
        #expect(report["skipped"] as? Int == 1)
        let modes = try #require(report["modes"] as? [String: [String: Double]])
        #expect(modes["keyword"].map { Set($0.keys) } == ["ndcg@10", "recall@10", "recall@100", "mrr@10", "map"])
    }
}
