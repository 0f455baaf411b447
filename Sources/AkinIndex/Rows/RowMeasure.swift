import AkinCore
import AkinVectors
import CAkinKernels

/// Compares a query with rows as they are kept: what answers are scored by.
///
/// Pointers only, so that it can be copied into hot loops without reference counting; the code that makes one keeps the
/// rows alive.
struct RowMeasure: @unchecked Sendable {
    // Safe: a table of constants beside rows that nobody writes.
    let rows: RowTable
    private let kernel: @convention(c) (UnsafePointer<Float>, UnsafePointer<Float>, Int) -> Float
    private let codes: akin_code_kernels
    private let sign: Float

    init(rows: RowTable, metric: DistanceMetric) {
        self.rows = rows
        codes = CodeKernels.active.table
        let table = Kernels.active.table
        switch metric {
        case .cosine, .dot: (kernel, sign) = (table.dot_f32, 1)
        case .l2: (kernel, sign) = (table.squared_distance_f32, -1)
        }
    }

    /// Over floats.
    init(base: UnsafePointer<Float>, dimension: Int, metric: DistanceMetric) {
        self.init(rows: RowTable(base: base, scales: base, dimension: dimension, format: .float32), metric: metric)
    }

    /// Larger is nearer.
    @inline(__always) func similarity(_ query: UnsafePointer<Float>, _ row: UInt32) -> Float {
        let bytes = rows.row(row)
        switch rows.format {
        case .float32: return sign * kernel(query, bytes.assumingMemoryBound(to: Float.self), rows.dimension)
        case .float16: return codes.dot_f16(query, bytes.assumingMemoryBound(to: UInt16.self), rows.dimension)
        case .int8:
            return codes.dot_i8(query, bytes.assumingMemoryBound(to: Int8.self), rows.dimension) * rows.scales[Int(row)]
        }
    }

    /// Asks for the cache lines of a row.
    @inline(__always) func prefetch(_ row: UInt32) { akin_prefetch(rows.row(row), rows.bytesPerRow) }
}
