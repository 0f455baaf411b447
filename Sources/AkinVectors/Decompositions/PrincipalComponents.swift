import CAkinKernels

/// The directions in which a set of vectors spreads most, each with its mean square.
///
/// Orthogonal iteration (Golub and Van Loan, "Matrix Computations", 4th ed., 8.2.4): multiplied by the matrix of second
/// moments and made orthonormal again, a few vectors turn into its leading eigenvectors. Two dozen rounds leave the
/// last of them mixed with what follows, which costs nothing here: what counts is how much of the spread the directions
/// hold together.
package struct PrincipalComponents: Sendable {
    /// (components, dimension) orthonormal rows, the widest first; rows of zeros where the vectors span fewer
    /// dimensions.
    package let directions: Matrix
    /// Mean squares along the directions.
    package let variances: [Float]
    /// The mean square length of the vectors.
    package let total: Float

    private static let rounds = 24

    /// - Parameters:
    ///   - sample: (rows, dimension), centred by the caller where the centre matters.
    ///   - count: Directions wanted; at most the dimension.
    /// - Complexity: dimension² × (rows + 25 × count) multiplications.
    package init(of sample: Matrix, count: Int) {
        let dimension = sample.columns
        let count = min(count, dimension)
        let transposed = sample.transposed()
        var moments = Matrix(rows: dimension, columns: dimension)
        moments.withUnsafeMutablePointer { target in
            transposed.withUnsafePointer { source in
                MatrixProduct.multiplyTransposed(
                    source, source, into: target, m: dimension, n: dimension, k: sample.rows,
                    alpha: 1 / Float(max(sample.rows, 1)))
            }
        }
        total = (0..<dimension).reduce(0) { $0 + moments[$1, $1] }

        var random = SeededGenerator(seed: 1)
        var basis = Matrix(rows: count, columns: dimension)
        basis.withUnsafeMutablePointer { base in
            for index in 0..<count * dimension { base[index] = random.unitFloat() - 0.5 }
        }
        Self.orthonormalize(&basis)
        var image = Matrix(rows: count, columns: dimension)
        for _ in 0..<Self.rounds {
            Self.apply(moments, to: basis, into: &image)
            swap(&basis, &image)
            Self.orthonormalize(&basis)
        }
        Self.apply(moments, to: basis, into: &image)
        let spread = (0..<count).map { row in VectorMath.dot(basis.row(row), image.row(row)) }
        let order = spread.indices.sorted { (spread[$0], $1) > (spread[$1], $0) }
        directions = basis.gathered(order)
        variances = order.map { max(spread[$0], 0) }
    }

    private static func apply(_ moments: Matrix, to basis: Matrix, into image: inout Matrix) {
        image.withUnsafeMutablePointer { target in
            basis.withUnsafePointer { a in
                moments.withUnsafePointer { b in
                    // The matrix is symmetric: it is its own transpose.
                    MatrixProduct.multiplyTransposed(
                        a, b, into: target, m: basis.rows, n: basis.columns, k: basis.columns)
                }
            }
        }
    }

    /// Modified Gram–Schmidt by rows, each row twice: once leaves too much of the others where rows are nearly
    /// parallel.
    private static func orthonormalize(_ basis: inout Matrix) {
        let (rows, columns) = (basis.rows, basis.columns)
        let kernels = Kernels.active.table
        basis.withUnsafeMutablePointer { base in
            for row in 0..<rows {
                let vector = base + row * columns
                let length = VectorMath.dot(vector, vector, columns).squareRoot()
                for _ in 0..<2 {
                    for other in 0..<row {
                        let direction = base + other * columns
                        kernels.axpy_f32(-VectorMath.dot(vector, direction, columns), direction, vector, columns)
                    }
                }
                let rest = VectorMath.dot(vector, vector, columns).squareRoot()
                let scale = rest > 1e-5 * length && rest.isFinite && rest > 0 ? 1 / rest : 0
                for index in 0..<columns { vector[index] *= scale }
            }
        }
    }
}
