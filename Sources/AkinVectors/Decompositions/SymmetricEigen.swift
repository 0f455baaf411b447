/// Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, "Matrix
/// Computations", section 8.5), in doubles.
package struct SymmetricEigen {
    /// Falling.
    package let values: [Float]
    /// Row i is the eigenvector of values[i], of unit length.
    package let vectors: Matrix

    /// Cost: O(n³) a sweep, about 8 sweeps.
    package init(of matrix: Matrix) {
        let n = matrix.rows
        var a = (0..<n).map { row in matrix.row(row).map(Double.init) }
        // Row i holds the i-th eigenvector: the rotations are applied to rows.
        var v = (0..<n).map { row in (0..<n).map { $0 == row ? 1.0 : 0.0 } }
        let scale = a.reduce(0) { $0 + $1.reduce(0) { $0 + $1 * $1 } }
        for _ in 0..<50 {
            var off = 0.0
            for p in 0..<n { for q in p + 1..<max(n, p + 1) { off += a[p][q] * a[p][q] } }
            if off <= scale * 1e-20 { break }
            for p in 0..<n {
                for q in p + 1..<max(n, p + 1) where a[p][q] != 0 {
                    let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
                    let t = (theta >= 0 ? 1.0 : -1.0) / (abs(theta) + (theta * theta + 1).squareRoot())
                    let c = 1 / (t * t + 1).squareRoot()
                    let s = t * c
                    for k in 0..<n {
                        let (kp, kq) = (a[k][p], a[k][q])
                        a[k][p] = c * kp - s * kq
                        a[k][q] = s * kp + c * kq
                    }
                    Self.rotate(&a, p, q, c, s)
                    Self.rotate(&v, p, q, c, s)
                }
            }
        }
        let order = (0..<n).sorted { (a[$1][$1], $0) < (a[$0][$0], $1) }
        values = order.map { Float(a[$0][$0]) }
        vectors = Matrix(order.map { v[$0].map { Float($0) } })
    }

    private static func rotate(_ rows: inout [[Double]], _ p: Int, _ q: Int, _ c: Double, _ s: Double) {
        for k in rows[p].indices {
            let (pk, qk) = (rows[p][k], rows[q][k])
            rows[p][k] = c * pk - s * qk
            rows[q][k] = s * pk + c * qk
        }
    }
}
