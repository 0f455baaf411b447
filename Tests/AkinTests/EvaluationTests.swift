import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

@Suite struct EvaluationTests {
    /// Four documents of four words: BM25 ranks them for `river` by how often they say it.
    private static let documents = [
        Document(id: "d1", text: "river river river river"), Document(id: "d2", text: "river river river tree"),
        Document(id: "d3", text: "river river tree tree"), Document(id: "d 4", text: "river tree tree tree"),
        Document(id: "d5", text: "money bank bank bank"),
    ]
    private static let queries = """
        {"id": "q1", "text": "river"}
        {"id": 2, "text": "money"}
        {"id": "q3", "text": "unjudged"}

        """
    /// For q1 the second and third of the ranking are relevant, and one document that does not exist.
    private static let judgements = [
        ("q1", "d1", 0), ("q1", "d2", 2), ("q1", "d3", 1), ("q1", "gone", 1), ("2", "d5", 1), ("q3", "d1", 0),
    ]

    private static func store(_ folder: TemporaryFolder) async throws -> Database {
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.put(documents)
        return database
    }

    private static func tabbed() -> String {
        "query_id\tdocument_id\trelevance\n" + judgements.map { "\($0.0)\t\($0.1)\t\($0.2)\n" }.joined()
    }

    @Test func `a ranking worked out by hand gives its measures`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        #expect(try await database.search(SearchRequest("river", mode: .keyword)).ids == ["d1", "d2", "d3", "d 4"])
        let report = try await database.evaluate(
            queries: try folder.write("q.jsonl", Self.queries), judgements: try folder.write("j.tsv", Self.tabbed()))
        #expect(report.documents == 5 && report.queries == 2 && report.encoder == "dense")
        #expect(Set(report.modes.keys) == [.hybrid, .semantic, .keyword])

