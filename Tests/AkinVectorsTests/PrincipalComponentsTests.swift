import AkinVectors
import Testing

@Suite struct PrincipalComponentsTests {
    /// Vectors with known spreads along turned axes.
    private func sample(_ rows: Int, spreads: [Float], axes: Matrix) -> Matrix {
        var random = SeededGenerator(seed: 12)
        var matrix = Matrix(rows: rows, columns: spreads.count)
        for row in 0..<rows {
            var vector = [Float](repeating: 0, count: spreads.count)
            for (axis, spread) in spreads.enumerated() {
                let value = spread * (2 * random.unitFloat() - 1)
                for (index, component) in axes.row(axis).enumerated() { vector[index] += value * component }
            }
            matrix.setRow(row, vector)
        }
        return matrix
    }

    @Test func `the components of a cloud are its axes`() {
        let half = Float(0.5)
        let axes = Matrix([
            [half, half, half, half], [half, -half, half, -half], [half, half, -half, -half],
            [half, -half, -half, half],
        ])
        let found = PrincipalComponents(of: sample(5000, spreads: [0.1, 3, 1, 0.4], axes: axes), count: 4)
        for (place, axis) in [1, 2, 3, 0].enumerated() {
            #expect(abs(VectorMath.dot(found.directions.row(place), axes.row(axis))) > 0.999)
        }
        // A uniform spread s has the mean square s²/3.
        for (variance, spread) in zip(found.variances, [3, 1, 0.4, 0.1] as [Float]) {
            #expect(abs(variance - spread * spread / 3) < 0.05 * spread * spread)
        }
        #expect(abs(found.total - found.variances.reduce(0, +)) < 1e-3)
    }

    @Test(arguments: [(3, 100), (100, 3), (1, 5), (64, 64)]) func `components are orthonormal rows or zeros`(
        rows: Int, dimension: Int
    ) {
        let axes = Matrix((0..<dimension).map { axis in (0..<dimension).map { $0 == axis ? 1 : 0 } })
        let found = PrincipalComponents(
            of: sample(rows, spreads: Array(repeating: 1, count: dimension), axes: axes), count: dimension)
        for a in 0..<dimension {
            for b in 0...a {
                let product = VectorMath.dot(found.directions.row(a), found.directions.row(b))
                #expect(abs(product - (a == b ? 1 : 0)) < 1e-4 || (a == b && product == 0))
            }
        }
        #expect(found.variances.reduce(0, +) <= 1.001 * found.total)
        #expect(found.variances.reduce(0, +) >= 0.999 * found.total)
    }

    @Test func `rows of zeros have no components`() {
        let found = PrincipalComponents(of: Matrix(rows: 10, columns: 5), count: 3)
        #expect(found.total == 0 && found.variances == [0, 0, 0])
    }
}
