package import AkinCore
import Foundation

/// The bytes of a mapped file, behind checks of bounds.
package struct MappedBytes: Sendable {
    private let file: MappedFile
    package let count: Int

    /// Throws as `MappedFile` does.
    package init(path: String, fault: (String) -> AkinError) throws {
        file = try MappedFile(path: path, fault: fault)
        count = file.count
    }

    package subscript(place: Int) -> UInt8 {
        @inline(__always) get {
            precondition(place >= 0 && place < count)
            return file.base.load(fromByteOffset: place, as: UInt8.self)
        }
    }

    package subscript(range: Range<Int>) -> [UInt8] {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        return Array(file.bytes[range])
    }

    /// The first place of a byte in a range. Cost: O(range), at the speed of memory.
    package func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        guard let found = memchr(file.base + range.lowerBound, CInt(byte), range.count) else { return nil }
        return UnsafeRawPointer(found) - file.base
    }

    /// The integer that stands little-endian at a place.
    package func integer<Value: FixedWidthInteger & BitwiseCopyable>(at place: Int, _ type: Value.Type = Value.self)
        -> Value
    {
        precondition(place >= 0 && place <= count - MemoryLayout<Value>.size)
        return Value(littleEndian: file.base.loadUnaligned(fromByteOffset: place, as: type))
    }

    @inline(__always)
    package func float(at place: Int) -> Float { Float(bitPattern: integer(at: place)) }

    /// Copies floats into a row of a matrix. Returns the largest magnitude among them, a NaN where there is one.
    package func copyFloats(at place: Int, into matrix: inout Matrix, row: Int) -> Float {
        let columns = matrix.columns
        precondition(place >= 0 && 4 * columns <= count - place && row >= 0 && row < matrix.rows)
        matrix.withUnsafeMutablePointer { base in
            for column in 0..<columns { base[row * columns + column] = float(at: place + 4 * column) }
        }
        return matrix.largestMagnitude(row: row)
    }
}
