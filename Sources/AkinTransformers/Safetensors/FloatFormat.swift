import AkinVectors
import AkinCore

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
                unsafe target[index] = Float(
                    bitPattern: UInt32(littleEndian: source.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)))
            }
        case .float16:
            for index in 0..<count {
                unsafe target[index] = HalfPrecision.widened(
                    UInt16(littleEndian: source.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)))
            }
        case .bfloat16:
            for index in 0..<count {
                let upper = unsafe UInt16(
                    littleEndian: source.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self))
                unsafe target[index] = Float(bitPattern: UInt32(upper) << 16)
            }
        }
    }
}

extension Matrix {
    /// Reads a row-major matrix from bytes of any alignment, which must hold rows × columns elements.
    package init(rows: Int, columns: Int, decoding source: UnsafeRawBufferPointer, as format: FloatFormat) {
        precondition(source.count == rows * columns * format.bytesPerElement)
        self.init(rows: rows, columns: columns)
        guard let base = source.baseAddress else { return }
        unsafe withUnsafeMutablePointer { unsafe format.decode(base, into: $0, count: rows * columns) }
    }

    /// Overwrites one row with `columns` elements read from bytes of any alignment.
    package mutating func setRow(_ index: Int, decoding source: UnsafeRawBufferPointer, as format: FloatFormat) {
        precondition(index >= 0 && index < rows && source.count == columns * format.bytesPerElement)
        let columns = columns
        guard let base = source.baseAddress else { return }
        unsafe withUnsafeMutablePointer { unsafe format.decode(base, into: $0 + index * columns, count: columns) }
    }
}
