import AkinCore
import AkinVectors
import CAkinKernels

/// How an index keeps the vectors that it scores its answers by.
package enum RowFormat: UInt32, Sendable, Codable, CaseIterable {
    /// Single precision, as they were given.
    case float32 = 0
    /// IEEE half precision: a cosine is off by 10⁻⁴ at most.
    case float16 = 1
    /// Signed bytes and a scale a row: a cosine of sentence embeddings is off by about 10⁻³.
    case int8 = 2

    var bytesPerComponent: Int {
        switch self {
        case .float32: 4
        case .float16: 2
        case .int8: 1
        }
    }

    /// Whether an index of this metric and dimension can use the format: squared distances need what rounding would
    /// cancel, and short rows gain nothing.
    func suits(metric: DistanceMetric, dimension: Int) -> Bool {
        self == .float32 || (metric != .l2 && dimension > RowTable.shortRow)
    }

    /// The format where none is asked for.
    static func preferred(metric: DistanceMetric, dimension: Int) -> RowFormat {
        RowFormat.float16.suits(metric: metric, dimension: dimension) && metric == .cosine ? .float16 : .float32
    }
}

/// Rows one after the other in one format. Pointers only; the code that makes one keeps the memory alive.
struct RowTable: @unchecked Sendable {
    // Safe: the rows are written by nobody once a table over them is shared between threads.
    /// (rows, dimension), row-major, no padding between rows.
    let base: UnsafeRawPointer
    /// (rows) what the bytes of a row are multiplied by; used under `int8` only.
    let scales: UnsafePointer<Float>
    let dimension: Int
    let format: RowFormat

    /// Up to this dimension a row is a few cache lines even in floats: no other format and no codes.
    static let shortRow = 64

    var bytesPerRow: Int { dimension * format.bytesPerComponent }

    @inline(__always) func row(_ row: UInt32) -> UnsafeRawPointer {
        base + Int(row) &* (dimension &* format.bytesPerComponent)
    }

    /// Writes a row as floats.
    func decode(_ row: UInt32, into target: UnsafeMutablePointer<Float>) {
        let source = self.row(row)
        switch format {
        case .float32: target.update(from: source.assumingMemoryBound(to: Float.self), count: dimension)
        case .float16:
            CodeKernels.active.table.widen_f16(source.assumingMemoryBound(to: UInt16.self), target, dimension)
        case .int8:
            let (bytes, scale) = (source.assumingMemoryBound(to: Int8.self), scales[Int(row)])
            for index in 0..<dimension { target[index] = Float(bytes[index]) * scale }
        }
    }

    /// Writes floats as a row; returns its scale.
    static func encode(
        _ values: UnsafePointer<Float>, dimension: Int, as format: RowFormat, into target: UnsafeMutableRawPointer
    ) -> Float {
        switch format {
        case .float32: target.assumingMemoryBound(to: Float.self).update(from: values, count: dimension)
        case .float16:
            CodeKernels.active.table.narrow_f16(values, target.assumingMemoryBound(to: UInt16.self), dimension)
        case .int8:
            return SignedBytes.quantize(values, count: dimension, into: target.assumingMemoryBound(to: Int8.self))
        }
        return 1
    }
}

/// Vectors as signed bytes with one scale each.
enum SignedBytes {
    /// Writes round(127 · x / max |x|); returns the scale max |x| / 127 that undoes it.
    static func quantize(_ values: UnsafePointer<Float>, count: Int, into target: UnsafeMutablePointer<Int8>) -> Float {
        var largest: Float = 0
        for index in 0..<count { largest = max(largest, abs(values[index])) }
        guard largest > 0, largest.isFinite else {
            target.update(repeating: 0, count: count)
            return 0
        }
        let factor = 127 / largest
        for index in 0..<count { target[index] = Int8((values[index] * factor).rounded(.toNearestOrEven)) }
        return largest / 127
    }
}
