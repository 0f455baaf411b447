/// What the regular expressions of byte-level tokenizers tell apart.
enum CharacterClass: UInt8, Sendable {
    case other
    /// `\p{L}`.
    case letter
    /// `\p{N}`.
    case number
    /// `\s`.
    case whitespace
}

/// The class of each scalar: planes 0 and 1 from a flat table, the rest by binary search.
///
/// Built once, at the first text (about 0.1 ms).
struct CharacterClassTable: Sendable {
    static let shared = CharacterClassTable()

    private static let flatCount: UInt32 = 0x20000
    private let flat: [CharacterClass]

    private static let ranges: [(CharacterClass, [UInt32])] = [
        (.letter, UnicodeTables.letters), (.number, UnicodeTables.numbers), (.whitespace, UnicodeTables.whitespace),
    ]

    private init() {
        var flat = [CharacterClass](repeating: .other, count: Int(Self.flatCount))
        for (kind, ranges) in Self.ranges {
            for index in stride(from: 0, to: ranges.count, by: 2) where ranges[index] < Self.flatCount {
                for code in ranges[index]...min(ranges[index + 1], Self.flatCount - 1) { flat[Int(code)] = kind }
            }
        }
        self.flat = flat
    }

    @inline(__always)
    subscript(code: UInt32) -> CharacterClass {
        code < Self.flatCount ? flat[Int(code)] : Self.beyondTable(code)
    }

    private static func beyondTable(_ code: UInt32) -> CharacterClass {
        ranges.first { ScalarTable.contains(code, in: $0.1) }?.0 ?? .other
    }
}
