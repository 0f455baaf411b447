import Foundation
import Testing

@Suite("Labels of a whole database: classify --all, tag --all, --remove")
struct LabellingTests {
    private static func filled() throws -> Program {
        let program = try Program()
        for (id, text) in [("a", "A man is walking with the big dog."), ("b", "the dog"), ("c", "a man")] {
            let put = try program.run("put", id, "--text", text, "--encoder", "words")
            #expect(put.status == 0, "\(put.errors)")
        }
        return program
    }

    @Test func `every document is labelled, found by its label, shown and forgotten`() throws {
        let program = try Self.filled()
        let model = TaskTests.model("classify-two")
        let outcome = try program.run("classify", model, "--all", "--field", "tone", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let summary = try outcome.object()
        #expect(summary["labelled"] as? Int == 3 && summary["field"] as? String == "tone")
        let found = try program.run("search", "dog", "--where", "tone exists", "--mode", "keyword", "--json").object()
        let results = try #require(found["results"] as? [[String: Any]])
        let labels = try #require(results.first?["labels"] as? [String: [[String: Any]]])
        #expect(labels["tone"]?.first?["label"] is String && labels["tone"]?.first?["score"] is Double)
        #expect(try program.run("search", "dog", "--mode", "keyword").text.contains("tone: "))
        #expect(try program.run("info").text.contains("tone by classify-two"))
        #expect(try program.run("info", "--json").object()["labels"] is [Any])
        let put = try program.run("put", "d", "--text", "the big dog", "--json").object()
        #expect(put["labelled"] as? Int == 1)
        let removed = try program.run("classify", "--remove", "--field", "tone")
        #expect(removed.status == 0, "\(removed.errors)")
        #expect(try program.run("info", "--json").object()["labels"] == nil)
        #expect(try program.run("classify", "--remove", "--field", "tone").status != 0)
    }

    @Test func `a tagger finds the entities of every document`() throws {
        let program = try Self.filled()
        let outcome = try program.run("tag", TaskTests.model("tag-iob"), "--all", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let summary = try outcome.object()
        let read = (summary["labelled"] as? Int ?? 0) + (summary["abstained"] as? Int ?? 0)
        #expect(read == 3 && summary["field"] as? String == "entities")
    }

    @Test(arguments: [
        ["classify"], ["classify", "m"], ["classify", "m", "--all", "text"], ["classify", "m", "--remove"],
        ["classify", "m", "a", "--field", "x"], ["classify", "m", "a", "--where", "x = 1"],
        ["classify", "m", "--all", "--top", "2"], ["classify", "m", "--all", "--pair"], ["tag"],
        ["classify", "m", "--all", "--remove"], ["tag", "m", "a", "--db", "x.db"],
        ["tag", "--remove", "--threshold", "1"],
        ["train", "classify", "--output", "o"], ["train", "classify", "a.csv", "--db", "x.db", "--output", "o"],
        ["train", "classify", "--db", "x.db", "--output", "o"], ["eval", "--classify", "m"],
        ["eval", "--classify", "m", "--label-field", "x", "--queries", "q"], ["eval"],
        ["eval", "--queries", "q", "--qrels", "r", "--label-field", "x"],
    ])
    func `options that do not go together are refused`(arguments: [String]) throws {
        let outcome = try Program().run(arguments, input: Data())
        #expect(outcome.status == 64, "\(outcome.text) \(outcome.errors)")
    }
}
