import AkinCore
import AkinVectors
import CAkinKernels

/// Compares rows with each other while links are chosen: in signed bytes where rows are long, in their own format where
/// they are short.
///
/// Similarities are those of the space that links are chosen in: lifted under `dot` (see `Lifts`). Pointers only;
/// `PairRows` keeps the memory alive.
struct PairMeasure: @unchecked Sendable {
    // Safe: nothing behind these pointers is written once the measure is shared.
    fileprivate let rows: RowMeasure
    fileprivate let metric: DistanceMetric
    // (rows, stride) nil where rows are compared as they are.
    fileprivate let bytes: UnsafePointer<Int8>?
    fileprivate let stride: Int
    fileprivate let scales: UnsafePointer<Float>
    // (rows) squared lengths under `l2`.
    fileprivate let squares: UnsafePointer<Float>
    fileprivate let lifts: UnsafePointer<Float>?
    fileprivate let product: @convention(c) (UnsafePointer<Int8>, UnsafePointer<Int8>, Int) -> Int32

    /// The similarity of a row to itself, less which every similarity is the negative of a squared distance (halved
    /// under `cosine` and `dot`).
    let ownSimilarity: Float

    @inline(__always) func prefetch(_ row: UInt32) {
        if let bytes { akin_prefetch(bytes + Int(row) &* stride, stride) } else { rows.prefetch(row) }
    }

    /// Larger is nearer.
    @inline(__always) func similarity(_ a: UInt32, _ b: UInt32) -> Float {
        let (i, j) = (Int(a), Int(b))
        var dot: Float
        if let bytes {
            dot = Float(product(bytes + i &* stride, bytes + j &* stride, stride)) * scales[i] * scales[j]
            if metric == .l2 { dot = 2 * dot - squares[i] - squares[j] }
        } else {
            dot = rows.similarity(rows.rows.row(a).assumingMemoryBound(to: Float.self), b)
        }
        if let lifts { dot += lifts[i] * lifts[j] }
        return dot
    }
}

/// The rows in signed bytes that a `PairMeasure` compares.
final class PairRows {
    private let lifts: Lifts?
    private let bytes: AlignedBuffer<Int8>?
    private let scales: AlignedBuffer<Float>
    private let squares: AlignedBuffer<Float>

    /// Valid while this object lives.
    let measure: PairMeasure

    /// - Parameter basis: Its centre is taken from rows under `l2`, so that their bytes are spent on where they
    ///   differ.
    init(rows: RowMeasure, count: Int, metric: DistanceMetric, lifts: Lifts?, basis: CodeBasis?, threads: Int) {
        self.lifts = lifts
        let dimension = rows.rows.dimension
        let stride = (dimension + 63) / 64 * 64
        // Without a basis squared distances keep floats: far from zero, bytes would tell rows apart no more.
        let isInBytes = dimension > RowTable.shortRow && (metric != .l2 || basis != nil)
        precondition(isInBytes || rows.rows.format == .float32)
        let bytes = isInBytes ? AlignedBuffer<Int8>(count: count * stride) : nil
        let scales = AlignedBuffer<Float>(count: isInBytes ? count : 0)
        let squares = AlignedBuffer<Float>(count: isInBytes && metric == .l2 ? count : 0)
        if let bytes {
            Parallel.ranges(count, threads: threads) { range in
                let values = AlignedBuffer<Float>(count: dimension)
                for row in range {
                    rows.rows.decode(UInt32(row), into: values.base)
                    if metric == .l2, let basis {
                        VectorMath.axpy(-1, basis.center, values.base, dimension)
                        squares.base[row] = VectorMath.dot(values.base, values.base, dimension)
                    }
                    scales.base[row] = SignedBytes.quantize(
                        values.base, count: dimension, into: bytes.base + row * stride)
                }
            }
        }
        (self.bytes, self.scales, self.squares) = (bytes, scales, squares)
        let ownSimilarity: Float =
            switch metric {
            case .cosine: 1
            case .dot: lifts?.squaredRadius ?? 0
            case .l2: 0
            }
        measure = PairMeasure(
            rows: rows, metric: metric, bytes: bytes.map { UnsafePointer($0.base) }, stride: stride,
            scales: scales.base,
            squares: squares.base, lifts: lifts.map { UnsafePointer($0.values.base) },
            product: CodeKernels.active.table.byte_product,
            ownSimilarity: ownSimilarity)
    }
}
