/// A canonical prefix code of DEFLATE (RFC 1951, section 3.2.2), decoded by at most two table look-ups.
///
/// A code of up to `rootBits` bits is found in the first table; a longer one is decoded bit by bit from its counts.
struct HuffmanCode {
    static let longest = 15
    private static let rootBits = 10

    /// For the next `rootBits` bits: symbol << 4 | length, or 0 where the code is longer or there is none.
    private var root: [UInt16]
    /// Codes of each length.
    private var counts: [Int]
    /// Symbols in the order of their codes.
    private var symbols: [UInt16]

    /// - Parameter lengths: bits of each symbol's code, 0 for a symbol that does not occur.
    /// - Returns: nil for lengths that overlap, or leave codes without a meaning (a single code of one bit may).
    init?(lengths: ArraySlice<UInt8>) {
        counts = [Int](repeating: 0, count: Self.longest + 1)
        for length in lengths { counts[Int(length)] += 1 }
        counts[0] = 0
        let used = counts.reduce(0, +)
        var left = 1
        for length in 1...Self.longest {
            left = left << 1 - counts[length]
            if left < 0 { return nil }
        }
        guard left == 0 || used == 0 || (used == 1 && counts[1] == 1) else { return nil }

        var offsets = [Int](repeating: 0, count: Self.longest + 2)
        var next = [Int](repeating: 0, count: Self.longest + 2)
        var code = 0
        for length in 1...Self.longest {
            next[length] = code
            code = (code + counts[length]) << 1
            offsets[length + 1] = offsets[length] + counts[length]
        }
        symbols = [UInt16](repeating: 0, count: used)
        root = [UInt16](repeating: 0, count: 1 << Self.rootBits)
        for (symbol, length) in lengths.enumerated() where length > 0 {
            let bits = Int(length)
            symbols[offsets[bits]] = UInt16(symbol)
            offsets[bits] += 1
            let own = next[bits]
            next[bits] += 1
            guard bits <= Self.rootBits else { continue }
            var reversed = 0
            for place in 0..<bits where own >> place & 1 == 1 { reversed |= 1 << (bits - 1 - place) }
            for entry in stride(from: reversed, to: root.count, by: 1 << bits) {
                root[entry] = UInt16(symbol) << 4 | UInt16(bits)
            }
        }
    }

    /// The symbol whose code the next bits begin with, and the length of that code; nil when there is none.
    ///
    /// - Parameter bits: the next bits of the stream, the first in the lowest place.
    @inline(__always)
    func symbol(_ bits: UInt64) -> (symbol: Int, length: Int)? {
        let entry = root[Int(bits & UInt64(1 << Self.rootBits - 1))]
        if entry != 0 { return (Int(entry >> 4), Int(entry & 15)) }
        return longSymbol(bits)
    }

    private func longSymbol(_ bits: UInt64) -> (symbol: Int, length: Int)? {
        var (code, first, index) = (0, 0, 0)
        for length in 1...Self.longest {
            code |= Int(bits >> UInt64(length - 1) & 1)
            let count = counts[length]
            if code - count < first { return (Int(symbols[index + code - first]), length) }
            index += count
            first = (first + count) << 1
            code <<= 1
        }
        return nil
    }
}
