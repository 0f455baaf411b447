/// How the elements of a stored tensor are written, little-endian.
package enum FloatFormat: Sendable {
    case float32
    /// IEEE 754 half precision: 1 sign, 5 exponent and 10 fraction bits.
    case float16
    /// The upper half of a float32.
    case bfloat16

    package var bytesPerElement: Int { self == .float32 ? 4 : 2 }

    /// Reads `count` elements from bytes of any alignment. `source` must hold count × bytesPerElement bytes.
    package func decode(_ source: UnsafeRawPointer, into target: UnsafeMutablePointer<Float>, count: Int) {
        switch self {
        case .float32:
            for index in 0..<count {
                target[index] = Float(bitPattern: UInt32(littleEndian: source.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)))
            }
        case .float16:
            for index in 0..<count {
                target[index] = Self.widened(half: UInt16(littleEndian: source.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)))
            }
        case .bfloat16:
            for index in 0..<count {
                let upper = UInt16(littleEndian: source.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self))
                target[index] = Float(bitPattern: UInt32(upper) << 16)
            }
        }
    }

    /// The float of a half's bits, exactly (`Float16` itself is not available on every platform).
    static func widened(half: UInt16) -> Float {
        let sign = UInt32(half & 0x8000) << 16
        let magnitude = UInt32(half & 0x7FFF)
        if magnitude >= 0x7C00 { return Float(bitPattern: sign | 0x7F80_0000 | (magnitude & 0x3FF) << 13) }
        // Safe: shifted into place the exponent is 112 too small; multiplying by 2¹¹² mends it, subnormal halves included.
        let scaled = Float(bitPattern: magnitude << 13) * 0x1p112
        return Float(bitPattern: sign | scaled.bitPattern)
    }
}

extension Matrix {
    /// Reads a row-major matrix from bytes of any alignment, which must hold rows × columns elements.
    package init(rows: Int, columns: Int, decoding source: UnsafeRawBufferPointer, as format: FloatFormat) {
        precondition(source.count == rows * columns * format.bytesPerElement)
        self.init(rows: rows, columns: columns)
        guard let base = source.baseAddress else { return }
        withUnsafeMutablePointer { format.decode(base, into: $0, count: rows * columns) }
    }

    /// Overwrites one row with `columns` elements read from bytes of any alignment.
    package mutating func setRow(_ index: Int, decoding source: UnsafeRawBufferPointer, as format: FloatFormat) {
        precondition(index >= 0 && index < rows && source.count == columns * format.bytesPerElement)
        let columns = columns
        guard let base = source.baseAddress else { return }
        withUnsafeMutablePointer { format.decode(base, into: $0 + index * columns, count: columns) }
    }
}
