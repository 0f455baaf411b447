import AkinCore
import AkinIndex
import AkinVectors
import Testing

/// Identical vectors share a node and neither fill each other's lists nor cut the graph.
@Suite struct HNSWDuplicateTests {
    @Test(arguments: DistanceMetric.allCases) func `everything around a thousand copies is reached`(
        metric: DistanceMetric
    )
        throws
    {
        var vectors = Samples.vectors(3000, 12, metric: metric, clusters: 15)
        let copied = vectors.row(0)
        for row in stride(from: 1, to: 2000, by: 2) { vectors.setRow(row, copied) }
        let ids = Samples.ids(3000)
        let index = try HNSWIndex.build(ids: ids, vectors: vectors, metric: metric)
        #expect(index.checkInvariants() == [])
        #expect(index.count == 3000)
        #expect(index.statistics().nodes == 2000)
        for row in [0, 1, 2, 500, 2999] {
            for k in [1, 10, 1500] {
                let expected = Samples.bruteForce(vectors.row(row), ids: ids, vectors: vectors, metric: metric, k: k)
                let agree = Samples.agree(index.search(vectors.row(row), k: k, ef: 200).neighbors, expected)
                #expect(agree, "row \(row), k \(k)")
            }
        }
        if metric != .dot {
            let copies = stride(from: 1, to: 2000, by: 2).map { ids[$0] } + [ids[0]]
            #expect(index.search(copied, k: 10).neighbors.map(\.id) == Array(copies.sorted().prefix(10)))
        }
    }

    @Test(arguments: DistanceMetric.allCases)
    func `an index of nothing but copies returns them in the order of their ids`(metric: DistanceMetric) throws {
        let vectors = Matrix(Array(repeating: [0.6, 0.8], count: 1000))
        let index = try HNSWIndex.build(ids: Array(0..<1000), vectors: vectors, metric: metric)
        #expect(index.checkInvariants() == [])
        #expect(index.search([0.6, 0.8], k: 10).neighbors.map(\.id) == Array(0..<10))
        #expect(index.search([0.6, 0.8], k: 2000).neighbors.count == 1000)
    }

    /// Not equal, but so near that the rule of choice finds almost every pair covered.
    @Test(arguments: DistanceMetric.allCases, [1, 2]) func `near copies are reached`(
        metric: DistanceMetric, threads: Int
    )
        throws
    {
        var random = SeededGenerator(seed: 4)
        var vectors = Matrix((0..<2000).map { _ in (0..<8).map { Float($0) + 1e-6 * random.unitFloat() } })
        if metric == .cosine { vectors.normalizeRows() }
        let index = try HNSWIndex.build(
            ids: Array(0..<2000), vectors: vectors, metric: metric,
            parameters: HNSWParameters(connectivity: 4, efConstruction: 16),
            threads: threads)
        #expect(index.checkInvariants() == [])
    }
}
