import AkinTransformers
import AkinVectors
import Testing

/// The known-answer check must pass here and must notice a library that is wrong.
@Suite struct ProductCheckTests {
    @Test func `the library of this machine passes`() throws { try ProductCheck.requireWorkingBLAS() }

    @Test func `one wrong element in a tail is noticed`() {
        let complaint = ProductCheck.firstDifference(
            { a, b, c, m, n, k, strides in
                MatrixProduct.multiplyTransposed(a, b, into: c, m: m, n: n, k: k, strides: strides)
                if m % 8 != 0 { c[m * n - 1] += 1e-3 }
            },
            { a, b, c, m, n, k, strides in MatrixProduct.multiply(a, b, into: c, m: m, n: n, k: k, strides: strides) })
        #expect(complaint != nil)
    }

    @Test func `an untouched result is noticed`() {
        #expect(ProductCheck.firstDifference({ _, _, _, _, _, _, _ in }, { _, _, _, _, _, _, _ in }) != nil)
    }
}
