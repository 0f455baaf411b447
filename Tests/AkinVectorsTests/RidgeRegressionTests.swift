import AkinVectors
import Testing

@Suite struct RidgeRegressionTests {
    private static func sample(rows: Int, columns: Int, targets: Int) -> (SparseRows, dense: Matrix, targets: Matrix) {
        var random = SeededGenerator(seed: 3)
        var sparse = SparseRows(columns: columns)
        var dense = Matrix(rows: rows, columns: columns)
        for row in 0..<rows {
            let elements = (0..<6).map { _ in
                (column: Int32(random.integer(below: columns)), value: random.unitFloat() - 0.3)
            }
            sparse.append(elements)
            for element in elements { dense[row, Int(element.column)] += element.value }
        }
        var goals = Matrix(rows: rows, columns: targets)
        for row in 0..<rows { goals.setRow(row, (0..<targets).map { _ in random.unitFloat() - 0.5 }) }
        return (sparse, dense, goals)
    }

    @Test func `products equal those of the dense matrix`() {
        let (sparse, dense, goals) = Self.sample(rows: 30, columns: 20, targets: 5)
        let other = Matrix((0..<20).map { row in (0..<7).map { Float(row * 7 + $0) * 0.01 } })
        let product = sparse.multiplied(by: other)
        for row in 0..<30 {
            for column in 0..<7 {
                let expected = (0..<20).reduce(Float(0)) { $0 + dense[row, $1] * other[$1, column] }
                #expect(abs(product[row, column] - expected) < 1e-5)
            }
        }
        #expect(goals.columns(1..<4).row(2) == Array(goals.row(2)[1..<4]))
    }

    /// The gradient of the objective, XᵀX·D + penalty·D − XᵀY, vanishes at the solution.
    @Test(arguments: [1, 2, 3]) func `the solution has no gradient`(threads: Int) throws {
        let (sparse, dense, goals) = Self.sample(rows: 60, columns: 25, targets: 70)
        let penalty: Float = 0.2
        let solution = try RidgeRegression.solve(
            sparse, targets: goals, penalty: penalty, iterations: 60, threads: threads)
        var rest = sparse.multiplied(by: solution)
        rest.subtract(goals)
        for column in 0..<25 {
            for target in 0..<70 {
                let gradient = (0..<60).reduce(penalty * solution[column, target]) {
                    $0 + dense[$1, column] * rest[$1, target]
                }
                #expect(abs(gradient) < 1e-4)
            }
        }
        let alone = try RidgeRegression.solve(sparse, targets: goals, penalty: penalty, iterations: 60, threads: 1)
        #expect((0..<25).allSatisfy { solution.row($0) == alone.row($0) })
    }

    @Test func `columns that are not used are left out`() {
        let (sparse, _, _) = Self.sample(rows: 3, columns: 1_000, targets: 1)
        let used = sparse.usedColumns()
        #expect(used.count <= 18 && used == used.sorted())
        let smaller = sparse.keeping(used)
        #expect(smaller.columns == used.count && smaller.elements == sparse.elements)
        let wide = Matrix((0..<1_000).map { [Float($0)] })
        let narrow = Matrix(used.map { [Float($0)] })
        for row in 0..<3 {
            #expect(abs(sparse.multiplied(by: wide)[row, 0] - smaller.multiplied(by: narrow)[row, 0]) < 1e-3)
        }
    }
}
