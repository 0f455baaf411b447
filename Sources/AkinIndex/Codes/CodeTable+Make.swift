import AkinCore
import AkinVectors

/// The codes of a set of rows, in memory.
final class RowCodes {
    let codes: AlignedBuffer<UInt8>
    /// (rows) under `l2`, empty otherwise.
    let terms: AlignedBuffer<Float>

    // Rows projected by one matrix product.
    private static let rowsPerBlock = 256

    /// Projects and encodes every row. Cost: rows × dimension × coordinates multiplications.
    init(of rows: RowTable, count: Int, basis: CodeBasis, metric: DistanceMetric, threads: Int) {
        let (dimension, coordinates) = (basis.dimension, basis.coordinates)
        codes = AlignedBuffer(count: count * basis.bytesPerCode)
        terms = AlignedBuffer(count: metric == .l2 ? count : 0)
        let (codes, terms) = (codes, terms)
        let blocks = (count + Self.rowsPerBlock - 1) / Self.rowsPerBlock
        Parallel.ranges(blocks, threads: threads) { range in
            let values = AlignedBuffer<Float>(count: Self.rowsPerBlock * dimension)
            let projected = AlignedBuffer<Float>(count: Self.rowsPerBlock * coordinates)
            for block in range {
                let first = block * Self.rowsPerBlock
                let taken = min(Self.rowsPerBlock, count - first)
                for index in 0..<taken {
                    let target = values.base + index * dimension
                    rows.decode(UInt32(first + index), into: target)
                    guard metric == .l2 else { continue }
                    VectorMath.axpy(-1, basis.center, target, dimension)
                    terms.base[first + index] = VectorMath.dot(target, target, dimension)
                }
                MatrixProduct.multiplyTransposed(
                    values.base, basis.directions, into: projected.base, m: taken, n: coordinates, k: dimension)
                for index in 0..<taken {
                    basis.encode(
                        projected.base + index * coordinates, into: codes.base + (first + index) * basis.bytesPerCode)
                }
            }
        }
    }

    /// Valid while this object lives.
    func table(_ basis: CodeBasis) -> CodeTable {
        CodeTable(base: codes.base, bytesPerCode: basis.bytesPerCode, terms: terms.count > 0 ? terms.base : nil)
    }
}
