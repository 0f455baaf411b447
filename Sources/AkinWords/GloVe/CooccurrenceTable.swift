import AkinVectors

/// How often pairs of words stand near each other, in memory: an open-addressed hash table from pairs to weights.
struct CooccurrenceTable {
    /// A pair and its weight. The key is first << 32 | second, the first not above the second.
    struct Entry {
        var key: UInt64
        var weight: Float
    }

    private let keys: AlignedBuffer<UInt64>
    private let weights: AlignedBuffer<Float>
    private let mask: Int
    private(set) var count = 0

    private static let free = UInt64.max

    /// - Parameter bytes: what the table may take, a quarter of it for putting entries in order.
    init(bytes: Int) {
        var capacity = 1 << 12
        while capacity * 2 * 28 <= bytes { capacity *= 2 }
        keys = AlignedBuffer(count: capacity)
        weights = AlignedBuffer(count: capacity)
        mask = capacity - 1
        unsafe keys.buffer.update(repeating: Self.free)
    }

    var isFull: Bool { count > mask / 10 * 7 }

    @inline(__always)
    mutating func add(_ first: Int32, _ second: Int32, _ weight: Float) {
        let key = UInt64(UInt32(bitPattern: min(first, second))) << 32 | UInt64(UInt32(bitPattern: max(first, second)))
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
        while unsafe keys.base[slot] != key {
            if unsafe keys.base[slot] == Self.free {
                unsafe keys.base[slot] = key
                count += 1
                break
            }
            slot = (slot + 1) & mask
        }
        unsafe weights.base[slot] += weight
    }

    /// Takes all entries out, in the order of their keys.
    mutating func drain() -> [Entry] {
        var entries: [Entry] = []
        entries.reserveCapacity(count)
        for slot in 0...mask where unsafe keys.base[slot] != Self.free {
            unsafe entries.append(Entry(key: keys.base[slot], weight: weights.base[slot]))
            unsafe (keys.base[slot], weights.base[slot]) = (Self.free, 0)
        }
        count = 0
        entries.sort { $0.key < $1.key }
        return entries
    }
}
