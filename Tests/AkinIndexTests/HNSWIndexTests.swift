import AkinCore
import AkinIndex
import AkinVectors
import Testing

@Suite struct HNSWIndexTests {
    @Test(
        arguments: DistanceMetric.allCases,
        [(0, 3), (1, 1), (2, 3), (17, 8), (1000, 1), (1000, 3), (1000, 8), (300, 384)])
    func `the graph finds what brute force finds`(metric: DistanceMetric, size: (rows: Int, dimension: Int)) throws {
        let vectors = Samples.vectors(size.rows, size.dimension, metric: metric)
        let ids = Samples.ids(size.rows)
        let index = try HNSWIndex.build(ids: ids, vectors: vectors, metric: metric)
        #expect(index.checkInvariants() == [])
        #expect(index.count == size.rows)
        let queries = Samples.vectors(5, size.dimension, metric: metric, seed: 11)
        for query in 0..<5 {
            for (k, ef) in [(1, 300), (10, 300), (10, 5000), (2000, nil)] {
                let result = index.search(queries.row(query), k: k, ef: ef)
                let expected = Samples.bruteForce(queries.row(query), ids: ids, vectors: vectors, metric: metric, k: k)
                let agree = Samples.agree(result.neighbors, expected)
                #expect(agree, "query \(query), k \(k), ef \(String(describing: ef))")
            }
        }
    }

    @Test(arguments: DistanceMetric.allCases, [1, 2]) func `clustered vectors are found with high recall`(
        metric: DistanceMetric, threads: Int
    )
        throws
    {
        let vectors = Samples.vectors(4000, 32, metric: metric, clusters: 40)
        let ids = Samples.ids(4000)
        let index = try HNSWIndex.build(ids: ids, vectors: vectors, metric: metric, threads: threads)
        #expect(index.checkInvariants() == [])
        let queries = Samples.vectors(200, 32, metric: metric, clusters: 40, seed: 5)
        let truth = ExactIndex(ids: ids, vectors: vectors, metric: metric).search(batch: queries, k: 10)
        var hits = 0
        for query in 0..<200 {
            let result = index.search(queries.row(query), k: 10)
            #expect(result.plan == .walk)
            #expect(result.distancesComputed < 4000)
            hits += Set(result.neighbors.map(\.id)).intersection(truth[query].map(\.id)).count
        }
        #expect(Double(hits) / 2000 >= 0.97)
    }

    @Test func `a build reports its progress and the shape of the graph`() throws {
        let calls = Tally()
        let index = try HNSWIndex.build(
            ids: Samples.ids(1500), vectors: Samples.vectors(1500, 4, metric: .dot), metric: .dot
        ) {
            calls.add(done: $0, total: $1)
        }
        #expect(calls.last == 1500 && calls.isAscending)
        let shape = index.statistics()
        #expect(shape.nodes == 1500 && shape.unreachable == 0 && shape.orphans == 0)
        #expect(shape.nodesPerLevel[0] == 1500 && shape.nodesPerLevel.count > 1)
        #expect((1.0...32).contains(shape.meanDegree))
    }

    @Test(arguments: [
        (HNSWParameters(connectivity: 1), "connectivity"), (HNSWParameters(connectivity: 300), "connectivity"),
        (HNSWParameters(efConstruction: 3), "efConstruction"), (HNSWParameters(efSearch: 0), "efSearch"),
    ]) func `parameters out of range are refused`(parameters: HNSWParameters, name: String) {
        #expect {
            try HNSWIndex.build(ids: [1], vectors: Matrix([[1]]), metric: .dot, parameters: parameters)
        } throws: { error in
            (error as? AkinError)?.code == .invalidArgument && (error as? AkinError)?.message.contains(name) == true
        }
    }

    @Test func `ids that do not fit are refused`() {
        #expect(throws: AkinError.self) { try HNSWIndex.build(ids: [1], vectors: Matrix([[1], [2]]), metric: .dot) }
        #expect(throws: AkinError.self) {
            try HNSWIndex.build(ids: [1, 1], vectors: Matrix([[1], [2]]), metric: .dot)
        }
    }

    @Test func `a query that does not fit finds nothing`() throws {
        let index = try HNSWIndex.build(
            ids: Samples.ids(500), vectors: Samples.vectors(500, 3, metric: .dot), metric: .dot)
        #expect(index.search([1, 2], k: 3).neighbors.isEmpty)
        #expect(index.search([.nan, 1, 2], k: 3).neighbors.isEmpty)
        #expect(index.search([1, 2, 3], k: 0).neighbors.isEmpty)
        #expect(index.search([.infinity, -.infinity, 1], k: 3).neighbors.count == 3)
    }

    @Test func `rows are found with the fewest links and with many`() throws {
        let vectors = Samples.vectors(600, 6, metric: .l2)
        for connectivity in [2, 64] {
            let parameters = HNSWParameters(connectivity: connectivity, efConstruction: 64)
            let index = try HNSWIndex.build(
                ids: Samples.ids(600), vectors: vectors, metric: .l2, parameters: parameters)
            #expect(index.checkInvariants() == [])
            #expect(index.search(vectors.row(5), k: 1, ef: 100).neighbors.map(\.id) == [Samples.ids(600)[5]])
        }
    }

    @Test func `many threads search at once and find the same`() throws {
        let vectors = Samples.vectors(2000, 16, metric: .cosine, clusters: 10)
        let index = try HNSWIndex.build(ids: Samples.ids(2000), vectors: vectors, metric: .cosine)
        let alone = (0..<100).map { index.search(vectors.row($0), k: 5).neighbors }
        try Parallel.forEach(400, threads: 4) { turn in
            #expect(index.search(vectors.row(turn % 100), k: 5).neighbors == alone[turn % 100])
        }
    }
}

/// Collects the calls of a progress closure made by one thread.
private final class Tally: @unchecked Sendable {
    // Safe: a build with one thread calls from that thread only.
    private var calls: [Int] = []
    var last: Int? { calls.last }
    var isAscending: Bool { zip(calls, calls.dropFirst()).allSatisfy(<) }

    func add(done: Int, total: Int) { calls.append(done) }
}
