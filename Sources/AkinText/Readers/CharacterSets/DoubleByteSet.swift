/// A character set of East Asia, most of whose characters take two bytes, as far as a text can be known by it.
struct DoubleByteSet: Sendable {
    let set: CharacterSet
    private let leads: [ClosedRange<UInt8>]
    private let trails: [ClosedRange<UInt8>]
    /// Bytes that are a character by themselves.
    private var singles: ClosedRange<UInt8>?
    /// The first bytes of punctuation and signs, which say nothing.
    private let signs: ClosedRange<UInt8>
    /// Whether a character is one of the few thousand that texts consist of.
    private let isCommon: @Sendable (_ lead: UInt8, _ trail: UInt8) -> Bool
    /// Whether a character is of a kind without which no longer text is.
    private var isTypical: @Sendable (_ lead: UInt8, _ trail: UInt8) -> Bool = { _, _ in true }
    /// The least share of common characters.
    private var leastCommon = 0.8

    /// Those that a text is tried with, in this order: a text of the earlier ones fits later ones too.
    static let all = [
        // Kana, and the kanji of the first level.
        DoubleByteSet(
            set: .eucJP, leads: [0x8E...0x8F, 0xA1...0xFE], trails: [0xA1...0xFE], signs: 0xA1...0xA3,
            isCommon: { lead, _ in (0xA4...0xA5).contains(lead) || (0xB0...0xCF).contains(lead) },
            isTypical: { lead, _ in (0xA4...0xA5).contains(lead) }),
        // Syllables.
        DoubleByteSet(
            set: .eucKR, leads: [0x81...0xFE], trails: [0x41...0x5A, 0x61...0x7A, 0x81...0xFE], signs: 0xA1...0xA3,
            isCommon: { lead, trail in (0xB0...0xC8).contains(lead) && trail >= 0xA1 }, leastCommon: 0.9),
        DoubleByteSet(
            set: .shiftJIS, leads: [0x81...0x9F, 0xE0...0xFC], trails: [0x40...0x7E, 0x80...0xFC],
            singles: 0xA1...0xDF, signs: 0x81...0x81,
            isCommon: { lead, _ in (0x82...0x83).contains(lead) || (0x88...0x98).contains(lead) }),
        // The characters of the first level, many of which have a letter as their second byte.
        DoubleByteSet(
            set: .big5, leads: [0x81...0xFE], trails: [0x40...0x7E, 0xA1...0xFE], signs: 0xA1...0xA3,
            isCommon: { lead, _ in (0xA4...0xC6).contains(lead) }, isTypical: { _, trail in trail < 0x80 }),
        DoubleByteSet(
            set: .gb18030, leads: [0x81...0xFE], trails: [0x30...0x39, 0x40...0x7E, 0x80...0xFE], signs: 0xA1...0xA3,
            isCommon: { lead, trail in (0xB0...0xD7).contains(lead) && trail >= 0xA1 }),
    ]

    /// Whether bytes are most likely a text of the set.
    func fits(_ bytes: ArraySlice<UInt8>) -> Bool {
        var (characters, signs, common, typical, neighbours) = (0, 0, 0, 0, 0)
        var place = bytes.startIndex
        var end = -1
        while place < bytes.endIndex {
            let lead = bytes[place]
            guard lead >= 0x80 else {
                place += 1
                continue
            }
            guard singles?.contains(lead) != true else {
                characters += 1
                place += 1
                continue
            }
            guard leads.contains(where: { $0.contains(lead) }) else { return false }
            // The sample may end within a character.
            guard place + 1 < bytes.endIndex else { break }
            let trail = bytes[place + 1]
            guard trails.contains(where: { $0.contains(trail) }) else { return false }
            if end == place { neighbours += 1 }
            characters += 1
            if self.signs.contains(lead) {
                signs += 1
            } else {
                if isCommon(lead, trail) { common += 1 }
                if isTypical(lead, trail) { typical += 1 }
            }
            place += 2
            end = place
        }
        let letters = Double(characters - signs)
        return letters > 0 && Double(common) >= leastCommon * letters && Double(typical) >= 0.1 * letters
            && Double(neighbours) >= 0.4 * Double(characters)
    }
}
