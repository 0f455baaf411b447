import AkinVectors
import Testing

@Suite struct CentroidTests {
    /// Rows in all directions.
    private func rows(_ count: Int, dimension: Int, seed: UInt64) -> Matrix {
        var generator = SeededGenerator(seed: seed)
        var rows = Matrix((0..<count).map { _ in (0..<dimension).map { _ in generator.unitFloat() - 0.5 } })
        rows.normalizeRows()
        return rows
    }

    @Test("The nearest centroid is the one that floats find", arguments: [2, 7, 64, 100, 384], [1, 2, 33, 70])
    func nearest(dimension: Int, centroids: Int) {
        let (rows, centroids) = (
            rows(700, dimension: dimension, seed: 1), rows(centroids, dimension: dimension, seed: 2)
        )
        let found = ScreenedRows(rows, threads: 1).nearest(to: centroids, threads: 1)
        for row in 0..<rows.rows {
            let products = centroids.products(with: rows.row(row))
            #expect(products[found.assignments[row]] >= products.max()! - 1e-5)
            #expect(abs(found.similarities[row] - products[found.assignments[row]]) < 0.02)
        }
    }

    @Test("Equal centroids: the smaller number")
    func ties() {
        let rows = rows(20, dimension: 16, seed: 4)
        let twice = Matrix([rows.row(3), rows.row(3), rows.row(3)])
        #expect(
            ScreenedRows(rows, threads: 1).nearest(to: twice, threads: 1).assignments == [Int](repeating: 0, count: 20))
    }

    @Test("The same bits on any number of threads", arguments: [2, 5])
    func threads(count: Int) {
        let (rows, centroids) = (rows(2_000, dimension: 96, seed: 7), rows(40, dimension: 96, seed: 8))
        let (one, many) = (ScreenedRows(rows, threads: 1), ScreenedRows(rows, threads: count))
        let (first, second) = (one.nearest(to: centroids, threads: 1), many.nearest(to: centroids, threads: count))
        #expect(first.assignments == second.assignments && first.similarities == second.similarities)
    }

    @Test("Sums brought up to date are those made anew")
    func sums() {
        let rows = rows(300, dimension: 24, seed: 5)
        var generator = SeededGenerator(seed: 6)
        var assignments = (0..<300).map { _ in generator.integer(below: 9) }
        var updated = ClusterSums(rows, assignments: assignments, clusters: 10, threads: 2)
        for _ in 0..<5 {
            let before = assignments
            for _ in 0..<40 { assignments[generator.integer(below: 300)] = generator.integer(below: 9) }
            updated.update(from: before, to: assignments, threads: 3)
        }
        let anew = ClusterSums(rows, assignments: assignments, clusters: 10, threads: 1)
        #expect(updated.sizes == anew.sizes && anew.sizes[9] == 0)
        for cluster in 0..<10 {
            for (one, other) in zip(updated.sums.row(cluster), anew.sums.row(cluster)) {
                #expect(abs(one - other) < 1e-4)
            }
        }
        #expect(anew.directions.row(9).allSatisfy { $0 == 0 })
        #expect(abs(VectorMath.dot(anew.directions.row(0), anew.directions.row(0)) - 1) < 1e-5)
    }
}
