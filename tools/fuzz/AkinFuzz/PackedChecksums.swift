import AkinVectors
import Foundation

/// Makes the length and the checksums of a packed file fit whatever it holds, as far as its sections lie within it.
enum PackedChecksums {
    private static let (tableStart, entryLength, blockSize) = (56, 72, 4096)

    static func mended(_ data: Data) -> Data {
        var file = ChecksummedBytes(bytes: [UInt8](data))
        file.bytes += [UInt8](repeating: 0, count: (64 - file.count % 64) % 64)
        guard file.count >= 64 else { return data }
        file.set(UInt32(file.count), at: 16)
        file.set(0, at: 20)
        let tableEnd = tableStart + file.number(at: 12, count: 4) * entryLength
        let head = (tableEnd + 4 + 63) / 64 * 64
        guard head <= file.count else { return data }
        for entry in stride(from: tableStart, to: tableEnd, by: entryLength) {
            let offset = file.number(at: entry + 56, count: 7)
            let length = (file.number(at: entry + 64, count: 7) + 63) / 64 * 64
            guard length <= file.count, offset <= file.count - length else { continue }
            let blocks = stride(from: offset, to: offset + length, by: blockSize)
                .map { file.checksum(of: $0..<min($0 + blockSize, offset + length)).littleEndian }
            file.set(blocks.withUnsafeBytes { CRC32C.checksum($0) }, at: entry + 52)
        }
        file.set(file.checksum(of: 0..<head - 4), at: head - 4)
        return Data(file.bytes)
    }
}
