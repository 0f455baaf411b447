/// Byte strings numbered from 0 in the order of their first insertion.
///
/// An open-addressed hash table over one arena of bytes: two words are equal when their bytes are, where `String` would
/// also join canonically equal ones, and a word costs its bytes and about 20 more.
struct WordTable: Sendable {
    private var arena: [UInt8] = []
    // offsets[i] ..< offsets[i + 1] are the bytes of word i
    private var offsets: [Int] = [0]
    // Power-of-two many; −1 is free
    private var slots: [Int32]

    init() { slots = [Int32](repeating: -1, count: 1024) }

    var count: Int { offsets.count - 1 }

    /// The number of a word, or nil. Cost: O(bytes).
    func index(of word: some RandomAccessCollection<UInt8>) -> Int? {
        let slot = slot(of: word)
        return slots[slot] < 0 ? nil : Int(slots[slot])
    }

    /// The number of a word, which is added if it is new. Cost: O(bytes), amortised.
    mutating func insert(_ word: some RandomAccessCollection<UInt8>) -> Int {
        let slot = slot(of: word)
        if slots[slot] >= 0 { return Int(slots[slot]) }
        let index = count
        slots[slot] = Int32(index)
        arena.append(contentsOf: word)
        offsets.append(arena.count)
        if 2 * count > slots.count { grow() }
        return index
    }

    func bytes(at index: Int) -> ArraySlice<UInt8> { arena[offsets[index]..<offsets[index + 1]] }

    func text(at index: Int) -> String { String(decoding: bytes(at: index), as: UTF8.self) }

    private func slot(of word: some RandomAccessCollection<UInt8>) -> Int {
        var slot = Int(truncatingIfNeeded: Self.hash(word)) & (slots.count - 1)
        while slots[slot] >= 0, !bytes(at: Int(slots[slot])).elementsEqual(word) {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: 2 * slots.count)
        for index in 0..<count {
            let slot = slot(of: bytes(at: index))
            slots[slot] = Int32(index)
        }
    }

    /// FNV-1a in 64 bits, its high half folded into the low one that picks the slot.
    private static func hash(_ word: some RandomAccessCollection<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash ^ (hash >> 32)
    }
}
