package import AkinVectors
import CAkinKernels
import Foundation

/// The rows that a training moves: (count, stride) floats, a row's components first and zeros up to a multiple of 16.
///
/// Threads read and write rows at the same time without locks, deliberately racy: updates are sparse, so that lost ones
/// do little harm (Recht et al. 2011, "Hogwild!"). With one thread nothing is racy and the same training gives the same
/// bytes.
package final class WordVectorRows: @unchecked Sendable {
    package let count: Int
    package let dimension: Int
    let stride: Int
    let buffer: AlignedBuffer<Float>

    /// Rows of zeros.
    ///
    /// - Parameter extra: Floats that each row has beyond its components, such as the sums of squares of AdaGrad; the
    ///   kernel in use says where they stand.
    package init(count: Int, dimension: Int, extra: Int = 0) {
        self.count = count
        self.dimension = dimension
        stride = akin_embedding_stride(dimension) + extra
        buffer = AlignedBuffer(count: count * stride)
        #if canImport(Glibc)
        // Rows are visited at random: with pages of 4 KB nearly every visit would also miss the table of pages.
        if buffer.count >= 1 << 20 {
            unsafe madvise(buffer.base, buffer.count * MemoryLayout<Float>.stride, MADV_HUGEPAGE)
        }
        #endif
    }

    @inline(__always)
    func row(_ index: Int32) -> UnsafeMutablePointer<Float> { unsafe buffer.base + Int(index) * stride }

    /// Fills every component with a random number of −magnitude ..< magnitude.
    package func randomize(magnitude: Float, random: inout SeededGenerator) {
        for row in 0..<count {
            for component in 0..<dimension {
                unsafe buffer.base[row * stride + component] = (2 * random.unitFloat() - 1) * magnitude
            }
        }
    }

    /// A copy of the components of some rows. Shape: (rows, dimension).
    package func matrix(rows: Range<Int>) -> Matrix {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= count)
        var matrix = Matrix(rows: rows.count, columns: dimension)
        unsafe matrix.withUnsafeMutablePointer { target in
            for (place, row) in rows.enumerated() {
                unsafe (target + place * dimension).update(from: buffer.base + row * stride, count: dimension)
            }
        }
        return matrix
    }

    /// The mean of some rows' components into a row of a matrix.
    package func mean(of rows: some Collection<Int32>, into target: inout Matrix, row: Int) {
        precondition(target.columns == dimension && row >= 0 && row < target.rows)
        let dimension = dimension
        unsafe target.withUnsafeMutablePointer { base in
            for index in rows {
                unsafe VectorMath.axpy(1 / Float(rows.count), self.row(index), base + row * dimension, dimension)
            }
        }
    }
}
