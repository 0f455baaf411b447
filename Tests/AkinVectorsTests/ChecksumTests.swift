import AkinVectors
import CAkinKernels
import Testing

/// CRC-32C by every table this processor can run, against known answers and the definition bit by bit.
@Suite struct ChecksumTests {
    /// The remainder of the message's polynomial, one bit at a time (RFC 3720, section 12.1).
    private static func definition(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        var state = ~UInt32(0)
        for byte in bytes {
            state ^= UInt32(byte)
            for _ in 0..<8 { state = state & 1 == 1 ? (state >> 1) ^ 0x82F6_3B78 : state >> 1 }
        }
        return ~state
    }

    @Test(arguments: CRC32C.available.indices)
    func `checksums are those of the known answers`(table: Int) {
        let kernels = CRC32C.available[table]
        // RFC 3720, appendix B.4
        #expect(kernels.crc32c([UInt8](repeating: 0, count: 32), 32) == 0x8A91_36AA)
        #expect(kernels.crc32c([UInt8](repeating: 0xFF, count: 32), 32) == 0x62A8_AB43)
        #expect(kernels.crc32c(Array(0..<32), 32) == 0x46DD_794E)
        #expect(kernels.crc32c(Array("123456789".utf8), 9) == 0xE306_9283)
        #expect(kernels.crc32c([], 0) == 0)
    }

    @Test(arguments: CRC32C.available.indices, [0, 1, 7, 8, 9, 63, 64, 1000, 4099])
    func `a checksum agrees with its definition at any length and alignment`(table: Int, length: Int) {
        var random = SeededGenerator(seed: UInt64(length))
        let bytes = (0..<length + 8).map { _ in UInt8.random(in: 0...255, using: &random) }
        for start in 0..<8 {
            let run = bytes[start..<start + length]
            let checksum = bytes.withUnsafeBufferPointer { buffer in
                buffer.baseAddress.map { CRC32C.available[table].crc32c($0 + start, length) }
            }
            #expect(checksum == Self.definition(run))
        }
    }

    @Test(arguments: CRC32C.available.indices, [0, 1, 3, 4, 5, 9])
    func `blocks have the checksums that they have alone`(table: Int, count: Int) {
        var random = SeededGenerator(seed: UInt64(count))
        let bytes = (0..<count * 56).map { _ in UInt8.random(in: 0...255, using: &random) }
        var checksums = [UInt32](repeating: 0, count: count)
        CRC32C.available[table].crc32c_blocks(bytes, 56, count, &checksums)
        #expect(checksums == (0..<count).map { Self.definition(bytes[$0 * 56..<($0 + 1) * 56]) })
        let last = (bytes + [1, 2, 3]).withUnsafeBytes { CRC32C.blockChecksums($0, blockSize: 56) }
        #expect(last == checksums + [Self.definition([1, 2, 3])])
    }
}
