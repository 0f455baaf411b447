import AkinVectors
import Synchronization

/// Work over the rows of a matrix in blocks of a fixed size.
///
/// OpenBLAS gives a row other bits when the shape of the product changes. With blocks cut by size and never by the
/// number of threads, every product has the same shape on one thread and on many, and so the same bits.
enum RowBlocks {
    static let size = 256

    /// The values of `body` for each block of 0 ..< count, in the order of the blocks.
    static func map<Value: Sendable>(_ count: Int, threads: Int, _ body: @Sendable (Range<Int>) throws -> Value) throws
        -> [Value]
    {
        let blocks = (count + size - 1) / size
        return try mapEach(blocks, threads: threads) { try body($0 * size..<min(($0 + 1) * size, count)) }
    }

    /// The values of `body` for 0 ..< count, in order.
    static func mapEach<Value: Sendable>(_ count: Int, threads: Int, _ body: @Sendable (Int) throws -> Value) throws
        -> [Value]
    {
        let values = Mutex([Value?](repeating: nil, count: count))
        try Parallel.forEach(count, threads: threads) { index in
            let value = try body(index)
            values.withLock { $0[index] = value }
        }
        return values.withLock { $0.compactMap(\.self) }
    }

    /// The products of the rows in `range` with every row of `other`: (range.count, other.rows), row-major.
    static func products(_ rows: Matrix, _ range: Range<Int>, with other: Matrix) -> [Float] {
        precondition(rows.columns == other.columns && range.upperBound <= rows.rows)
        let (m, n, k) = (range.count, other.rows, rows.columns)
        return unsafe [Float](unsafeUninitializedCapacity: m * n) { result, count in
            unsafe rows.withUnsafePointer { a in
                unsafe other.withUnsafePointer { b in
                    if let c = result.baseAddress {
                        unsafe MatrixProduct.multiplyTransposed(a + range.lowerBound * k, b, into: c, m: m, n: n, k: k)
                    }
                }
            }
            count = m * n
        }
    }
}