        // q1: ranks 2 (gain 2² − 1 = 3) and 3 (gain 1) of three relevant; q2: rank 1 of one.
        let gain = 3 / log2(3.0) + 1 / log2(4.0)
        let ideal = 3 / log2(2.0) + 1 / log2(3.0) + 1 / log2(4.0)
        let keyword = try #require(report.modes[.keyword])
        #expect(abs(keyword.nDCG10 - (gain / ideal + 1) / 2) < 1e-12)
        #expect(abs(keyword.recall10 - (2.0 / 3 + 1) / 2) < 1e-12)
        #expect(abs(keyword.recall100 - (2.0 / 3 + 1) / 2) < 1e-12)
        #expect(abs(keyword.mrr10 - (1.0 / 2 + 1) / 2) < 1e-12)
        #expect(abs(keyword.map - ((1.0 / 2 + 2.0 / 3) / 3 + 1) / 2) < 1e-12)
    }

    @Test func `every mode is measured on its own ranking`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.put(SampleTexts.documents(0..<250))
        _ = try await database.optimize(encoder: "words")
        let queries = SampleTexts.queries(8)
        // Relevance by a rule that has nothing to do with any ranking.
        let judged = queries.indices.map { query in
            Dictionary(uniqueKeysWithValues: (0..<40).map { ("d\(($0 * 6 + query) % 250)", ($0 + query) % 4 - 1) })
        }
        let report = try await database.evaluate(
            queries: try folder.write(
                "q.jsonl",
                queries.enumerated().map { "{\"id\": \"q\($0.offset)\", \"text\": \"\($0.element)\"}\n" }.joined()),
            judgements: try folder.write(
                "j.qrels",
                judged.enumerated().map { query in
                    query.element.map { "q\(query.offset) 0 \($0.key) \($0.value)\n" }.joined()
                }.joined()))
        #expect(Set(report.modes.keys) == Set(SearchMode.allCases))
        for mode in SearchMode.allCases {
            var (nDCG, reciprocal, recall10, recall100, precision) = (0.0, 0.0, 0.0, 0.0, 0.0)
            for (index, query) in queries.enumerated() {
                let ranking = try await database.search(SearchRequest(query, count: 100, mode: mode)).ids
                let relevance = judged[index]
                let relevant = Double(relevance.values.count { $0 > 0 })
                let hits = ranking.indices.filter { (relevance[ranking[$0]] ?? 0) > 0 }
                func discounted(_ gains: [Int]) -> Double {
                    gains.prefix(10).enumerated().reduce(0) {
                        $0 + (pow(2, Double(max(0, $1.element))) - 1) / log2(Double($1.offset) + 2)
                    }
                }
                nDCG += discounted(ranking.map { relevance[$0] ?? 0 }) / discounted(relevance.values.sorted(by: >))
                if let first = hits.first, first < 10 { reciprocal += 1 / Double(first + 1) }
                recall10 += Double(hits.count { $0 < 10 }) / relevant
                recall100 += Double(hits.count) / relevant
                precision +=
                    hits.enumerated().reduce(0) { $0 + Double($1.offset + 1) / Double($1.element + 1) } / relevant
            }
            let quality = try #require(report.modes[mode])
            for (given, sum) in [
                (quality.nDCG10, nDCG), (quality.mrr10, reciprocal), (quality.recall10, recall10),
                (quality.recall100, recall100),
                (quality.map, precision),
            ] { #expect(abs(given - sum / Double(queries.count)) < 1e-9, "\(mode)") }
        }
    }

    @Test func `both formats of judgements say the same`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let queries = try folder.write("q.jsonl", Self.queries)
        let trec = Self.judgements.map { "\($0.0) 0 \($0.1)  \($0.2)\n" }.joined()
        let first = try await database.evaluate(queries: queries, judgements: try folder.write("j.qrels", trec))
        let second = try await database.evaluate(queries: queries, judgements: try folder.write("j.tsv", Self.tabbed()))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(try encoder.encode(first) == encoder.encode(second))
    }

    @Test func `ids with blanks can be judged in tabbed files`() async throws {
        let folder = try TemporaryFolder()
        let report = try await Self.store(folder).evaluate(
            queries: try folder.write("q.jsonl", Self.queries),
            judgements: try folder.write("j.tsv", "q\td\tr\nq1\td 4\t1\n"))
        #expect(report.queries == 1)
        #expect(report.modes[.keyword]?.mrr10 == 0.25)
    }

    @Test func `files with Windows line ends are read`() async throws {
        let folder = try TemporaryFolder()
        let report = try await Self.store(folder).evaluate(
            queries: try folder.write("q.jsonl", Self.queries.replacing("\n", with: "\r\n")),
            judgements: try folder.write("j.tsv", Self.tabbed().replacing("\n", with: "\r\n")))
        #expect(report.queries == 2)
    }

    @Test func `a line separator inside a query does not end it`() async throws {
        let folder = try TemporaryFolder()
        let report = try await Self.store(folder).evaluate(
            queries: try folder.write("q.jsonl", "{\"id\": \"q1\", \"text\": \"river\u{2028}tree\"}\n"),
            judgements: try folder.write("j.tsv", Self.tabbed()))
        #expect(report.queries == 1)
    }

    @Test func `a corpus can be measured without a store`() async throws {
        let folder = try TemporaryFolder()
        let corpus = try folder.write(
            "corpus.jsonl", try (Self.documents + SampleTexts.documents(0..<100, prefix: "s")).jsonLines())
        let report = try await Database.evaluate(
            corpus: corpus, queries: try folder.write("q.jsonl", Self.queries),
            judgements: try folder.write("j.tsv", Self.tabbed()),
            configuration: .tiny())
        #expect(report.documents == 105 && report.encoder == "dense")
        #expect(Set(report.modes.keys) == [.hybrid, .semantic, .keyword, .words])
    }

    @Test(arguments: [
        ("{\"id\": \"q1\"}\n", "q1\td1\t1\n", AkinError.Code.invalidData, "q:1"),
        ("{\"id\": \"q1\", \"text\": \"river\"}\nnonsense\n", "q1\td1\t1\n", .invalidData, "q:2"),
        ("{\"id\": \"q1\", \"text\": \"river\"}\n", "q1\td1\t1\nq1\td2\tmuch\n", .invalidData, "j:2"),
        ("{\"id\": \"q1\", \"text\": \"river\"}\n", "q1\td1\t1\nq1 d2\n", .invalidData, "j:2"),
        ("{\"id\": \"q1\", \"text\": \"river\"}\n", "q1\td1\t0\nother\td1\t1\n", .invalidData, "positive"),
        ("", "q1\td1\t1\n", .invalidData, "positive"),
    ])
    func `files that make no sense are refused by line`(
        _ queries: String, _ judgements: String, _ code: AkinError.Code, _ phrase: String
    )
        async throws
    {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let (q, j) = (try folder.write("q", queries), try folder.write("j", judgements))
        await expectRefusal(code, saying: phrase) { try await database.evaluate(queries: q, judgements: j) }
    }

    @Test func `missing files are named`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let queries = try folder.write("q.jsonl", Self.queries)
        await expectRefusal(.noInput, saying: "judgement", "gone") {
            try await database.evaluate(queries: queries, judgements: folder.path("gone"))
        }
        let judgements = try folder.write("j.tsv", Self.tabbed())
        await expectRefusal(.noInput, saying: "query", "gone") {
            try await database.evaluate(queries: folder.path("gone"), judgements: judgements)
        }
    }
}
