import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// Answers whose best results a cross-encoder ranks again, against the same cross-encoder asked by itself.
@Suite struct RerankingTests {
    /// A tiny cross-encoder that tools/goldens_pairs.py has written.
    private static func judge(_ name: String = "bert") -> String {
        repositoryRoot.appending(path: "Tests/AkinTransformersTests/Goldens/pairs/\(name)").path
    }

    private static func store(_ folder: TemporaryFolder) async throws -> Database {
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.put(
            (0..<60).map { number in
                let sentences = (0..<6).map { SampleTexts.sentence(number * 6 + $0) }
                return Document(
                    id: "d\(number)", title: number.isMultiple(of: 2) ? "the \(SampleTexts.nouns[number % 11])" : nil,
                    text: sentences.joined(separator: " "), metadata: ["half": .number(Double(number % 2))])
            })
        return database
    }

    /// The ids of results and of the passages that rank.
    private static func names(_ results: some Sequence<SearchResult>) -> [String] {
        results.map { "\($0.id) \($0.passage)" }
    }

    /// What the cross-encoder makes of the first results of a ranking: the text that it reads has the title before it.
    private static func expected(
        _ first: [SearchResult], _ query: String, by reranker: Reranker
    ) async throws -> [(result: SearchResult, score: Double)] {
        let texts = first.map { ($0.title.map { $0 + " " } ?? "") + $0.matchText }
        return try await reranker.rank(texts, for: query).passages.map { passage in
            (first[passage.index], try #require(passage.score))
        }
    }

    @Test(arguments: [SearchMode.hybrid, .semantic, .keyword], [true, false])
    func `the best results stand in the order of the scores, and the others follow as they were`(
        mode: SearchMode, unique: Bool
    ) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let reranker = try await Reranker.load(Self.judge(), configuration: .tiny())
        for query in SampleTexts.queries(3) {
            let plain = try await database.search(
                SearchRequest(query, count: 30, mode: mode, unique: unique, context: .passage)
            ).results
            let expected = try await Self.expected(Array(plain.prefix(12)), query, by: reranker)
            let answer = try await database.search(
                SearchRequest(
                    query, count: 30, mode: mode, unique: unique, context: .passage,
                    rerank: Reranking(by: Self.judge(), depth: 12)))
            let results = answer.results
            #expect(Self.names(results) == Self.names(expected.map(\.result)) + Self.names(plain.dropFirst(12)))
            #expect(results.map(\.rank) == Array(1...results.count))
            #expect(results.prefix(12).map(\.scores.rerank) == expected.map { $0.score })
            #expect(results.prefix(12).map(\.score) == expected.map { $0.score })
            #expect(results.dropFirst(12).allSatisfy { $0.scores.rerank == nil })
            #expect(results.dropFirst(12).map(\.score) == plain.dropFirst(12).map(\.score))
            let report = try #require(answer.rerank)
            #expect(report.candidates == 12 && report.scored == 12 && report.budgetMilliseconds == nil)
            #expect(answer.explanation.contains(.reranking(report)))
            #expect(Self.names(results) != Self.names(plain))
        }
    }

