/// The Cholesky factor L of a symmetric positive definite matrix A = L·Lᵀ (Golub and Van Loan, "Matrix Computations",
/// 4th ed., section 4.2).
///
/// In single precision: for matrices whose diagonal was raised by a penalty, as those of ridge regression.
package struct CholeskyFactor: Sendable {
    /// L, (n, n), zeros above the diagonal.
    private let lower: Matrix
    /// Lᵀ, so that both substitutions read rows.
    private let upper: Matrix

    /// Nil where the matrix is not positive definite, or holds a number that is not finite.
    ///
    /// - Complexity: n³ / 6 multiplications.
    package init?(of matrix: Matrix) {
        precondition(matrix.rows == matrix.columns)
        let n = matrix.rows
        var factor = Matrix(rows: n, columns: n)
        let isDefinite = factor.withUnsafeMutablePointer { l in
            matrix.withUnsafePointer { a in
                for i in 0..<n {
                    for j in 0..<i {
                        let rest = a[i * n + j] - VectorMath.dot(l + i * n, l + j * n, j)
                        l[i * n + j] = rest / l[j * n + j]
                    }
                    let rest = a[i * n + i] - VectorMath.dot(l + i * n, l + i * n, i)
                    guard rest > 0, rest.isFinite else { return false }
                    l[i * n + i] = rest.squareRoot()
                }
                return true
            }
        }
        guard isDefinite else { return nil }
        (lower, upper) = (factor, factor.transposed())
    }

    /// The solutions x of A·x = b, one a row, for each row b. Shapes: (m, n) gives (m, n).
    ///
    /// - Complexity: n² multiplications a row.
    package func solutions(rows: Matrix) -> Matrix {
        precondition(rows.columns == lower.rows)
        let n = lower.rows
        var result = rows
        result.withUnsafeMutablePointer { base in
            lower.withUnsafePointer { l in
                upper.withUnsafePointer { u in
                    for row in 0..<rows.rows {
                        let x = base + row * n
                        for i in 0..<n { x[i] = (x[i] - VectorMath.dot(l + i * n, x, i)) / l[i * n + i] }
                        for i in stride(from: n - 1, through: 0, by: -1) {
                            let known = VectorMath.dot(u + i * n + i + 1, x + i + 1, n - i - 1)
                            x[i] = (x[i] - known) / u[i * n + i]
                        }
                    }
                }
            }
        }
        return result
    }
}
