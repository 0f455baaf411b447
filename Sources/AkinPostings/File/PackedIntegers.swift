/// Rows of integers with the same number of bits each, from the lowest bit of the first byte on.
enum PackedIntegers {
    /// Bytes after the last row that `unpack` may read.
    static let padding = 8

    /// The bits that a value needs.
    static func width(of largest: UInt32) -> Int { 32 - largest.leadingZeroBitCount }

    static func byteCount(_ count: Int, width: Int) -> Int { (count * width + 7) / 8 }

    /// Appends values, each below 2^width.
    static func pack(_ values: [UInt32], width: Int, onto bytes: inout [UInt8]) {
        var pending: UInt64 = 0
        var bits = 0
        for value in values {
            pending |= UInt64(value) << UInt64(bits)
            bits += width
            while bits >= 8 {
                bytes.append(UInt8(truncatingIfNeeded: pending))
                pending >>= 8
                bits -= 8
            }
        }
        if bits > 0 { bytes.append(UInt8(truncatingIfNeeded: pending)) }
    }

    /// Reads values of at most 32 bits. After their bytes, `padding` more must be readable.
    @inline(__always)
    static func unpack(_ base: UnsafeRawPointer, width: Int, count: Int, into values: UnsafeMutablePointer<UInt32>) {
        let mask = (UInt64(1) << UInt64(width)) &- 1
        var bit = 0
        for index in 0..<count {
            let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self))
            values[index] = UInt32(truncatingIfNeeded: (word &>> UInt64(bit & 7)) & mask)
            bit &+= width
        }
    }
}
