/// The Castagnoli checksum, CRC-32C (RFC 3720, section 12.1 and appendix B.4), by eight table look-ups for eight bytes.
///
/// Four blocks are read side by side where there are as many: the look-ups of one must wait for each other, those of four need not.
enum CRC32C {
    /// Bytes that one checksum of a snapshot covers.
    static let blockSize = 256 * 1024

    private static let polynomial: UInt32 = 0x82F6_3B78
    private static let lanes = 4

    /// (8, 256): `tables[256 * t + b]` carries byte b over t further zero bytes. Never freed.
    private static let tables: Tables = {
        let tables = UnsafeMutablePointer<UInt32>.allocate(capacity: 8 * 256)
        for byte in 0..<256 {
            var value = UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? (value >> 1) ^ polynomial : value >> 1 }
            tables[byte] = value
        }
        for index in 256..<8 * 256 { tables[index] = (tables[index - 256] >> 8) ^ tables[Int(tables[index - 256] & 0xFF)] }
        return Tables(base: UnsafePointer(tables))
    }()

    // Safe: written before it is published, never after.
    private struct Tables: @unchecked Sendable { let base: UnsafePointer<UInt32> }

    /// The checksum of a run of bytes.
    static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        guard let base = bytes.baseAddress else { return 0 }
        return ~tail(base, bytes.count, ~0, tables.base)
    }

    /// The checksums of successive blocks of 256 KB, of which the last may be shorter.
    static func blockChecksums(_ bytes: UnsafeRawBufferPointer) -> [UInt32] {
        guard let base = bytes.baseAddress else { return [] }
        let tables = tables.base
        let blocks = blockCount(bytes.count)
        var checksums = [UInt32](repeating: 0, count: blocks)
        let whole = bytes.count / blockSize
        var block = 0
        while block + lanes <= whole {
            var (a, b, c, d) = (~UInt32(0), ~UInt32(0), ~UInt32(0), ~UInt32(0))
            let start = base + block * blockSize
            for offset in stride(from: 0, to: blockSize, by: 8) {
                a = step(start + offset, a, tables)
                b = step(start + blockSize + offset, b, tables)
                c = step(start + 2 * blockSize + offset, c, tables)
                d = step(start + 3 * blockSize + offset, d, tables)
            }
            (checksums[block], checksums[block + 1], checksums[block + 2], checksums[block + 3]) = (~a, ~b, ~c, ~d)
            block += lanes
        }
        while block < blocks {
            let length = min(blockSize, bytes.count - block * blockSize)
            checksums[block] = ~tail(base + block * blockSize, length, ~0, tables)
            block += 1
        }
        return checksums
    }

    static func blockCount(_ bytes: Int) -> Int { (bytes + blockSize - 1) / blockSize }

    @inline(__always)
    private static func step(_ bytes: UnsafeRawPointer, _ state: UInt32, _ tables: UnsafePointer<UInt32>) -> UInt32 {
        let word = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)) ^ UInt64(state)
        let first = tables[7 * 256 + Int(word & 0xFF)] ^ tables[6 * 256 + Int((word >> 8) & 0xFF)]
        let second = tables[5 * 256 + Int((word >> 16) & 0xFF)] ^ tables[4 * 256 + Int((word >> 24) & 0xFF)]
        let third = tables[3 * 256 + Int((word >> 32) & 0xFF)] ^ tables[2 * 256 + Int((word >> 40) & 0xFF)]
        let fourth = tables[256 + Int((word >> 48) & 0xFF)] ^ tables[Int(word >> 56)]
        return (first ^ second) ^ (third ^ fourth)
    }

    private static func tail(_ bytes: UnsafeRawPointer, _ count: Int, _ state: UInt32, _ tables: UnsafePointer<UInt32>) -> UInt32 {
        var state = state
        var offset = 0
        while offset + 8 <= count {
            state = step(bytes + offset, state, tables)
            offset += 8
        }
        while offset < count {
            state = (state >> 8) ^ tables[Int((state ^ UInt32(bytes.load(fromByteOffset: offset, as: UInt8.self))) & 0xFF)]
            offset += 1
        }
        return state
    }
}
