import AkinCore
import AkinIndex
import AkinVectors
import Testing

/// The contract under filters: k rows, or all matching rows.
@Suite struct HNSWFilterTests {
    private static let rows = 6000
    private static let vectors = Samples.vectors(rows, 16, metric: .cosine, clusters: 30)
    private static let index = try? HNSWIndex.build(ids: Array(0..<Int64(rows)), vectors: vectors, metric: .cosine)

    @Test(arguments: [1, 2, 3, 10, 100, 1000, 5999, 7000]) func `a filtered search gives k rows or all that match`(
        every: Int64
    ) throws {
        let index = try #require(Self.index)
        let matching = (0..<Int64(Self.rows)).count { $0 % every == every / 2 }
        var hits = 0
        var wanted = 0
        for query in 0..<20 {
            let vector = Self.vectors.row(query * 17)
            let result = index.search(vector, k: 10, ef: nil) { $0 % every == every / 2 }
            #expect(result.neighbors.allSatisfy { $0.id % every == every / 2 })
            #expect(result.neighbors.count == min(10, matching))
            let expected = Samples.bruteForce(
                vector, ids: Array(0..<Int64(Self.rows)), vectors: Self.vectors, metric: .cosine, k: 10
            ) { $0 % every == every / 2 }
            hits += Set(result.neighbors.map(\.id)).intersection(expected.map(\.id)).count
            wanted += expected.count
            if result.plan != .walk { #expect(Samples.agree(result.neighbors, expected)) }
        }
        #expect(Double(hits) >= 0.95 * Double(wanted))
    }

    @Test func `the graph is walked when most rows are admitted`() throws {
        let index = try #require(Self.index)
        let result = index.search(Self.vectors.row(3), k: 10, ef: 50) { $0 % 10 != 0 }
        #expect(result.plan == .walk)
        #expect(result.distancesComputed < Self.rows / 2)
    }

    @Test func `few admitted rows are compared one by one`() throws {
        let index = try #require(Self.index)
        let result = index.search(Self.vectors.row(3), k: 10, ef: 50) { $0 < 30 }
        #expect(result.plan == .scan)
        #expect(result.distancesComputed == 30)
    }

    /// The filter looks generous on a sample, yet admits only what is farthest from the query.
    @Test func `admitted rows far from the query are found`() throws {
        let vectors = Matrix((0..<4000).map { [Float($0), 0] })
        let index = try HNSWIndex.build(ids: Array(0..<4000), vectors: vectors, metric: .l2)
        let result = index.search([0, 0], k: 5, ef: 20) { $0 >= 2000 }
        #expect(result.neighbors.map(\.id) == [2000, 2001, 2002, 2003, 2004])
    }

    @Test func `a filter that admits nothing finds nothing`() throws {
        let index = try #require(Self.index)
        #expect(index.search(Self.vectors.row(0), k: 10, ef: nil) { _ in false }.neighbors.isEmpty)
    }
}
