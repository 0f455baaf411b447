package import AkinVectors
import AkinCore

/// A known-answer check of this machine's OpenBLAS: a library that was built for another processor, or takes this one
/// for another, gives wrong products without an error.
package enum ProductCheck {
    /// (m, n, k) with whole tiles and with odd tails in every direction.
    static let shapes = [
        (1, 384, 33), (5, 7, 3), (13, 35, 129), (27, 96, 64), (27, 27, 32), (64, 64, 64), (100, 40, 31),
    ]

    /// What is wrong with the first shape that differs from plain loops in double precision; nil when all agree.
    /// Checked once a process.
    private static let complaint: String? = unsafe firstDifference(
        { unsafe MatrixProduct.multiplyTransposed($0, $1, into: $2, m: $3, n: $4, k: $5, strides: $6) },
        { unsafe MatrixProduct.multiply($0, $1, into: $2, m: $3, n: $4, k: $5, strides: $6) })

    /// Throws `AkinError(.noModel)` when products are wrong.
    package static func requireWorkingBLAS() throws {
        guard let complaint else { return }
        throw AkinError(
            .noModel,
            "OpenBLAS gives wrong results on this processor (\(complaint)), so no text can be encoded; set the environment variable "
                + "OPENBLAS_CORETYPE to Haswell (x86-64) or ARMV8 (arm64) and try again, or install a newer OpenBLAS.")
    }

    package typealias Product = (
        UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, _ m: Int, _ n: Int, _ k: Int,
        ProductStrides
    ) -> Void

    /// Compares A·Bᵀ and A·B as the given functions compute them with plain loops; nil when every element is within
    /// rounding.
    package static func firstDifference(_ transposed: Product, _ straight: Product) -> String? {
        var random = SeededGenerator(seed: 7)
        for (m, n, k) in shapes {
            let a = (0..<m * k).map { _ in random.unitFloat() - 0.5 }
            let b = (0..<n * k).map { _ in random.unitFloat() - 0.5 }
            for isTransposed in [true, false] {
                var c = [Float](repeating: .nan, count: m * n)
                if isTransposed {
                    unsafe transposed(a, b, &c, m, n, k, ProductStrides(a: k, b: k, c: n))
                } else {
                    unsafe straight(a, b, &c, m, n, k, ProductStrides(a: k, b: n, c: n))
                }
                for row in 0..<m {
                    for column in 0..<n {
                        var sum = 0.0
                        for i in 0..<k {
                            sum += Double(a[row * k + i]) * Double(b[isTransposed ? column * k + i : i * n + column])
                        }
                        let actual = Double(c[row * n + column])
                        // Rounding grows at most with k products of at most 1/4 each.
                        guard abs(sum - actual) <= Double(k) * 0.25 * 0x1p-22 else {
                            return "a product of \(m) × \(k) by \(k) × \(n) gave \(actual) for \(sum)"
                        }
                    }
                }
            }
        }
        return nil
    }
}
