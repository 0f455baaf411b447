import AkinCore

/// Byte strings and their numbers, as a tree of bytes: one step for each byte, as long as a string continues.
///
/// Children are found by hashing (open addressing, at most half full). A node at which a string ends has the string's
/// number, and the others have higher numbers, so that a step finds the string without another memory access.
struct ByteTrie: Sendable {
    /// More nodes than this are not read.
    private static let maximumNodes: UInt32 = 1 << 24

    /// (power of two) parent << 40 | byte << 32 | child; a parent's key is its number + 1, so that 0 is an empty slot.
    private(set) var slots: [UInt64]
    /// Numbers below it are strings', the others inner nodes'.
    let valueCount: UInt32

    /// The node from which every string starts.
    static let root: UInt32 = .max

    /// - Parameter strings: Byte ranges; the place of each is its number. Of equal strings the last counts; empty ones
    ///   are left out.
    /// - Throws: `AkinError.invalidData` past 16 million nodes.
    init(_ bytes: [UInt8], strings: [Range<Int>]) throws {
        var table = Table(bits: 10)
        // Numbers in order of appearance first.
        var values: [Int32] = []
        for (number, string) in strings.enumerated() where !string.isEmpty {
            var node = Self.root
            for byte in bytes[string] {
                if let child = table.child(of: node, byte) {
                    node = child
                    continue
                }
                guard values.count < Self.maximumNodes else {
                    throw AkinError(
                        .invalidData,
                        "The vocabulary is too large: its tokens have more than \(Self.maximumNodes) different beginnings."
                    )
                }
                let child = UInt32(values.count)
                values.append(-1)
                table.insert(Self.key(node, byte) << 32 | UInt64(child))
                node = child
            }
            values[Int(node)] = Int32(number)
        }
        valueCount = UInt32(strings.count)
        var inner = valueCount
        let numbers = values.map { value in
            if value >= 0 { return UInt32(value) }
            inner += 1
            return inner - 1
        }
        guard inner < Self.maximumNodes else {
            throw AkinError(.invalidData, "The vocabulary is too large: it has \(strings.count) tokens.")
        }
        var renamed = Table(bits: table.bits)
        for entry in table.slots where entry != 0 {
            let parent = UInt32(truncatingIfNeeded: entry >> 40)
            let named = parent == 0 ? Self.root : numbers[Int(parent - 1)]
            let child = numbers[Int(UInt32(truncatingIfNeeded: entry))]
            renamed.insert(Self.key(named, UInt8(truncatingIfNeeded: entry >> 32)) << 32 | UInt64(child))
        }
        slots = renamed.slots
    }

    /// A tree that was stored; nil when a search in it might not end.
    init?(slots: [UInt64], valueCount: Int) {
        guard slots.count > 0, slots.count & (slots.count - 1) == 0, slots.contains(0) else { return nil }
        self.slots = slots
        self.valueCount = UInt32(valueCount)
    }

    @inline(__always)
    static func child(of node: UInt32, _ byte: UInt8, in slots: borrowing Span<UInt64>) -> UInt32? {
        let key = key(node, byte)
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash(key) >> 32) & mask
        while case let entry = slots[slot], entry != 0 {
            if entry >> 32 == key { return UInt32(truncatingIfNeeded: entry) }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// The number of a string; nil when the tree does not have it.
    func value(of string: some Sequence<UInt8>) -> Int32? {
        var node = Self.root
        for byte in string {
            guard let child = Self.child(of: node, byte, in: slots.span) else { return nil }
            node = child
        }
        return node < valueCount ? Int32(node) : nil
    }

    /// At most 32 bits: numbers of nodes are below 2^24 − 1.
    @inline(__always)
    private static func key(_ node: UInt32, _ byte: UInt8) -> UInt64 { UInt64(node &+ 1) << 8 | UInt64(byte) }

    @inline(__always)
    private static func hash(_ key: UInt64) -> UInt64 { key &* 0x9E37_79B9_7F4A_7C15 }

    /// A table that grows.
    private struct Table {
        private(set) var slots: [UInt64]
        private(set) var bits: Int
        private var count = 0

        init(bits: Int) {
            self.bits = bits
            slots = [UInt64](repeating: 0, count: 1 << bits)
        }

        @inline(__always)
        func child(of node: UInt32, _ byte: UInt8) -> UInt32? { ByteTrie.child(of: node, byte, in: slots.span) }

        mutating func insert(_ entry: UInt64) {
            count += 1
            if 2 * count > slots.count {
                var larger = Table(bits: bits + 1)
                for entry in slots where entry != 0 { larger.insert(entry) }
                larger.count = count
                self = larger
            }
            let mask = slots.count - 1
            var slot = Int(truncatingIfNeeded: ByteTrie.hash(entry >> 32) >> 32) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = entry
        }
    }
}
