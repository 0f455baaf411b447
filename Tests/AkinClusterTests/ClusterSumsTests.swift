import AkinCluster
import AkinVectors
import Testing

@Suite struct ClusterSumsTests {
    @Test func `sums that were updated are those computed from the assignments`() {
        let rows = Samples.scattered(300, dimension: 24, seed: 5)
        var generator = SeededGenerator(seed: 6)
        var assignments = (0..<300).map { _ in generator.integer(below: 9) }
        var updated = ClusterSums(rows, assignments: assignments, clusters: 10, threads: 2)
        for _ in 0..<5 {
            let before = assignments
            for _ in 0..<40 { assignments[generator.integer(below: 300)] = generator.integer(below: 9) }
            updated.update(from: before, to: assignments, threads: 3)
        }
        let computed = ClusterSums(rows, assignments: assignments, clusters: 10, threads: 1)
        #expect(updated.sizes == computed.sizes && computed.sizes[9] == 0)
        for cluster in 0..<10 {
            for (one, other) in zip(updated.sums.row(cluster), computed.sums.row(cluster)) {
                #expect(abs(one - other) < 1e-4)
            }
        }
        #expect(computed.directions.row(9).allSatisfy { $0 == 0 })
        #expect(abs(VectorMath.dot(computed.directions.row(0), computed.directions.row(0)) - 1) < 1e-5)
    }
}

@Suite struct RowProductsTests {
    @Test(arguments: [1, 4]) func `products are those of row with row, at any number of threads`(threads: Int) {
        let rows = Samples.scattered(700, dimension: 24, seed: 8)
        let targets = rows.gathered([3, 600, 41])
        let columns = RowProducts.columns(rows, with: targets, threads: threads)
        #expect(columns.count == 3)
        for target in 0..<3 {
            #expect(columns[target] == (0..<700).map { VectorMath.dot(rows.row($0), targets.row(target)) })
        }
        let assignments = (0..<700).map { $0 % 3 }
        #expect(
            RowProducts.assigned(rows, assignments, with: targets, threads: threads)
                == (0..<700).map { columns[$0 % 3][$0] })
    }
}
