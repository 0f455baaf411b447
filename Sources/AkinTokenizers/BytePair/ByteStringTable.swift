/// Finds byte strings among those of a list, by hashing (open addressing, at most half full).
///
/// The strings themselves are kept by whoever asks, one after the other.
struct ByteStringTable: Sendable {
    /// (power of two) the number of a string + 1; 0 is an empty slot.
    private(set) var slots: [UInt32]

    /// - Parameter strings: How many there will be.
    init(strings: Int) {
        var size = 16
        while size < 2 * strings + 2 { size *= 2 }
        slots = [UInt32](repeating: 0, count: size)
    }

    /// A table that was stored; nil when a search in it might not end or lead to a string that is not there.
    init?(slots: [UInt32], strings: Int) {
        guard slots.count > 0, slots.count & (slots.count - 1) == 0, slots.contains(0),
            slots.allSatisfy({ $0 <= strings })
        else { return nil }
        self.slots = slots
    }

    /// Adds a string; one that equals another takes its place.
    ///
    /// - Parameter starts: (strings + 1) where each begins in `bytes`.
    mutating func insert(_ number: Int, of bytes: [UInt8], starts: [UInt32]) {
        let range = Int(starts[number])..<Int(starts[number + 1])
        let slot = slot(bytes.span, range, among: bytes.span, starts: starts.span)
        slots[slot] = UInt32(number + 1)
    }

    /// The number of the string that equals a range of other bytes; nil where none does.
    @inline(__always)
    func number(
        of text: borrowing Span<UInt8>, _ range: Range<Int>, among bytes: borrowing Span<UInt8>,
        starts: borrowing Span<UInt32>
    ) -> Int? {
        let entry = slots[slot(text, range, among: bytes, starts: starts)]
        return entry == 0 ? nil : Int(entry) - 1
    }

    /// The slot of an equal string, or the empty one where it belongs.
    @inline(__always)
    private func slot(
        _ text: borrowing Span<UInt8>, _ range: Range<Int>, among bytes: borrowing Span<UInt8>,
        starts: borrowing Span<UInt32>
    ) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: Self.hash(text, range)) & mask
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            if Self.equal(text, range, bytes, Int(starts[number])..<Int(starts[number + 1])) { return slot }
            slot = (slot + 1) & mask
        }
        return slot
    }

    @inline(__always)
    private static func equal(
        _ text: borrowing Span<UInt8>, _ range: Range<Int>, _ other: borrowing Span<UInt8>, _ place: Range<Int>
    ) -> Bool {
        guard range.count == place.count else { return false }
        for offset in 0..<range.count where text[range.lowerBound + offset] != other[place.lowerBound + offset] {
            return false
        }
        return true
    }

    @inline(__always)
    private static func hash(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        // FNV-1a's step with a multiplier of 64 bits; the upper bits are the mixed ones.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in range { hash = (hash ^ UInt64(text[index])) &* 0x9E37_79B9_7F4A_7C15 }
        return hash >> 32 ^ hash
    }
}
