import AkinCore
import AkinIndex
import AkinVectors
import Testing

@Suite struct ExactIndexTests {
    @Test(arguments: DistanceMetric.allCases, [(0, 3), (1, 1), (2, 3), (17, 8), (1000, 8), (300, 384)])
    func `results equal those of brute force`(metric: DistanceMetric, size: (rows: Int, dimension: Int)) {
        let vectors = Samples.vectors(size.rows, size.dimension, metric: metric)
        let ids = Samples.ids(size.rows)
        let index = ExactIndex(ids: ids, vectors: vectors, metric: metric)
        let queries = Samples.vectors(5, size.dimension, metric: metric, seed: 11)
        for query in 0..<5 {
            for k in [1, 10, 2000] {
                let result = index.search(queries.row(query), k: k)
                let expected = Samples.bruteForce(queries.row(query), ids: ids, vectors: vectors, metric: metric, k: k)
                #expect(Samples.agree(result.neighbors, expected))
                #expect(result.distancesComputed == (size.dimension == queries.columns ? size.rows : 0))
            }
        }
    }

    @Test func `of equal rows the one with the smaller id comes first`() {
        let vectors = Matrix([[1, 0], [0, 1], [1, 0], [1, 0]])
        let index = ExactIndex(ids: [9, 1, -4, 7], vectors: vectors, metric: .cosine)
        #expect(index.search([1, 0], k: 2).neighbors.map(\.id) == [-4, 7])
        #expect(index.search([1, 0], k: 9).neighbors.map(\.id) == [-4, 7, 9, 1])
    }

    @Test func `only admitted rows are compared`() {
        let vectors = Samples.vectors(100, 4, metric: .dot)
        let index = ExactIndex(ids: Array(0..<100), vectors: vectors, metric: .dot)
        let result = index.search([1, 2, 3, 4], k: 50, ef: nil) { $0 % 10 == 3 }
        #expect(Set(result.neighbors.map(\.id)) == Set(stride(from: 3, to: 100, by: 10)))
        #expect(result.distancesComputed == 10)
    }

    @Test(arguments: DistanceMetric.allCases, [1, 2])
    func `a batch is answered as its queries are one by one`(metric: DistanceMetric, threads: Int) {
        let vectors = Samples.vectors(2500, 24, metric: metric, clusters: 20)
        let index = ExactIndex(ids: Samples.ids(2500), vectors: vectors, metric: metric)
        let queries = Samples.vectors(130, 24, metric: metric, clusters: 20, seed: 3)
        let batch = index.search(batch: queries, k: 10, threads: threads)
        #expect(batch == (0..<130).map { index.search(queries.row($0), k: 10).neighbors })
    }

    /// More equal rows than the shortlist holds, so that the products alone cannot decide.
    @Test(arguments: DistanceMetric.allCases) func `a batch among equal rows is answered as its queries are one by one`(
        metric: DistanceMetric
    ) {
        let vectors = Matrix((0..<400).map { $0 < 200 ? [0.6, 0.8] : [Float(0.8), 0.6] })
        let index = ExactIndex(ids: (0..<400).map { 1000 - $0 }, vectors: vectors, metric: metric)
        let queries = Matrix([[0.6, 0.8], [0.8, 0.6]])
        #expect(index.search(batch: queries, k: 5) == (0..<2).map { index.search(queries.row($0), k: 5).neighbors })
        #expect(index.search(batch: queries, k: 5)[0].map(\.id) == [801, 802, 803, 804, 805])
    }

    @Test func `a query that does not fit finds nothing`() {
        let index = ExactIndex(ids: [1], vectors: Matrix([[1, 0]]), metric: .cosine)
        #expect(index.search([1], k: 1).neighbors.isEmpty)
        #expect(index.search([.nan, 0], k: 1).neighbors.isEmpty)
        #expect(index.search([1, 0], k: 0).neighbors.isEmpty)
        #expect(index.search(batch: Matrix([[Float.nan, 0]]), k: 1) == [[]])
    }
}
