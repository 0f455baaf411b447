import AkinVectors

/// The leading left singular vectors and values of a sparse matrix, by randomised subspace iteration
/// (Halko, Martinsson and Tropp 2011, algorithms 4.4 and 5.1).
struct RandomizedSVD {
    /// (rows, rank), columns orthonormal, by falling singular value.
    let vectors: Matrix
    /// Falling, rank of them.
    let values: [Float]

    /// Columns beyond the wanted rank that sharpen it.
    private static let oversampling = 10
    private static let iterations = 4

    /// - Parameter rank: at most the matrix' size.
    /// Cost: O(iterations × nonzeros × rank + rows × rank²); the same bytes for the same seed.
    init(of matrix: PPMIMatrix, rank: Int, seed: UInt64) {
        let width = min(matrix.count, rank + Self.oversampling)
        var random = SeededGenerator(seed: seed)
        var start = Matrix(rows: matrix.count, columns: width)
        for row in 0..<matrix.count { start.setRow(row, (0..<width).map { _ in random.unitFloat() - 0.5 }) }
        var basis = matrix.multiplied(by: start).orthonormalized()
        for _ in 0..<Self.iterations {
            basis = matrix.multiplied(by: matrix.transposeMultiplied(by: basis).orthonormalized()).orthonormalized()
        }
        // Bᵀ = Aᵀ·Q, so that B·Bᵀ = (Aᵀ·Q)ᵀ·(Aᵀ·Q) = E·Σ²·Eᵀ and the left vectors are Q·E.
        let projected = matrix.transposeMultiplied(by: basis).transposed()
        let eigen = SymmetricEigen(of: projected.multipliedByTranspose(of: projected))
        vectors = basis.multipliedByTranspose(of: eigen.vectors.gathered(Array(0..<rank)))
        values = eigen.values.prefix(rank).map { max(0, $0).squareRoot() }
    }
}

extension Matrix {
    /// An orthonormal basis of the columns: modified Gram–Schmidt, twice for stability. Dependent columns become zero.
    func orthonormalized() -> Matrix {
        var basis = transposed()
        let (count, length) = (basis.rows, basis.columns)
        unsafe basis.withUnsafeMutablePointer { base in
            for row in 0..<count {
                let vector = unsafe base + row * length
                let before = unsafe VectorMath.dot(vector, vector, length).squareRoot()
                for _ in 0..<2 {
                    for other in 0..<row {
                        let earlier = unsafe UnsafePointer(base + other * length)
                        unsafe VectorMath.axpy(-VectorMath.dot(earlier, vector, length), earlier, vector, length)
                    }
                }
                if unsafe VectorMath.normalize(vector, length) <= before * 1e-5 {
                    unsafe vector.update(repeating: 0, count: length)
                }
            }
        }
        return basis.transposed()
    }
}
