import AkinVectors
import CAkinKernels

/// The one place that knows how rows are stored and compared: walks and scans see row numbers and similarities only, so that
/// quantised codes can take the place of floats without touching them.
///
/// Pointers only, so that it can be copied into hot loops without reference counting; who makes one keeps the rows alive.
struct RowMeasure: @unchecked Sendable {
    // Safe: the rows are written by nobody once a measure over them is shared between threads.
    /// (rows, dimension), row-major, no padding between rows.
    let base: UnsafePointer<Float>
    let dimension: Int
    private let kernel: @convention(c) (UnsafePointer<Float>, UnsafePointer<Float>, Int) -> Float
    private let sign: Float

    init(base: UnsafePointer<Float>, dimension: Int, metric: VectorMetric) {
        self.base = base
        self.dimension = dimension
        let table = Kernels.active.table
        switch metric {
        case .cosine, .dot: (kernel, sign) = (table.dot_f32, 1)
        case .euclidean: (kernel, sign) = (table.squared_distance_f32, -1)
        }
    }

    @inline(__always)
    func row(_ row: UInt32) -> UnsafePointer<Float> { base + Int(row) &* dimension }

    /// Larger is nearer.
    @inline(__always)
    func similarity(_ query: UnsafePointer<Float>, _ row: UInt32) -> Float { sign * kernel(query, self.row(row), dimension) }

    /// The similarities of `count` rows, named in `rows`, to a query.
    @inline(__always)
    func similarities(
        _ query: UnsafePointer<Float>, rows: UnsafePointer<UInt32>, count: Int, into similarities: UnsafeMutablePointer<Float>
    ) {
        for index in 0..<count { similarities[index] = similarity(query, rows[index]) }
    }
}
