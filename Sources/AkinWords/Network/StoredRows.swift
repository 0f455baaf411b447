package import AkinVectors

/// Rows of floats in one of the forms that files keep them in.
package enum StoredRows: Sendable {
    case matrix(Matrix)
    /// Little-endian floats at any place of a mapped file.
    case mapped(MappedFloats)
    /// Product-quantised rows.
    case quantized(ProductQuantizedRows)

    package var count: Int {
        switch self {
        case .matrix(let matrix): matrix.rows
        case .mapped(let floats): floats.rows
        case .quantized(let rows): rows.count
        }
    }

    package var dimension: Int {
        switch self {
        case .matrix(let matrix): matrix.columns
        case .mapped(let floats): floats.columns
        case .quantized(let rows): rows.dimension
        }
    }

    /// The rows at the given places, in that order; in memory of their own.
    package func gathered(_ places: [Int]) -> StoredRows {
        switch self {
        case .matrix(let matrix): return .matrix(matrix.gathered(places))
        case .quantized(let rows): return .quantized(rows.gathered(places))
        case .mapped(let floats):
            var matrix = Matrix(rows: places.count, columns: floats.columns)
            for (target, source) in places.enumerated() { floats.copy(source, into: &matrix, row: target) }
            return .matrix(matrix)
        }
    }

    /// All rows as a matrix. Shape: (count, dimension).
    package func matrix() -> Matrix {
        if case .matrix(let matrix) = self { return matrix }
        var matrix = Matrix(rows: count, columns: dimension)
        var row = [Float](repeating: 0, count: dimension)
        for place in 0..<count {
            for component in row.indices { row[component] = 0 }
            add(place, scale: 1, to: &row)
            matrix.setRow(place, row)
        }
        return matrix
    }

    /// The rows from a place on, which stay where they are if they are in a mapped file.
    package func suffix(from first: Int) -> StoredRows {
        if case .mapped(let floats) = self { return .mapped(floats.suffix(from: first)) }
        return gathered(Array(first..<count))
    }

    /// sum += scale · row.
    package func add(_ row: Int, scale: Float, to sum: inout [Float]) {
        precondition(sum.count == dimension)
        switch self {
        case .matrix(let matrix):
            precondition(row >= 0 && row < matrix.rows)
            unsafe sum.withUnsafeMutableBufferPointer { sum in
                guard let target = sum.baseAddress else { return }
                unsafe matrix.withUnsafePointer {
                    unsafe VectorMath.axpy(scale, $0 + row * matrix.columns, target, matrix.columns)
                }
            }
        case .mapped(let floats): floats.add(row, scale: scale, to: &sum)
        case .quantized(let rows): rows.add(row, scale: scale, to: &sum)
        }
    }
}

/// A row-major matrix of little-endian floats at any alignment of a mapped file.
package struct MappedFloats: Sendable {
    package let rows: Int
    package let columns: Int
    private let file: MappedBytes
    private let offset: Int

    /// The caller has compared the size with the file's.
    package init(_ file: MappedBytes, offset: Int, rows: Int, columns: Int) {
        precondition(
            offset >= 0 && offset <= file.count && rows >= 0 && columns >= 1
                && rows <= (file.count - offset) / 4 / columns)
        self.file = file
        self.offset = offset
        self.rows = rows
        self.columns = columns
    }

    func suffix(from first: Int) -> MappedFloats {
        MappedFloats(file, offset: offset + 4 * first * columns, rows: rows - first, columns: columns)
    }

    func copy(_ row: Int, into matrix: inout Matrix, row target: Int) {
        precondition(row >= 0 && row < rows && matrix.columns == columns)
        _ = file.copyFloats(at: offset + 4 * row * columns, into: &matrix, row: target)
    }

    package subscript(row: Int, column: Int) -> Float { file.float(at: offset + 4 * (row * columns + column)) }

    func add(_ row: Int, scale: Float, to sum: inout [Float]) {
        precondition(row >= 0 && row < rows)
        for column in 0..<columns { sum[column] += scale * self[row, column] }
    }
}
