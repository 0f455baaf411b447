import AkinTestSupport
import Foundation
import Testing

@Suite("Filters: --where")
struct FilterTests {
    private static let filter = #"topic in ("garden", "kitchen") and number >= 100"#

    private func sample() throws -> Program {
        let program = try Program()
        try program.indexSample()
        return program
    }

    @Test(arguments: ["hybrid", "keyword", "semantic"])
    func `a search returns what the filter allows, as much as there is`(mode: String) throws {
        let program = try sample()
        let outcome = try program.run(
            "search", "rose bread telescope", "--mode", mode, "-k", "500", "--json", "--where", FilterTests.filter)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let results = try #require(try outcome.object()["results"] as? [[String: Any]])
        #expect(mode == "keyword" ? (1...50).contains(results.count) : results.count == 50)
        for result in results {
            let metadata = try #require(result["metadata"] as? [String: Any])
            let (topic, number) = (metadata["topic"] as? String, metadata["number"] as? Int ?? 0)
            #expect(topic == "garden" || topic == "kitchen")
            #expect(number >= 100)
        }
        let similar = try program.run("similar", "garden-2", "-k", "500", "--json", "--where", FilterTests.filter)
        #expect((try similar.object()["results"] as? [Any])?.count == 50)
    }

    @Test func `--explain shows the estimate, the exact count, the plan and the distances`() throws {
        let program = try sample()
        let json = try program.run(
            "search", "rose", "--mode", "semantic", "--explain", "--json", "--where", FilterTests.filter
        ).object()
        #expect(json["distances"] as? Int == 50)
        #expect(json["plan"] as? String == "exact")
        let filter = try #require(json["filter"] as? [String: Any])
        #expect(
            Set(filter.keys) == [
                "expression", "estimate", "sampled", "documents", "passages", "cache", "checked", "elapsed_ms",
            ])
        #expect(filter["expression"] as? String == FilterTests.filter)
        #expect(filter["documents"] as? Int == 50 && filter["passages"] as? Int == 50)
        #expect(abs((filter["estimate"] as? Double ?? 0) - 0.25) < 0.15)
        #expect(filter["cache"] as? String == "miss")
        let text = try program.run("search", "rose", "--explain", "--where", FilterTests.filter).text
        #expect(text.contains("\nfilter: \(FilterTests.filter)\nfilter: about "))
        #expect(text.contains("exactly 50 documents, 50 passages"))
        let plain = try program.run("search", "rose", "--json", "--where", FilterTests.filter).object()
        #expect(plain["filter"] == nil && plain["distances"] == nil)
        // The second query of one process finds what the first has found out.
        try program.folder.write("q.jsonl", #"{"id": 1, "text": "rose"}"# + "\n" + #"{"id": 2, "text": "bread"}"#)
        let answers = try program.run("search", "--queries", "q.jsonl", "--explain", "--where", FilterTests.filter)
            .objects()
        #expect(answers.map { ($0["filter"] as? [String: Any])?["cache"] as? String } == ["miss", "hit"])
    }

    @Test(arguments: [["search", "rose"], ["similar", "a"], ["export"], ["cluster"], ["delete"]])
    func `a mistake is shown with its place, before anything is opened`(arguments: [String]) throws {
        let program = try Program()
        let outcome = try program.run(arguments + ["--where", "lang = zh and x"], input: Data())
        #expect(outcome.status == 64)
        #expect(outcome.output.isEmpty)
        #expect(
            outcome.errorLines == [
                "akin: The filter cannot be read at character 8: zh is no value. Texts stand in quotes: \"zh\".",
                "  lang = zh and x",
                "         ^^",
            ])
    }

    @Test func `documents are exported, deleted and clustered by a filter`() throws {
        let program = try sample()
        let exported = try program.run("export", "--where", FilterTests.filter)
        #expect(exported.status == 0 && exported.lines.count == 50)
        #expect(try program.run("export", "--vectors", "--where", FilterTests.filter).lines.count == 50)
        let clusters = try program.run("cluster", "-k", "2", "--json", "--where", FilterTests.filter)
        #expect(clusters.status == 0, "\(clusters.errors)")
        let run = try clusters.object()
        #expect(run["documents"] as? Int == 50 && run["filter"] as? String == FilterTests.filter)
        #expect(try program.run("cluster", "list", "--where", "x = 1").status == 64)

        let deleted = try program.run("delete", "--where", FilterTests.filter, "--json").object()
        #expect(deleted["deleted"] as? Int == 50 && (deleted["ids"] as? [String])?.count == 50)
        #expect(try program.run("delete", "--where", FilterTests.filter).text == "0 documents deleted\n")
        #expect(try program.run("export").lines.count == 150)
        #expect(try program.run("verify").status == 0)
    }

    @Test(arguments: [["delete"], ["delete", "a", "--where", "x = 1"]])
    func `delete needs an id or a filter, not both`(arguments: [String]) throws {
        #expect(try Program().run(arguments, input: Data()).status == 64)
    }

    @Test func `a field that no document has is reported by a warning`() throws {
        let program = try sample()
        let outcome = try program.run("search", "rose", "--where", "topics = \"garden\"")
        #expect(outcome.text == "nothing found\n")
        #expect(outcome.errorLines.contains("warning: No document has the field 'topics'; did you mean 'topic'?"))
        #expect(try program.run("export", "--where", "number = \"7\"").errors.contains("holds only numbers"))
        #expect(try program.run("export", "--quiet", "--where", "number = \"7\"").errors.isEmpty)
    }
}
