import AkinVectors

/// The directions in which rows vary most, by subspace iteration on their covariance.
struct PrincipalComponents {
    /// Rows beyond which the directions are found from a sample.
    private static let sampleLimit = 8_192
    private static let iterations = 30

    // (dimension)
    private let mean: [Float]
    // (components, dimension), orthonormal rows, the largest variance first
    private let directions: Matrix

    /// - Parameter components: at most the dimension is used.
    /// - Complexity: min(rows, 8192) × dimension² + 30 × dimension² × components.
    init(_ rows: Matrix, components: Int, generator: inout SeededGenerator) {
        let sampled = KMeans.sampleIndices(count: Self.sampleLimit, of: rows.rows, generator: &generator)
        let sample = sampled.count == rows.rows ? rows : rows.gathered(sampled)
        mean = Self.mean(of: sample)
        let covariance = Self.covariance(sample, mean: mean)
        var basis = Matrix(rows: min(components, rows.columns), columns: rows.columns)
        for row in 0..<basis.rows {
            basis.setRow(row, (0..<rows.columns).map { _ in generator.unitFloat() - 0.5 })
        }
        Self.orthonormalize(&basis)
        for _ in 0..<Self.iterations {
            // The covariance is symmetric: basis · C = basis · Cᵀ.
            basis = basis.multipliedByTranspose(of: covariance)
            Self.orthonormalize(&basis)
        }
        directions = basis
    }

    /// The rows in the space of the components: (rows, components).
    func project(_ rows: Matrix, threads: Int) throws -> Matrix {
        let (mean, directions) = (mean, directions)
        let blocks = try RowBlocks.map(rows.rows, threads: threads) { range in
            let centered = Self.centered(rows, range, mean: mean)
            return RowBlocks.products(centered, 0..<range.count, with: directions)
        }
        var result = Matrix(rows: rows.rows, columns: directions.rows)
        var row = 0
        for block in blocks {
            for start in stride(from: 0, to: block.count, by: directions.rows) {
                result.setRow(row, block[start..<start + directions.rows])
                row += 1
            }
        }
        return result
    }

    private static func mean(of rows: Matrix) -> [Float] {
        var sum = [Double](repeating: 0, count: rows.columns)
        for row in 0..<rows.rows {
            for (column, value) in rows.row(row).enumerated() { sum[column] += Double(value) }
        }
        return sum.map { Float($0 / Double(max(rows.rows, 1))) }
    }

    private static func centered(_ rows: Matrix, _ range: Range<Int>, mean: [Float]) -> Matrix {
        var block = rows.gathered(Array(range))
        unsafe block.withUnsafeMutablePointer { base in
            unsafe mean.withUnsafeBufferPointer { mean in
                guard let start = mean.baseAddress else { return }
                for row in 0..<range.count { unsafe VectorMath.axpy(-1, start, base + row * rows.columns, rows.columns) }
            }
        }
        return block
    }

    /// (dimension, dimension): Σ over rows of (x − mean)(x − mean)ᵀ.
    private static func covariance(_ rows: Matrix, mean: [Float]) -> Matrix {
        let dimension = rows.columns
        var sum = Matrix(rows: dimension, columns: dimension)
        for start in stride(from: 0, to: rows.rows, by: RowBlocks.size) {
            let block = centered(rows, start..<min(start + RowBlocks.size, rows.rows), mean: mean)
            var transposed = Matrix(rows: dimension, columns: block.rows)
            unsafe transposed.withUnsafeMutablePointer { target in
                unsafe block.withUnsafePointer { source in
                    for row in 0..<block.rows {
                        for column in 0..<dimension {
                            unsafe target[column * block.rows + row] = source[row * dimension + column]
                        }
                    }
                }
            }
            unsafe sum.withUnsafeMutablePointer { c in
                unsafe transposed.withUnsafePointer { a in
                    unsafe MatrixProduct.multiplyTransposed(a, a, into: c, m: dimension, n: dimension, k: block.rows, beta: 1)
                }
            }
        }
        return sum
    }

    /// Gram and Schmidt, twice for accuracy. A row that depends on the earlier ones becomes zero; the sign of a row is the one that
    /// makes its largest component positive.
    private static func orthonormalize(_ basis: inout Matrix) {
        for row in 0..<basis.rows {
            var vector = VectorMath.normalized(basis.row(row))
            for _ in 0..<2 {
                for earlier in 0..<row {
                    let other = basis.row(earlier)
                    let share = VectorMath.dot(vector, other)
                    for column in vector.indices { vector[column] -= share * other[column] }
                }
            }
            let length = VectorMath.dot(vector, vector).squareRoot()
            let peak = vector.max { abs($0) < abs($1) } ?? 0
            let scale = length > 1e-5 ? (peak < 0 ? -1 : 1) / length : 0
            basis.setRow(row, vector.map { $0 * scale })
        }
    }
}
