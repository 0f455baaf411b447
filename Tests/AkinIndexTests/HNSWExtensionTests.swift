import AkinCore
import AkinIndex
import AkinVectors
import Testing

/// Additions and removals give a new, sound index.
@Suite struct HNSWExtensionTests {
    private func recall(_ index: HNSWIndex, ids: [Int64], vectors: Matrix, metric: DistanceMetric) -> Double {
        let queries = Samples.vectors(100, vectors.columns, metric: metric, clusters: 20, seed: 21)
        let truth = ExactIndex(ids: ids, vectors: vectors, metric: metric).search(batch: queries, k: 10)
        let hits = (0..<100).reduce(0) { hits, query in
            hits
                + Set(index.search(queries.row(query), k: 10).neighbors.map(\.id)).intersection(truth[query].map(\.id))
                .count
        }
        return Double(hits) / Double(truth.reduce(0) { $0 + $1.count })
    }

    @Test(arguments: DistanceMetric.allCases, [1, 2]) func `a graph grown step by step finds what brute force finds`(
        metric: DistanceMetric, threads: Int
    ) throws {
        let vectors = Samples.vectors(3000, 16, metric: metric, clusters: 20)
        let ids = Samples.ids(3000)
        var index = try HNSWIndex.build(ids: [], vectors: Matrix(rows: 0, columns: 16), metric: metric)
        for bounds in [0..<1, 1..<500, 500..<500, 500..<2900, 2900..<3000] {
            let before = index
            let countBefore = before.count
            index = try index.extended(
                ids: Array(ids[bounds]), vectors: vectors.gathered(Array(bounds)), threads: threads)
            #expect(before.count == countBefore && before.checkInvariants() == [])
            #expect(index.count == bounds.upperBound)
            #expect(index.checkInvariants() == [])
        }
        #expect(recall(index, ids: ids, vectors: vectors, metric: metric) >= 0.97)
    }

    @Test(arguments: [0.1, 0.24, 0.6, 1.0]) func `removed rows are not found`(share: Double) throws {
        let vectors = Samples.vectors(2500, 16, metric: .cosine, clusters: 20)
        let ids = Samples.ids(2500)
        // Whole neighbourhoods disappear, which is harder than rows here and there.
        let order = ExactIndex(ids: ids, vectors: vectors, metric: .cosine).search(vectors.row(0), k: 2500).neighbors
            .map(\.id)
        let removed = Set(order.prefix(Int(share * 2500)))
        let full = try HNSWIndex.build(ids: ids, vectors: vectors, metric: .cosine)
        let index = try full.extended(
            ids: [], vectors: Matrix(rows: 0, columns: 16), removed: removed.union([123_456_789]))
        let kept = ids.indices.filter { !removed.contains(ids[$0]) }
        #expect(index.count == kept.count)
        #expect(index.checkInvariants() == [])
        #expect(full.count == 2500)
        #expect(index.search(vectors.row(0), k: 2500).neighbors.count == kept.count)
        let near = index.search(vectors.row(0), k: 10)
        #expect(near.neighbors.count == min(10, kept.count))
        #expect(near.neighbors.allSatisfy { !removed.contains($0.id) })
        if !kept.isEmpty {
            #expect(recall(index, ids: kept.map { ids[$0] }, vectors: vectors.gathered(kept), metric: .cosine) >= 0.97)
        }
    }

    @Test func `a replaced row is found by its new vector alone`() throws {
        let index = try HNSWIndex.build(
            ids: [1, 2, 3], vectors: Matrix([[1, 0], [0, 1], [-1, 0]]), metric: .cosine)
        let replaced = try index.extended(ids: [1], vectors: Matrix([[0, -1]]), removed: [1])
        #expect(replaced.search([1, 0], k: 3).neighbors.map(\.id) == [1, 2, 3])
        #expect(replaced.search([0, -1], k: 1).neighbors.map(\.id) == [1])
        #expect(replaced.count == 3)
    }

    @Test func `no node is kept without an id`() throws {
        let vectors = Samples.vectors(100, 4, metric: .dot)
        let index = try HNSWIndex.build(ids: Array(0..<100), vectors: vectors, metric: .dot)
        let without = try index.extended(ids: [], vectors: Matrix(rows: 0, columns: 4), removed: [7])
        #expect(without.statistics().nodes == 99 && without.checkInvariants() == [])
        let again = try without.extended(ids: [500], vectors: vectors.gathered([7]))
        #expect(again.statistics().nodes == 100 && again.checkInvariants() == [])
    }

    /// Half of the rows go and come back, ten times over.
    @Test(arguments: [(DistanceMetric.cosine, 96), (.l2, 96), (.dot, 16)])
    func `recall stays as good through many changes`(
        metric: DistanceMetric, dimension: Int
    ) throws {
        let vectors = Samples.vectors(3000, dimension, metric: metric, clusters: 20)
        let ids = Samples.ids(3000)
        let fresh = try HNSWIndex.build(ids: ids, vectors: vectors, metric: metric)
        var index = fresh
        var random = SeededGenerator(seed: 9)
        for _ in 0..<10 {
            let removed = Set(ids.filter { _ in random.unitFloat() < 0.5 })
            index = try index.extended(ids: [], vectors: Matrix(rows: 0, columns: dimension), removed: removed)
            #expect(index.checkInvariants() == [] && index.count == 3000 - removed.count)
            let rows = ids.indices.filter { removed.contains(ids[$0]) }
            index = try index.extended(ids: rows.map { ids[$0] }, vectors: vectors.gathered(rows))
            #expect(index.checkInvariants() == [] && index.statistics().nodes == 3000)
        }
        let (before, after) = (
            recall(fresh, ids: ids, vectors: vectors, metric: metric),
            recall(index, ids: ids, vectors: vectors, metric: metric)
        )
        #expect(after >= before - 0.01)
    }

    @Test func `ids that the index holds and other dimensions are refused`() throws {
        let index = try HNSWIndex.build(ids: [1, 2], vectors: Matrix([[1, 0], [0, 1]]), metric: .dot)
        #expect(throws: AkinError.self) { try index.extended(ids: [2], vectors: Matrix([[1, 1]])) }
        #expect(throws: AkinError.self) { try index.extended(ids: [3], vectors: Matrix([[1, 1, 1]])) }
    }
}
