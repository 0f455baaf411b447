import AkinVectors
import Foundation

/// Makes the checksums of an index file fit whatever it holds, as far as its sections lie within it.
enum SnapshotChecksums {
    private static let headerLength = 1024
    private static let sections = 13

    static func mended(_ data: Data) -> Data {
        var bytes = [UInt8](data)
        guard bytes.count >= headerLength else { return data }
        func number(_ offset: Int, _ count: Int) -> Int {
            (0..<count).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
        }
        func set(_ offset: Int, _ value: UInt32) {
            for byte in 0..<4 { bytes[offset + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte)) }
        }
        func checksum(_ range: Range<Int>) -> UInt32 {
            bytes.withUnsafeBytes { CRC32C.checksum(UnsafeRawBufferPointer(rebasing: $0[range])) }
        }
        var next = headerLength
        for section in 0..<sections {
            let entry = 416 + 24 * section
            let offset = number(entry, 7)
            let length = (number(entry + 8, 7) + 63) / 64 * 64
            guard offset >= headerLength, length <= bytes.count, offset <= bytes.count - length else { break }
            let start = next
            for block in 0..<CRC32C.blockCount(length) {
                guard next + 4 <= bytes.count else { break }
                let from = offset + block * CRC32C.blockSize
                set(next, checksum(from..<min(from + CRC32C.blockSize, offset + length)))
                next += 4
            }
            set(entry + 16, checksum(start..<next))
        }
        set(headerLength - 4, checksum(0..<headerLength - 4))
        return Data(bytes)
    }
}