    @Test func `what was further down than is asked for can become a result`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        for query in SampleTexts.queries(4) {
            func answer(_ count: Int) async throws -> [SearchResult] {
                try await database.search(
                    SearchRequest(query, count: count, rerank: Reranking(by: Self.judge(), depth: 40))
                ).results
            }
            let many = try await answer(40)
            #expect(Self.names(try await answer(3)) == Self.names(many.prefix(3)))
            #expect(many.allSatisfy { $0.scores.rerank != nil })
        }
    }

    @Test func `the least score is one of the cross-encoder's`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        var request = SearchRequest("the dog in a house", count: 30, rerank: Reranking(by: Self.judge(), depth: 20))
        let all = try await database.search(request).results
        let least = try #require(all[7].scores.rerank)
        request.minimumScore = least
        let passing = try await database.search(request).results
        #expect(Self.names(passing) == Self.names(all.prefix { $0.scores.rerank ?? -.infinity >= least }))
        request.minimumScore = -1e9
        #expect(Self.names(try await database.search(request).results) == Self.names(all.prefix(20)))
        request.minimumScore = 1e9
        #expect(try await database.search(request).results.isEmpty)
    }

    @Test func `filters, several questions at once and passages around a result stay what they are`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let reranking = Reranking(by: Self.judge("xlm-roberta"), depth: 15)
        let filter = try Database.Filter("half = 1")
        let requests = SampleTexts.queries(5).map {
            SearchRequest($0, count: 15, filter: filter, context: .neighbors(1), rerank: reranking)
        }
        let answers = try await database.search(requests)
        for (request, answer) in zip(requests, answers) {
            #expect(answer.results.count == 15)
            #expect(answer.results.allSatisfy { $0.metadata["half"] == .number(1) })
            let alone = try await database.search(request)
            #expect(Self.names(answer.results) == Self.names(alone.results))
            #expect(answer.results.map(\.score) == alone.results.map(\.score))
            #expect(answer.results.map(\.score) == answer.results.map(\.score).sorted(by: >))
            // These scores are probabilities.
            #expect(answer.results.allSatisfy { (0...1).contains($0.score) })
        }
    }

    @Test func `copies are folded, and passages of a document stand together`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let texts = (0..<10).map { number in
            (0..<4).map { SampleTexts.sentence(5000 + number * 4 + $0) }.joined(separator: " ")
        }
        _ = try await database.put(
            texts.enumerated().flatMap { number, text in
                [
                    Document(id: "x\(number)", text: text),
                    Document(id: "x\(number)-copy", text: text.uppercased() + "!"),
                ]
            })
        let rerank = Reranking(by: Self.judge(), depth: 80)
        func answer(_ change: (inout SearchRequest) -> Void) async throws -> [SearchResult] {
            var request = SearchRequest("the man in a house", count: 80, rerank: rerank)
            change(&request)
            return try await database.search(request).results
        }
        let folded = try await answer { $0.foldsAlike = true }
        #expect(folded.count == 70)
        let ids = folded.map { $0.id.prefix { $0 != "-" } }
        #expect(Set(ids).count == ids.count)
        #expect(folded.count { $0.alike?.isEmpty == false } == 10)
        let scores = folded.compactMap(\.scores.rerank)
        #expect(scores == scores.sorted(by: >))

        let grouped = try await answer { $0.perDocument = 2 }
        let starts = grouped.indices.filter { $0 == 0 || grouped[$0 - 1].id != grouped[$0].id }
        #expect(Set(starts.map { grouped[$0].id }).count == starts.count)
        let best = starts.compactMap { grouped[$0].scores.rerank }
        #expect(best == best.sorted(by: >))
    }

    @Test func `diverse results begin with the best by the cross-encoder`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        var request = SearchRequest("the dog in a house", count: 10, rerank: Reranking(by: Self.judge(), depth: 20))
        let plain = try await database.search(request).results
        request.diverse = true
        let diverse = try await database.search(request).results
        #expect(diverse.count == 10 && diverse[0].id == plain[0].id)
        #expect(diverse.compactMap(\.scores.rerank).count >= 8)
        #expect(Self.names(diverse) != Self.names(plain))
    }

    @Test func `what there is no time for keeps its order behind what was scored`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let query = "the dog in a house"
        let plain = try await database.search(SearchRequest(query, count: 50, unique: false)).results
        let answer = try await database.search(
            SearchRequest(
                query, count: 50, unique: false, rerank: Reranking(by: Self.judge(), budget: .nanoseconds(1))))
        let report = try #require(answer.rerank)
        #expect(report.candidates == 50 && report.budgetMilliseconds == 1e-6)
        // The first part is scored whatever it takes.
        #expect((2..<30).contains(report.scored))
        let scored = answer.results.prefix(report.scored)
        #expect(Set(Self.names(scored)) == Set(Self.names(plain.prefix(report.scored))))
        #expect(scored.map(\.score) == scored.map(\.score).sorted(by: >))
        #expect(Self.names(answer.results.dropFirst(report.scored)) == Self.names(plain.dropFirst(report.scored)))
        let step = try #require(answer.explanation.last?.description)
        #expect(step.hasPrefix("rerank: \(report.scored) of the first 50 scored by "))
        #expect(step.contains("of at most 0.0 ms"))
    }

    @Test func `what cannot be ranked again is refused`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        func code(_ rerank: Reranking, vector: [Float]? = nil) async -> AkinError.Code? {
            do {
                _ = try await database.search(
                    SearchRequest(vector == nil ? "the dog" : "", vector: vector, rerank: rerank))
                return nil
            } catch { return (error as? AkinError)?.code }
        }
        #expect(await code(Reranking(by: Self.judge(), depth: 0)) == .invalidArgument)
        #expect(await code(Reranking(by: Self.judge(), depth: 1001)) == .invalidArgument)
        #expect(await code(Reranking(by: Self.judge(), budget: .zero)) == .invalidArgument)
        #expect(await code(Reranking(by: "no-such-model")) == .noModel)
        #expect(await code(Reranking(by: TinyModel.dense.path)) == .incompatible)
        #expect(await code(Reranking(by: Self.judge()), vector: [1, 0]) == .invalidArgument)
        await #expect(throws: AkinError.self) {
            try await Reranker.load(Self.judge(), configuration: .tiny()).rank(["a"], for: " ")
        }
    }

    @Test func `lines without time keep their order, and equal ones that in which they were given`() async throws {
        let reranker = try await Reranker.load(Self.judge(), configuration: .tiny())
        let lines = (0..<80).map { SampleTexts.sentence($0) } + ["the dog", "the dog"]
        let all = try await reranker.rank(lines, for: "where is the dog?")
        #expect(Set(all.passages.map(\.index)) == Set(lines.indices))
        #expect(all.passages.compactMap(\.score).count == lines.count)
        let equal = all.passages.map(\.index).filter { $0 >= 80 }
        #expect(equal == [80, 81])
        let hurried = try await reranker.rank(lines, for: "where is the dog?", within: .nanoseconds(1))
        let scored = hurried.passages.prefix { $0.score != nil }
        #expect((2..<40).contains(scored.count))
        #expect(Set(scored.map(\.index)) == Set(0..<scored.count))
        #expect(hurried.passages.dropFirst(scored.count).map(\.index) == Array(scored.count..<lines.count))
        let known = Dictionary(uniqueKeysWithValues: all.passages.map { ($0.index, $0.score) })
        #expect(scored.allSatisfy { known[$0.index] == $0.score })
        #expect(try await reranker.rank([], for: "where?").passages.isEmpty)
        let long = try await reranker.rank([String(repeating: "dog ", count: 90), "dog"], for: "where?")
        #expect(long.truncatedCount == 1)
    }

    @Test func `a part is as large as what is left of the time allows`() {
        let lengths = [Int](repeating: 100, count: 1000)
        #expect(ScoringBudget(limit: nil).next(lengths, threads: 2) == 163)
        #expect(ScoringBudget(limit: nil).next([50_000], threads: 2) == 1)
        var budget = ScoringBudget(limit: .milliseconds(100))
        #expect(budget.next(lengths, threads: 2) == 5)
        #expect(budget.next([5000, 5000, 5000], threads: 2) == 2)
        budget.note(tokens: 500, took: .milliseconds(10))
        // 90 ms are left, of which 81 are planned with, at 50 tokens a millisecond.
        #expect(budget.next(lengths, threads: 2) == 40)
        #expect(budget.next([], threads: 2) == 0)
        budget.note(tokens: 4000, took: .milliseconds(89))
        #expect(budget.next(lengths, threads: 2) == 0)
        budget.note(tokens: 10, took: .milliseconds(5))
        #expect(budget.next([1], threads: 2) == 0)
    }

    @Test func `an evaluation ranks again, and says by what`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let queries = SampleTexts.queries(6)
        let file = try folder.write(
            "q.jsonl", queries.enumerated().map { #"{"id": "q\#($0)", "text": "\#($1)"}"# + "\n" }.joined())
        // What the cross-encoder likes best is right.
        let reranking = Reranking(by: Self.judge(), depth: 20)
        var lines = "query_id\tdoc_id\trelevance\n"
        for (number, query) in queries.enumerated() {
            let best = try await database.search(
                SearchRequest(query, mode: .semantic, literal: true, rerank: reranking))
            lines += "q\(number)\t\(best.results[0].id)\t1\n"
        }
        let judgements = try folder.write("r.tsv", lines)
        let plain = try await database.evaluate(queries: file, judgements: judgements, modes: [.semantic])
        let report = try await database.evaluate(
            queries: file, judgements: judgements, modes: [.semantic], rerank: reranking)
        #expect(report.modes.keys.map(\.self) == [.semantic] && plain.rerank == nil)
        #expect(report.modes[.semantic]?.mrr10 == 1 && (plain.modes[.semantic]?.mrr10 ?? 1) < 1)
        #expect(report.rerank?.depth == 20 && report.rerank?.model.isEmpty == false)
        let comparison = report.comparison(with: plain.questions, named: "plain")
        #expect((comparison.documents[.semantic]?[.nDCG10]?.wins ?? 0) > 0)
        await #expect(throws: AkinError.self) {
            try await database.evaluate(queries: file, judgements: judgements, modes: [.words])
        }
    }
}
