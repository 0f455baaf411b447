/// Decompresses DEFLATE (RFC 1951) piece by piece, in a fixed amount of memory, and never gives out more than its
/// limit.
struct Inflater {
    /// What is wrong with the compressed bytes, as the end of a sentence.
    struct Fault: Error { let reason: String }

    /// How many bytes back a copy may reach.
    private static let window = 1 << 15
    private static let block = 1 << 18

    private let refill: () throws -> [UInt8]
    private let emit: (ArraySlice<UInt8>) throws -> Void
    /// Bytes that may still be given out.
    private var allowance: Int

    private var input: [UInt8] = []
    private var position = 0
    private var hasEnded = false
    private var bits: UInt64 = 0
    private var bitCount = 0
    /// Output that is not given out yet, after up to `window` bytes that are.
    private var output: [UInt8] = []
    private var given = 0

    /// - Parameters:
    ///   - limit: the most bytes that may come out.
    ///   - refill: the next piece of the compressed bytes; empty at the end.
    ///   - emit: takes what comes out.
    init(limit: Int, refill: @escaping () throws -> [UInt8], emit: @escaping (ArraySlice<UInt8>) throws -> Void) {
        allowance = limit
        self.refill = refill
        self.emit = emit
        output.reserveCapacity(Self.window + Self.block + 258)
    }

    /// Decompresses the whole stream.
    ///
    /// - Throws: `Fault` for a stream that is broken, cut short or too long, and what `refill` and `emit` throw.
    mutating func run() throws {
        var isLast = false
        while !isLast {
            isLast = try take(1) == 1
            switch try take(2) {
            case 0: try stored()
            case 1: try compressed(Self.fixedLiterals, Self.fixedDistances)
            case 2:
                let (literals, distances) = try codes()
                try compressed(literals, distances)
            default: throw Fault(reason: "has a block of an unknown kind")
            }
        }
        try flush(keeping: 0)
    }

    private mutating func stored() throws {
        _ = try take(bitCount & 7)
        let length = try take(16)
        guard try take(16) == ~length & 0xFFFF else { throw Fault(reason: "has a stored block of a broken length") }
        for _ in 0..<length { try append(UInt8(truncatingIfNeeded: try take(8))) }
    }

    private mutating func compressed(_ literals: HuffmanCode, _ distances: HuffmanCode) throws {
        while true {
            let symbol = try take(literals)
            if symbol < 256 {
                try append(UInt8(truncatingIfNeeded: symbol))
                continue
            }
            if symbol == 256 { return }
            guard symbol < 286 else { throw Fault(reason: "has an impossible length") }
            let length = Self.lengthBases[symbol - 257] + (try take(Self.lengthBits[symbol - 257]))
            let place = try take(distances)
            guard place < 30 else { throw Fault(reason: "has an impossible distance") }
            let distance = Self.distanceBases[place] + (try take(Self.distanceBits[place]))
            guard distance <= output.count else { throw Fault(reason: "repeats bytes from before its beginning") }
            guard length <= allowance else { throw Fault(reason: "is larger than it claims") }
            allowance -= length
            var source = output.count - distance
            for _ in 0..<length {
                output.append(output[source])
                source += 1
            }
            if output.count - given >= Self.block { try flush(keeping: Self.window) }
        }
    }

    /// The two codes that stand at the head of a block (section 3.2.7).
    private mutating func codes() throws -> (HuffmanCode, HuffmanCode) {
        let fault = Fault(reason: "has a block with broken codes")
        let (literalCount, distanceCount, lengthCount) = (try take(5) + 257, try take(5) + 1, try take(4) + 4)
        guard literalCount <= 286, distanceCount <= 30 else { throw fault }
        var lengthLengths = [UInt8](repeating: 0, count: 19)
        for place in 0..<lengthCount { lengthLengths[Self.lengthOrder[place]] = UInt8(try take(3)) }
        guard let code = HuffmanCode(lengths: lengthLengths[...]) else { throw fault }
        var lengths: [UInt8] = []
        while lengths.count < literalCount + distanceCount {
            let symbol = try take(code)
            switch symbol {
            case 0..<16: lengths.append(UInt8(symbol))
            case 16:
                guard let last = lengths.last else { throw fault }
                lengths += [UInt8](repeating: last, count: 3 + (try take(2)))
            case 17: lengths += [UInt8](repeating: 0, count: 3 + (try take(3)))
            default: lengths += [UInt8](repeating: 0, count: 11 + (try take(7)))
            }
        }
        guard lengths.count == literalCount + distanceCount, lengths[256] > 0,
            let literals = HuffmanCode(lengths: lengths[..<literalCount]),
            let distances = HuffmanCode(lengths: lengths[literalCount...])
        else { throw fault }
        return (literals, distances)
    }

    private mutating func append(_ byte: UInt8) throws {
        guard allowance > 0 else { throw Fault(reason: "is larger than it claims") }
        allowance -= 1
        output.append(byte)
        if output.count - given >= Self.block { try flush(keeping: Self.window) }
    }

    private mutating func flush(keeping kept: Int) throws {
        try emit(output[given...])
        output.removeFirst(max(0, output.count - kept))
        given = output.count
    }

    /// The next bits as a number, the first in the lowest place; at most 16.
    @inline(__always)
    private mutating func take(_ count: Int) throws -> Int {
        if bitCount < count { try fill() }
        guard bitCount >= count else { throw Fault(reason: "is cut short") }
        let value = Int(bits & (1 << UInt64(count) - 1))
        bits >>= UInt64(count)
        bitCount -= count
        return value
    }

    @inline(__always)
    private mutating func take(_ code: HuffmanCode) throws -> Int {
        if bitCount < HuffmanCode.longest { try fill() }
        guard let (symbol, length) = code.symbol(bits) else { throw Fault(reason: "has a code without a meaning") }
        guard length <= bitCount else { throw Fault(reason: "is cut short") }
        bits >>= UInt64(length)
        bitCount -= length
        return symbol
    }

    /// Reads until at least 48 bits are there, or all that are left.
    private mutating func fill() throws {
        while bitCount <= 56 {
            if position == input.count {
                if hasEnded { return }
                input = try refill()
                position = 0
                hasEnded = input.isEmpty
                continue
            }
            bits |= UInt64(input[position]) << UInt64(bitCount)
            position += 1
            bitCount += 8
        }
    }

    private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    private static let lengthBits = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let lengthBases = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let distanceBits = (0..<30).map { max(0, $0 / 2 - 1) }
    private static let distanceBases = distanceBits.reduce(into: [1]) { $0.append($0[$0.count - 1] + 1 << $1) }

    private static let fixedLiterals = fixedCode(
        [UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112) + [UInt8](repeating: 7, count: 24)
            + [UInt8](repeating: 8, count: 8))
    private static let fixedDistances = fixedCode([UInt8](repeating: 5, count: 32))

    private static func fixedCode(_ lengths: [UInt8]) -> HuffmanCode {
        guard let code = HuffmanCode(lengths: lengths[...]) else {
            preconditionFailure("the fixed codes of DEFLATE are complete")
        }
        return code
    }
}
