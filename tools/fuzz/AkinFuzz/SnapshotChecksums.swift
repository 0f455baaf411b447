import AkinVectors
import Foundation

/// Makes the checksums of an index file fit whatever it holds, as far as its sections lie within it.
enum SnapshotChecksums {
    private static let headerLength = 1024
    private static let sections = 13

    static func mended(_ data: Data) -> Data {
        var file = ChecksummedBytes(bytes: [UInt8](data))
        guard file.count >= headerLength else { return data }
        var next = headerLength
        for section in 0..<sections {
            let entry = 416 + 24 * section
            let offset = file.number(at: entry, count: 7)
            let length = (file.number(at: entry + 8, count: 7) + 63) / 64 * 64
            guard offset >= headerLength, length <= file.count, offset <= file.count - length else { break }
            let start = next
            for block in 0..<CRC32C.blockCount(length) {
                guard next + 4 <= file.count else { break }
                let from = offset + block * CRC32C.blockSize
                file.set(file.checksum(of: from..<min(from + CRC32C.blockSize, offset + length)), at: next)
                next += 4
            }
            file.set(file.checksum(of: start..<next), at: entry + 16)
        }
        file.set(file.checksum(of: 0..<headerLength - 4), at: headerLength - 4)
        return Data(file.bytes)
    }
}
