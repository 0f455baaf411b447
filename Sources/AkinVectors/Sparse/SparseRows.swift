/// A sparse matrix by rows: the column and the value of each element that is not zero.
package struct SparseRows: Sendable {
    package let columns: Int
    // Row i is columnIndices[starts[i] ..< starts[i + 1]] with the values beside them.
    private var starts: [Int] = [0]
    private var columnIndices: [Int32] = []
    private var values: [Float] = []

    package init(columns: Int) { self.columns = columns }

    package var rows: Int { starts.count - 1 }
    package var elements: Int { values.count }

    /// Adds a row. A column may occur several times; its values add up.
    package mutating func append(_ row: some Collection<(column: Int32, value: Float)>) {
        for element in row {
            precondition(element.column >= 0 && Int(element.column) < columns)
            columnIndices.append(element.column)
            values.append(element.value)
        }
        starts.append(values.count)
    }

    /// Multiplies each column by its factor.
    package mutating func scaleColumns(by factors: [Float]) {
        precondition(factors.count == columns)
        for place in values.indices { values[place] *= factors[Int(columnIndices[place])] }
    }

    /// The columns that have an element, ascending.
    package func usedColumns() -> [Int32] {
        var isUsed = [Bool](repeating: false, count: columns)
        for column in columnIndices { isUsed[Int(column)] = true }
        return isUsed.indices.filter { isUsed[$0] }.map(Int32.init)
    }

    /// The same elements with each column renamed: column `kept[i]` becomes i. Every used column must be among `kept`.
    package func keeping(_ kept: [Int32]) -> SparseRows {
        var places = [Int32](repeating: -1, count: columns)
        for (place, column) in kept.enumerated() { places[Int(column)] = Int32(place) }
        var result = SparseRows(columns: kept.count)
        result.starts = starts
        result.values = values
        result.columnIndices = columnIndices.map { places[Int($0)] }
        precondition(result.columnIndices.allSatisfy { $0 >= 0 })
        return result
    }

    /// self · other. Shapes: (rows, columns) and (columns, n) give (rows, n). Cost: elements × n.
    package func multiplied(by other: Matrix) -> Matrix {
        var result = Matrix(rows: rows, columns: other.columns)
        multiply(other, into: &result)
        return result
    }

    /// selfᵀ · other. Shapes: (rows, columns) and (rows, n) give (columns, n). Cost: elements × n.
    package func transposeMultiplied(by other: Matrix) -> Matrix {
        var result = Matrix(rows: columns, columns: other.columns)
        multiplyTransposed(other, into: &result)
        return result
    }

    /// result += self · other.
    func multiply(_ other: Matrix, into result: inout Matrix) {
        precondition(other.rows == columns && result.rows == rows)
        accumulate(other, into: &result) { (target: $0, source: $1) }
    }

    /// result += selfᵀ · other.
    func multiplyTransposed(_ other: Matrix, into result: inout Matrix) {
        precondition(other.rows == rows && result.rows == columns)
        accumulate(other, into: &result) { (target: $1, source: $0) }
    }

    /// Adds each element times a row of `other` to a row of the result. The element's row and column choose both rows.
    @inline(__always)
    private func accumulate(
        _ other: Matrix, into result: inout Matrix, _ place: (_ row: Int, _ column: Int) -> (target: Int, source: Int)
    ) {
        precondition(result.columns == other.columns)
        let width = other.columns
        result.withUnsafeMutablePointer { target in
            other.withUnsafePointer { source in
                for row in 0..<rows {
                    for element in starts[row]..<starts[row + 1] {
                        let at = place(row, Int(columnIndices[element]))
                        VectorMath.axpy(
                            values[element], source + at.source * width, target + at.target * width, width)
                    }
                }
            }
        }
    }
}
