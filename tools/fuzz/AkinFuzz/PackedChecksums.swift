import AkinVectors
import Foundation

/// Makes the length and the checksums of a packed file fit whatever it holds, as far as its sections lie within it.
enum PackedChecksums {
    private static let (tableStart, entryLength, blockSize) = (56, 72, 4096)

    static func mended(_ data: Data) -> Data {
        var bytes = [UInt8](data)
        bytes += [UInt8](repeating: 0, count: (64 - bytes.count % 64) % 64)
        guard bytes.count >= 64 else { return data }
        func number(_ offset: Int, _ count: Int) -> Int {
            (0..<count).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
        }
        func set(_ offset: Int, _ value: UInt32) {
            for byte in 0..<4 { bytes[offset + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte)) }
        }
        func checksum(_ range: Range<Int>) -> UInt32 {
            bytes.withUnsafeBytes { CRC32C.checksum(UnsafeRawBufferPointer(rebasing: $0[range])) }
        }
        set(16, UInt32(bytes.count))
        set(20, 0)
        let head = (tableStart + number(12, 4) * entryLength + 4 + 63) / 64 * 64
        guard head <= bytes.count else { return data }
        for entry in stride(from: tableStart, to: tableStart + number(12, 4) * entryLength, by: entryLength) {
            let (offset, length) = (number(entry + 56, 7), (number(entry + 64, 7) + 63) / 64 * 64)
            guard length <= bytes.count, offset <= bytes.count - length else { continue }
            let blocks = stride(from: offset, to: offset + length, by: blockSize)
                .map { checksum($0..<min($0 + blockSize, offset + length)).littleEndian }
            set(entry + 52, blocks.withUnsafeBytes { CRC32C.checksum($0) })
        }
        set(head - 4, checksum(0..<head - 4))
        return Data(bytes)
    }
}
