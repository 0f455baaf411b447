package import Foundation

/// Gathers numbers as little-endian bytes.
package struct LittleEndianWriter {
    package private(set) var data = Data()

    package init() {}

    package mutating func append(contentsOf bytes: some Sequence<UInt8>) { data.append(contentsOf: bytes) }

    package mutating func append(_ value: some FixedWidthInteger) {
        unsafe Swift.withUnsafeBytes(of: value.littleEndian) { unsafe data.append(contentsOf: $0) }
    }

    /// The elements of a matrix, row by row.
    package mutating func append(_ matrix: Matrix) {
        let count = matrix.rows * matrix.columns
        let values = unsafe matrix.withUnsafePointer { base in
            unsafe UnsafeBufferPointer(start: base, count: count).map { $0.bitPattern.littleEndian }
        }
        unsafe values.withUnsafeBytes { unsafe data.append(contentsOf: $0) }
    }
}
