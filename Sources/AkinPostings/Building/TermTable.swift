/// Gives each term a number, in the order in which terms are met first: a hash table with open addressing over the
/// bytes of all terms.
struct TermTable {
    private(set) var bytes: [UInt8] = []
    private var starts = [0]
    /// A term's number plus one; 0 where there is none. A power of two in size, at most half full.
    private var slots = [UInt32](repeating: 0, count: 1 << 12)

    var count: Int { starts.count - 1 }

    subscript(number: Int) -> ArraySlice<UInt8> { bytes[starts[number]..<starts[number + 1]] }

    /// The number of a term, which is added where it is new.
    mutating func number(of term: ArraySlice<UInt8>) -> Int {
        var slot = Self.hash(term) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            if self[number].elementsEqual(term) { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        bytes.append(contentsOf: term)
        starts.append(bytes.count)
        slots[slot] = UInt32(count)
        if 2 * count > slots.count { grow() }
        return count - 1
    }

    /// The numbers of all terms in the order of their bytes.
    func sorted() -> [Int] { (0..<count).sorted { self[$0].lexicographicallyPrecedes(self[$1]) } }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: 2 * slots.count)
        for number in 0..<count {
            var slot = Self.hash(self[number]) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number + 1)
        }
    }

    /// FNV-1a (Fowler, Noll and Vo), with its upper half folded into the lower.
    private static func hash(_ term: ArraySlice<UInt8>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in term { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: (hash ^ hash >> 32) & 0xFFFF_FFFF)
    }
}
