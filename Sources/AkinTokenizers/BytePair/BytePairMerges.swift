/// Which two tokens become one, and in which order: the rules that byte-pair encoding learnt (Sennrich et al. 2016,
/// "Neural Machine Translation of Rare Words with Subword Units", section 3.2).
struct BytePairMerges: Sendable {
    /// What two tokens become.
    struct Merge {
        /// The lower, the earlier.
        var rank: UInt32
        var id: Int32
    }

    /// No pair: after every rank.
    static let none = Merge(rank: .max, id: -1)

    /// (power of two) left << 32 | right; meaningless where the value is `empty`.
    private(set) var keys: [UInt64]
    /// (power of two) rank << 32 | merged token.
    private(set) var values: [UInt64]

    private static let empty = UInt64.max

    /// - Parameter pairs: How many there will be.
    init(pairs: Int) {
        var size = 16
        while size < 2 * pairs + 2 { size *= 2 }
        keys = [UInt64](repeating: 0, count: size)
        values = [UInt64](repeating: Self.empty, count: size)
    }

    /// Rules that were stored; nil when a search in them might not end or lead to a token that is not there.
    init?(keys: [UInt64], values: [UInt64], highestID: Int32) {
        guard keys.count > 0, keys.count & (keys.count - 1) == 0, values.count == keys.count,
            values.contains(Self.empty),
            values.allSatisfy({ $0 == Self.empty || $0 & 0xFFFF_FFFF <= UInt64(max(0, highestID)) })
        else { return nil }
        (self.keys, self.values) = (keys, values)
    }

    /// Of two rules for a pair the last counts.
    mutating func insert(_ left: Int32, _ right: Int32, rank: UInt32, id: Int32) {
        let key = Self.key(left, right)
        let slot = slot(of: key)
        keys[slot] = key
        values[slot] = UInt64(rank) << 32 | UInt64(UInt32(bitPattern: id))
    }

    @inline(__always)
    subscript(left: Int32, right: Int32) -> Merge {
        let value = values[slot(of: Self.key(left, right))]
        return value == Self.empty
            ? Self.none
            : Merge(rank: UInt32(truncatingIfNeeded: value >> 32), id: Int32(truncatingIfNeeded: value))
    }

    @inline(__always)
    private func slot(of key: UInt64) -> Int {
        let mask = keys.count - 1
        let hash = key &* 0x9E37_79B9_7F4A_7C15
        var slot = Int(truncatingIfNeeded: hash >> 32 ^ hash >> 7) & mask
        while values[slot] != Self.empty, keys[slot] != key { slot = (slot + 1) & mask }
        return slot
    }

    @inline(__always)
    private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }
}
