import COpenBLAS

/// General matrix products by OpenBLAS, which is limited to one thread: the caller runs products in parallel.
package enum MatrixProduct {
    private static let singleThreaded: Void = openblas_set_num_threads(1)

    /// C = alpha · A·Bᵀ + beta · C, all row-major.
    ///
    /// Shapes: a (m, k), b (n, k), c (m, n), rows `strides` apart. The bits of a row depend on m, n and the row's
    /// place: the same product gives the same bits, another shape may not.
    package static func multiplyTransposed(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>,
        m: Int, n: Int, k: Int, strides: ProductStrides? = nil, alpha: Float = 1, beta: Float = 0
    ) {
        multiply(CblasTrans, a, b, c, m, n, k, strides ?? ProductStrides(a: k, b: k, c: n), alpha, beta)
    }

    /// C = alpha · A·B + beta · C, all row-major. Shapes: a (m, k), b (k, n), c (m, n), rows `strides` apart.
    package static func multiply(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>,
        m: Int, n: Int, k: Int, strides: ProductStrides? = nil, alpha: Float = 1, beta: Float = 0
    ) {
        multiply(CblasNoTrans, a, b, c, m, n, k, strides ?? ProductStrides(a: k, b: n, c: n), alpha, beta)
    }

    private static func multiply(
        _ form: CBLAS_TRANSPOSE, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
        _ c: UnsafeMutablePointer<Float>, _ m: Int, _ n: Int, _ k: Int, _ strides: ProductStrides, _ alpha: Float,
        _ beta: Float
    ) {
        _ = singleThreaded
        guard m > 0, n > 0 else { return }
        ProductMemory.with {
            cblas_sgemm(
                CblasRowMajor, CblasNoTrans, form, blasint(m), blasint(n), blasint(k), alpha, a, blasint(strides.a), b,
                blasint(strides.b), beta, c, blasint(strides.c))
        }
    }
}

/// The distances, in elements, between the starts of the rows of the two factors and of the result: what lets a product
/// read and write a block of columns of a wider matrix.
package struct ProductStrides: Sendable {
    package var a: Int
    package var b: Int
    package var c: Int

    package init(a: Int, b: Int, c: Int) {
        self.a = a
        self.b = b
        self.c = c
    }
}

extension Matrix {
    /// self · otherᵀ: the products of every row with every row of `other`. Shapes: (m, k) and (n, k) give (m, n).
    package func multipliedByTranspose(of other: Matrix) -> Matrix {
        precondition(columns == other.columns)
        var result = Matrix(rows: rows, columns: other.rows)
        let (m, n, k) = (rows, other.rows, columns)
        result.withUnsafeMutablePointer { c in
            withUnsafePointer { a in
                other.withUnsafePointer { b in MatrixProduct.multiplyTransposed(a, b, into: c, m: m, n: n, k: k) }
            }
        }
        return result
    }
}

extension MatrixProduct {
    /// The library's version, and the kernels that it reports for this processor.
    package static var libraryName: String {
        let configuration = openblas_get_config().map { String(cString: $0) } ?? "OpenBLAS"
        let core = openblas_get_corename().map { String(cString: $0) } ?? "unknown"
        return "\(configuration.trimmingTrailingSpaces), kernels for \(core)"
    }
}

extension String {
    fileprivate var trimmingTrailingSpaces: String { String(reversed().drop { $0 == " " }.reversed()) }
}
