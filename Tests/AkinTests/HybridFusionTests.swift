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
            let hybrid = try await database.search(SearchRequest(query, count: count, mode: .hybrid, unique: unique))
                .results
            #expect(hybrid.count == count)
            Self.expectRanking(hybrid, by: Self.reciprocalRanks([byMeaning, byWords], weights: [1, 1]))
        }
    }

    @Test func `word vectors are fused by scores that lean on the words`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .words)
        _ = try await database.put(SampleTexts.documents(0..<400))
        for query in SampleTexts.queries(10) {
            let byMeaning = try await database.search(SearchRequest(query, count: 1000, mode: .semantic)).results
            let byWords = try await database.search(SearchRequest(query, count: 100, mode: .keyword)).results
            let cosines = Dictionary(uniqueKeysWithValues: byMeaning.map { ($0.passage, $0.score) })
            let largest = try #require(byWords.first?.score)
            var scores: [Int64: Double] = [:]
            for result in byMeaning.prefix(100) { scores[result.passage] = 0.3 * result.score }
            for result in byWords {
                scores[result.passage] = 0.3 * (cosines[result.passage] ?? 0) + 0.7 * result.score / largest
            }
            let hybrid = try await database.search(SearchRequest(query, count: 20)).results
            Self.expectRanking(hybrid, by: scores)
        }
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
