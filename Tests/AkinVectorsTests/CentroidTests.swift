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

    @Test(arguments: [2, 7, 64, 100, 384], [1, 2, 33, 70])
    func `the nearest centroid is the one that floats find`(dimension: Int, centroids: Int) {
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

    @Test func `of equal centroids the one with the smaller number is nearest`() {
        let rows = rows(20, dimension: 16, seed: 4)
        let twice = Matrix([rows.row(3), rows.row(3), rows.row(3)])
        #expect(
            ScreenedRows(rows, threads: 1).nearest(to: twice, threads: 1).assignments == [Int](repeating: 0, count: 20))
    }

    @Test(arguments: [2, 5])
    func `the assignments are the same bits on any number of threads`(count: Int) {
        let (rows, centroids) = (rows(2_000, dimension: 96, seed: 7), rows(40, dimension: 96, seed: 8))
        let (one, many) = (ScreenedRows(rows, threads: 1), ScreenedRows(rows, threads: count))
        let (first, second) = (one.nearest(to: centroids, threads: 1), many.nearest(to: centroids, threads: count))
        #expect(first.assignments == second.assignments && first.similarities == second.similarities)
    }
}
