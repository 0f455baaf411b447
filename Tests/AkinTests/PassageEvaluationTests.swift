import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

@Suite struct PassageEvaluationTests {
    /// Keyword search ranks them for `river` in this order.
    private static let documents = [
        Document(id: "d1", text: "river river river river"), Document(id: "d2", text: "river river river tree"),
        Document(id: "d3", text: "river river tree tree"), Document(id: "d4", text: "river tree tree tree"),
        Document(id: "d5", text: "money bank bank bank"),
    ]

    private static func report(_ queries: String, qrels: String? = nil, answers: String? = nil) async throws
        -> EvaluationReport
    {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.put(documents)
        return try await database.evaluate(
            queries: try folder.write("q.jsonl", queries),
            judgements: try qrels.map { try folder.write("r.tsv", "query\tdocument\trelevance\n" + $0) },
            answers: try answers.map { try folder.write("a.tsv", $0) })
    }

    private static let river = #"{"id": "q1", "text": "river"}"# + "\n"

    @Test(
        arguments: [
            // Of any document, of a named one, of one that does not say it.
            ("q1\t\tThe TREE!\n", 2), ("q1\td3\ttree\n", 3), ("q1\td1\ttree\n", nil), ("q1\t\ttre\n", nil),
            ("q1\td4\tbank\nq1\td4\triver tree\n", 4),
            // Places: characters, lines of files that documents of a program do not have.
            ("query\tdocument\tstart\tend\nq1\td3\t12\t16\n", 3),
            ("query\tdocument\tstart\tend\nq1\td3\t100\t110\n", nil),
            ("query\tdocument\tstart\tend\nq1\td3\t20\t60\n", nil), ("query\tdocument\tlines\nq1\td3\t1-2\n", nil),
            (#"{"query": "q1", "document": "d2", "start": 18, "answer": "tree"}"#, 2),
            (#"{"query": "q1", "document": "d2", "answers": ["bank", "tree"]}"#, 2),
            ("query\tanswer\tdocument\trelevance\nq1\ttree\td2\t0\nq1\ttree\td3\t1\n", 3),
        ] as [(String, Int?)])
    func `a passage is right where it shows the answer`(answers: String, rank: Int?) async throws {
        let report = try await Self.report(Self.river, answers: answers)
        #expect(report.passageQueries == 1)
        let passages = try #require(report.passages?[.keyword])
        #expect(report.questions[0].passages?[.keyword]?.rank == rank)
        #expect(passages[.mrr10] == rank.map { 1 / Double($0) } ?? 0)
        #expect(passages[.hit1] == (rank == 1 ? 1 : 0) && passages[.hit3] == (rank.map { $0 <= 3 } ?? false ? 1 : 0))
        #expect(passages[.nDCG10] == nil && passages[.hit10] == (rank == nil ? 0 : 1))
        #expect(report.passageIntervals?[.keyword]?.count == 4)
        // The documents that the answers name are judged too.
        #expect(report.queries == (answers.contains("\t\t") ? 0 : 1))
    }

    @Test func `lines of files are judged`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("notes/a.md", "# Boats\n\nA boat.\n\n# Trees\n\nA tall tree\ngrows here.\n")
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.index(paths: [folder.path("notes")])
        let report = try await database.evaluate(
            queries: try folder.write("q.jsonl", #"{"id": "q", "text": "tall tree"}"#), judgements: nil,
            answers: try folder.write("a.jsonl", #"{"query": "q", "document": "a.md", "lines": [7, 8]}"#))
        #expect(report.passages?[.keyword]?[.hit1] == 1)
        // The store calls it notes/a.md.
        #expect(report.unknownDocuments == 0 && report.modes[.keyword]?.mrr10 == 1)
    }

    @Test func `grades give nDCG, in which a document answers once`() async throws {
        let report = try await Self.report(
            Self.river, qrels: "q1\td2\t1\nq1\td4\t2\nq1\td1\t0\n", answers: "q1\t\ttree\nq1\td2\triver tree\n")
        let gain = 1 / log2(3.0) + 3 / log2(5.0)
        let ideal = 3 + 1 / log2(3.0)
        let measured = try #require(report.passages?[.keyword]?[.nDCG10])
        #expect(abs(measured - gain / ideal) < 1e-12)
        // An answer without a document is about those that are relevant.
        #expect(report.questions[0].passages?[.keyword]?.rank == 2)
        #expect(report.questions[0].documents?[.keyword]?.rank == 2)
    }

    @Test func `queries bring their own answers`() async throws {
        let report = try await Self.report(
            #"{"id": 7, "text": "river", "answer": "tree", "start": 12, "doc": "d3"}"# + "\n"
                + #"{"id": 8, "text": "money", "answers": ["bank"]}"# + "\n" + #"{"id": 9, "text": "tree"}"# + "\n")
        #expect(report.questions.map(\.id) == ["7", "8"])
        #expect(report.passageQueries == 2 && report.queries == 1)
        let mean = (1.0 / 3 + 1) / 2
        #expect(report.passages?[.keyword]?[.mrr10] == mean)
    }

    @Test(arguments: [
        ("q1\td1\n", "a.tsv:1", "3 tab-separated"), ("q1\td1\t \n", "a.tsv:1", "blank"),
        ("query\tdocument\tpage\nq1\td\t1\n", "a.tsv:1", "page"),
        ("query\tdocument\tstart\tend\nq1\td\t5\t5\n", "a.tsv:2", "range"),
        ("query\tdocument\tlines\nq1\td\t3-x\n", "a.tsv:2", "lines"),
        ("query\tlines\nq1\t3-4\n", "a.tsv:2", "document"), ("{\"query\": \"q1\"}\n", "a.tsv:1", "answer"),
        ("{\"answer\": \"q1\"}\n", "a.tsv:1", "query"), ("{\"query\": \n", "a.tsv:1", "JSON"),
        ("query\tdocument\tanswer\trelevance\nq1\td\tx\tmuch\n", "a.tsv:2", "relevance"),
        ("{\"query\": \"q1\", \"document\": \"d\", \"end\": 3}\n", "a.tsv:1", "start"),
        ("other\td1\triver\n", "q.jsonl", "positive"),
    ])
    func `answers that make no sense are refused by line`(answers: String, place: String, reason: String) async throws {
        await expectRefusal(.invalidData, saying: place, reason) {
            try await Self.report(Self.river, answers: answers)
        }
    }

    @Test func `two stores are compared question by question`() async throws {
        let queries = Self.river + #"{"id": "q2", "text": "money"}"# + "\n" + #"{"id": "q3", "text": "tree"}"# + "\n"
        let before = try await Self.report(queries, qrels: "q1\td3\t1\nq2\td5\t1\nq3\td4\t1\n", answers: "q1\t\ttree\n")
        let now = try await Self.report(queries, qrels: "q1\td1\t1\nq2\td5\t1\n", answers: "q1\t\triver\n")
        let encoder = JSONEncoder()
        let saved = try QuestionEvaluation.questions(ofReport: try encoder.encode(before))
        #expect(saved == before.questions)
        let comparison = now.comparison(with: saved, named: "before")
        #expect(comparison.questions == 2 && comparison.unmatched == 1 && comparison.other == "before")
        let pair = try #require(comparison.documents[.keyword]?[.mrr10])
        #expect(pair == PairedComparison(before: [1.0 / 3, 1], now: [1, 1]))
        #expect(pair.wins == 1 && pair.ties == 1 && abs(pair.difference - 1.0 / 3) < 1e-12)
        #expect(comparison.passages[.keyword]?[.mrr10] == PairedComparison(before: [1.0 / 3], now: [1]))
        let changes = comparison.changes.filter { $0.mode == .keyword }
        #expect(changes.map(\.id) == ["q1", "q1"] && Set(changes.map(\.isOfPassage)) == [true, false])
        #expect(changes.map(\.now) == [1, 1] && changes.map(\.before) == [3, 3])

        let modes = now.comparison(with: .keyword)
        #expect(modes.other == "keyword" && modes.documents[.keyword] == nil && modes.questions == 2)
        #expect(
            modes.documents[.hybrid]?[.mrr10]?.before == now.modes[.keyword]?.mrr10
                && modes.documents[.hybrid]?[.mrr10]?.now == now.modes[.hybrid]?.mrr10)
    }
}
