import AkinCore
import AkinVectors
import Foundation

/// Takes little-endian numbers from bytes and never reads past their end.
struct LittleEndianReader {
    private let data: Data
    private var position: Data.Index

    init(_ data: Data) {
        self.data = data
        position = data.startIndex
    }

    var remaining: Int { data.endIndex - position }

    mutating func skip(_ count: Int) { position += min(count, remaining) }

    mutating func bytes(_ count: Int) throws -> Data {
        guard count >= 0, count <= remaining else {
            throw AkinError(
                .invalidData,
                "The word-vector model ends where \(count) more bytes should stand. Train the model again.")
        }
        defer { position += count }
        return data[position..<position + count]
    }

    mutating func uint32() throws -> UInt32 { try integer() }

    mutating func uint64() throws -> UInt64 { try integer() }

    /// `count` values that take at least 4 bytes each; the count is checked against the bytes that are left before
    /// memory is taken.
    mutating func array<Element>(of count: Int, _ read: (inout LittleEndianReader) throws -> Element) throws
        -> [Element]
    {
        guard count <= remaining / 4 else {
            throw AkinError(
                .invalidData, "The word-vector model ends before its \(count) entries do. Train the model again.")
        }
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try read(&self)) }
        return elements
    }

    mutating func matrix(rows: Int, columns: Int) throws -> Matrix {
        let source = try bytes(rows * columns * 4)
        var matrix = Matrix(rows: rows, columns: columns)
        unsafe source.withUnsafeBytes { bytes in
            unsafe matrix.withUnsafeMutablePointer { target in
                for index in 0..<rows * columns {
                    let bits = unsafe bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
                    unsafe target[index] = Float(bitPattern: UInt32(littleEndian: bits))
                }
            }
        }
        return matrix
    }

    private mutating func integer<Integer: FixedWidthInteger>() throws -> Integer {
        let source = try bytes(MemoryLayout<Integer>.size)
        return source.reversed().reduce(0) { $0 << 8 | Integer($1) }
    }
}
