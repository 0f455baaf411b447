import AkinTestSupport
import Foundation
import Testing

@Suite("Clusters and their reports")
struct ClusterTests {
    @Test func `clusters have the promised shape and put every document into one`() throws {
        let program = try Program()
        try program.indexSample()
        let outcome = try program.run("cluster", "-k", "4", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let report = try outcome.object()
        for key in ["run", "k", "algorithm", "objective", "silhouette", "clusters", "assignments"] {
            #expect(report[key] != nil, "\(key)")
        }
        let clusters = try #require(report["clusters"] as? [[String: Any]])
        #expect(clusters.count == 4)
        #expect(clusters.compactMap { $0["size"] as? Int }.reduce(0, +) == 200)
        for key in ["id", "size", "label", "keywords", "cohesion", "representatives"] {
            #expect(clusters.allSatisfy { $0[key] != nil }, "\(key)")
        }
        #expect((report["assignments"] as? [String: Int])?.count == 200)
    }

    @Test func `the same seed gives the same clusters`() throws {
        let program = try Program()
        try program.indexSample()
        let runs = try (0..<2).map { _ in
            try program.run("cluster", "-k", "5", "--seed", "3", "--json").object()["assignments"] as? [String: Int]
        }
        #expect(runs[0] != nil)
        #expect(runs[0] == runs[1])
    }

    @Test(arguments: [("r.html", "<"), ("r.md", "#"), ("r.csv", ","), ("r.json", "{")])
    func `reports are written in the format that the file name ends with`(file: String, mark: String) throws {
        let program = try Program()
        try program.indexSample()
        let outcome = try program.run("cluster", "-k", "4", "--report", file)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(!outcome.text.contains("\u{1B}"))
        let report = try String(contentsOfFile: program.folder.path(file), encoding: .utf8)
        #expect(report.contains(mark))
    }

    @Test func `a report that cannot be written is refused before any work`() throws {
        let program = try Program()
        try program.indexSample(count: 40)
        let outcome = try program.run("cluster", "--report", "nowhere/r.html")
        #expect(outcome.status == 73)
        #expect(outcome.errorLines.count == 1)
        #expect(try program.run("cluster", "list", "--json").text == "[]\n")
    }

    @Test func `a deleted run is gone and its documents stay`() throws {
        let program = try Program()
        try program.indexSample(count: 40)
        for _ in 0..<2 { #expect(try program.run("cluster", "-k", "2", "--quiet").status == 0) }
        #expect(try program.run("cluster", "delete", "2").status == 0)
        let list = try program.run("cluster", "list", "--json").text
        #expect(list.contains("\"run\" : 1") || list.contains("\"run\":1"), "\(list)")
        #expect(!list.contains("\"run\" : 2") && !list.contains("\"run\":2"), "\(list)")
        #expect(try program.run("cluster", "show", "2").status == 66)
        #expect(try program.run("cluster", "delete", "2").status == 66)
        #expect(try program.run("info", "--json").object()["documents"] as? Int == 40)
    }

    @Test func `runs are listed, renamed and shown again`() throws {
        let program = try Program()
        try program.indexSample()
        let made = try program.run("cluster", "-k", "4", "--json").object()
        let run = try #require(made["run"])
        #expect(try program.run("cluster", "rename", "--run", "\(run)", "spring").status == 0)
        let list = try program.run("cluster", "list", "--json").text
        #expect(list.contains("\"spring\""))
        let shown = try program.run("cluster", "show", "spring", "--json").object()
        #expect(shown["k"] as? Int == 4)
        #expect(shown["assignments"] as? [String: Int] == made["assignments"] as? [String: Int])
        #expect(try program.run("cluster", "show", "autumn").status == 66)
    }

    @Test func `a label of one's own names a cluster everywhere and stays in the next run`() throws {
        let program = try Program()
        try program.indexSample()
        let made = try program.run("cluster", "-k", "4", "--json").object()
        let members = (made["assignments"] as? [String: Int] ?? [:]).filter { $0.value == 1 }.keys
        #expect(try program.run("cluster", "rename", "1", "my own label").status == 0)
        #expect(try program.run("cluster", "show").text.contains("my own label"))
        let again = try program.run("cluster", "-k", "4", "--json").object()
        let kept = (again["clusters"] as? [[String: Any]] ?? []).filter { $0["label"] as? String == "my own label" }
        #expect(kept.count == 1)
        let found = try program.run(
            "search", "ferry bread rose telescope", "-k", "200", "--cluster", "My own LABEL", "--json"
        ).object()
        let ids = Set((found["results"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String })
        #expect(!ids.isEmpty && ids.isSubset(of: Set(members)))
        #expect(try program.run("cluster", "rename", "1").status == 64)
        #expect(try program.run("cluster", "rename", "none such", "label").status == 66)
        #expect(try program.run("search", "the", "--cluster", "none such").status == 66)
        #expect(try program.run("cluster", "rename", "my own", "--reset").status == 0)
        #expect(try !program.run("cluster", "show").text.contains("my own label"))
    }

    @Test(arguments: ["c.html", "c.md", "c.json"])
    func `a run is compared with an earlier one, in every form`(file: String) throws {
        let program = try Program()
        try program.indexSample()
        _ = try program.run("cluster", "-k", "3")
        #expect(try program.run("cluster", "--compare", "7").status == 66)
        let outcome = try program.run("cluster", "-k", "4", "--compare", "1", "--report", file)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.text.contains("Since run 1"))
        #expect(outcome.text.contains("appeared"))
        #expect(try String(contentsOfFile: program.folder.path(file), encoding: .utf8).contains("appeared"))
        #expect(try program.run("cluster", "show", "2", "--compare", "1").text == outcome.text)
        #expect(try program.run("cluster", "list", "--compare", "1").status == 64)
    }
}
