import AkinVectors
import Testing

@Suite struct CholeskyFactorTests {
    @Test(arguments: [1, 2, 7, 40]) func `solutions fulfil their equations`(_ size: Int) throws {
        var generator = SeededGenerator(seed: 3)
        let rows = Matrix((0..<size + 5).map { _ in (0..<size).map { _ in generator.unitFloat() - 0.5 } }).transposed()
        var matrix = rows.multipliedByTranspose(of: rows)
        for index in 0..<size { matrix[index, index] += 0.1 }
        let sides = Matrix((0..<3).map { _ in (0..<size).map { _ in generator.unitFloat() } })
        let solutions = try #require(CholeskyFactor(of: matrix)).solutions(rows: sides)
        let products = solutions.multipliedByTranspose(of: matrix)
        for row in 0..<3 {
            for column in 0..<size { #expect(abs(products[row, column] - sides[row, column]) < 1e-3) }
        }
    }

    @Test func `a matrix that is not positive definite has no factor`() {
        #expect(CholeskyFactor(of: Matrix([[1, 2], [2, 1]])) == nil)
        #expect(CholeskyFactor(of: Matrix([[.nan]])) == nil)
        #expect(CholeskyFactor(of: Matrix([[.infinity]])) == nil)
    }
}
