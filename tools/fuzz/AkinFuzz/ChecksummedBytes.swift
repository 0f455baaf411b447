import AkinVectors
import Foundation

/// The bytes of a file whose checksums are made to fit: its numbers are little endian.
struct ChecksummedBytes {
    var bytes: [UInt8]

    var count: Int { bytes.count }

    /// The number of `count` bytes at an offset.
    func number(at offset: Int, count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }

    mutating func set(_ value: UInt32, at offset: Int) {
        for byte in 0..<4 { bytes[offset + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte)) }
    }

    func checksum(of range: Range<Int>) -> UInt32 {
        bytes.withUnsafeBytes { CRC32C.checksum(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }
}
