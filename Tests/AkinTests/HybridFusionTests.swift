import Akin
import AkinTestSupport
import Foundation
import Testing

@Suite struct HybridFusionTests {
    /// Reciprocal rank fusion as Cormack, Clarke and Büttcher (2009) write it: Σ over the lists of 1 / (60 + rank).
    private static func reciprocalRanks(_ lists: [[SearchResult]], weights: [Double]) -> [Int64: Double] {
        var scores: [Int64: Double] = [:]
        for (list, weight) in zip(lists, weights) {
            for (position, result) in list.prefix(100).enumerated() {
                scores[result.passage, default: 0] += weight / Double(60 + position + 1)
            }
        }
        return scores
    }

    private static func expectRanking(_ results: [SearchResult], by scores: [Int64: Double]) {
        let expected = scores.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
        #expect(results.map(\.passage) == expected.prefix(results.count).map(\.key))
        for result in results { #expect(abs(result.score - (scores[result.passage] ?? .nan)) < 1e-6) }
    }

    @Test(arguments: [10, 40], [true, false]) func `ranks of both lists are joined reciprocally`(
        _ count: Int, _ unique: Bool
    )
        async throws
    {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.put(SampleTexts.documents(0..<400))
        for query in SampleTexts.queries(10) {
            let byMeaning = try await database.search(SearchRequest(query, count: 100, mode: .semantic, unique: unique))
                .results
            let byWords = try await database.search(SearchRequest(query, count: 100, mode: .keyword, unique: unique))
                .results
            let hybrid = try await database.search(
                SearchRequest(query, count: count, mode: .hybrid, unique: unique, fusion: .reciprocalRank)
            ).results
            #expect(hybrid.count == count)
            Self.expectRanking(hybrid, by: Self.reciprocalRanks([byMeaning, byWords], weights: [1, 1]))
        }
    }

    /// The weighted sum of every passage that is among the first 100 of either list, from the whole lists.
    private static func weightedSums(meaning: [SearchResult], words: [SearchResult], weight: Double) throws -> [Int64:
        Double]
    {
        let cosines = Dictionary(uniqueKeysWithValues: meaning.map { ($0.passage, $0.score) })
        let bm25 = Dictionary(uniqueKeysWithValues: words.map { ($0.passage, $0.score) })
        let candidates = Set(meaning.prefix(100).map(\.passage) + words.prefix(100).map(\.passage))
        let known = candidates.compactMap { cosines[$0] }
        let (lowest, highest) = (try #require(known.min()), try #require(known.max()))
        let largest = try #require(words.first?.score)
        return Dictionary(
            uniqueKeysWithValues: candidates.map { passage in
                let meaning = cosines[passage].map { 1 - (highest - $0) / max(highest - lowest, 0.1) } ?? 0
                return (passage, weight * meaning + (1 - weight) * (bm25[passage] ?? 0) / largest)
            })
    }

    @Test(arguments: [(Database.Configuration.tiny(), 0.7), (.words, 0.4)])
    func `passages are ranked by the sum of their relative scores`(
        configuration: Database.Configuration, weight: Double
    ) async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(
            at: folder.path("store.db"), mode: .create, configuration: configuration)
        _ = try await database.put(SampleTexts.documents(0..<400))
        for query in SampleTexts.queries(10) {
            let request = SearchRequest(query, count: 100_000, mode: .semantic, unique: false)
            let byMeaning = try await database.search(request).results
            let byWords = try await database.search(
                SearchRequest(query, count: 100_000, mode: .keyword, unique: false)
            ).results
            let hybrid = try await database.search(SearchRequest(query, count: 20, unique: false)).results
            Self.expectRanking(
                hybrid, by: try Self.weightedSums(meaning: byMeaning, words: byWords, weight: weight))
        }
    }

    @Test func `among few passages near each other in meaning the words decide`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.put([
            Document(id: "a", text: "The old dog sleeps by the red river near the town and dreams of a long day."),
            Document(id: "b", text: "The old dog sleeps by the red bank near the town and dreams of a long day."),
        ])
        for (word, id) in [("river", "a"), ("bank", "b")] {
            #expect(try await database.search(SearchRequest(word)).ids.first == id)
        }
    }

    @Test func `a document ranks by one passage, which is shown`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        for first in 0..<60 {
            let texts = SampleTexts.documents(first * 6..<first * 6 + 6).map(\.text)
            _ = try folder.write("notes/\(first).txt", texts.joined(separator: "\n\n"))
        }
        _ = try await database.index(paths: [folder.path("notes")], options: IndexingOptions(chunkTokens: 16))
        for query in SampleTexts.queries(10) {
            let passages = try await database.search(SearchRequest(query, count: 60, unique: false)).results
            var seen: Set<String> = []
            let best = passages.filter { seen.insert($0.id).inserted }
            let unique = try await database.search(SearchRequest(query, count: 10)).results
            #expect(unique.map(\.passage) == best.prefix(10).map(\.passage))
        }
    }

    @Test func `without a vector for the question the words alone are weighed`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.insert(vectors: [
            VectorRecord(id: "photo", vector: [1, 2, 3], text: "The ferry leaves the red harbour at nine.")
        ])
        let results = try await database.search(SearchRequest("ferry", fusion: .weighted)).results
        #expect(results.map(\.id) == ["photo"] && abs(results[0].score - 0.3) < 1e-9)
    }

    @Test func `the method can be chosen`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .words)
        _ = try await database.put(SampleTexts.documents(0..<300))
        let query = "red river dog"
        let byMeaning = try await database.search(SearchRequest(query, count: 100, mode: .semantic)).results
        let byWords = try await database.search(SearchRequest(query, count: 100, mode: .keyword)).results
        let hybrid = try await database.search(SearchRequest(query, count: 20, fusion: .reciprocalRank)).results
        Self.expectRanking(hybrid, by: Self.reciprocalRanks([byMeaning, byWords], weights: [0.6, 1.4]))
    }

    @Test func `a query without a known word ranks by meaning alone`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.put(SampleTexts.documents(0..<50))
        let hybrid = try await database.search(SearchRequest("york new-york believable", count: 50)).results
        let semantic = try await database.search(SearchRequest("york new-york believable", count: 50, mode: .semantic))
            .results
        #expect(Set(hybrid.map(\.id)) == Set(semantic.map(\.id)))
        let unmatched = try await database.search(SearchRequest("york", count: 50)).results
        #expect(
            unmatched.map(\.id) == (try await database.search(SearchRequest("york", count: 50, mode: .semantic)).ids))
        #expect(unmatched.allSatisfy { $0.scores.keyword == nil })
    }
}
