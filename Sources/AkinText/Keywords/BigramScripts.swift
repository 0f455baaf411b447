/// Scripts that are written without spaces between words, and how their characters are cut into keyword units.
extension Unicode.Scalar {
    /// Han, kana, bopomofo, Thai, Lao, Burmese or Khmer: a character that begins a keyword unit of its own. Hangul has
    /// spaces and is not among them, but search treats it the same way (see `KeywordSegment.searched`).
    var beginsBigramUnit: Bool {
        switch value {
        case ..<0x0E00: false
        case 0x3005...0x3007, 0x3041...0x3096, 0x309D...0x309F, 0x30A1...0x30FA, 0x30FC...0x30FF: true
        case 0x3105...0x312F, 0x31A0...0x31BF, 0x31F0...0x31FF: true
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x1B000...0x1B16F, 0x20000...0x323AF: true
        case 0x0E01...0x0EDF, 0x1000...0x109F, 0x1780...0x17DD: isLetter && !isSpacelessMark
        default: false
        }
    }

    /// A vowel sign, tone mark or stacked consonant sign of Thai, Lao, Burmese or Khmer: part of the unit before it.
    var isSpacelessMark: Bool {
        switch value {
        case 0x0E31, 0x0E34...0x0E3A, 0x0E47...0x0E4E, 0x0EB1, 0x0EB4...0x0EBC, 0x0EC8...0x0ECE: true
        case 0x102B...0x103E, 0x1056...0x1059, 0x105E...0x1060, 0x1062...0x1064, 0x1067...0x106D, 0x1071...0x1074,
            0x1082...0x108D:
            true
        case 0x108F, 0x109A...0x109D, 0x17B4...0x17D3, 0x17DD: true
        default: false
        }
    }

    /// The stand-in for a mark in keyword text.
    ///
    /// SQLite's `unicode61` takes combining marks outside U+0300…U+036F for separators, which would cut a syllable in
    /// two; private-use characters (category Co) are token characters by default.
    var keywordStandIn: Unicode.Scalar {
        guard isSpacelessMark else { return self }
        let base: UInt32 =
            switch value {
            case ..<0x1000: 0xE000 - 0x0E00
            case ..<0x1780: 0xE100 - 0x1000
            default: 0xE200 - 0x1780
            }
        return Unicode.Scalar(value + base) ?? self
    }

    /// A character of the half-width and full-width forms that stands for another one: `Ａ` for `A`, `ｱ` for `ア`.
    var isWidthForm: Bool { (value >= 0xFF01 && value <= 0xFF5E) || (value >= 0xFF65 && value <= 0xFF9F) }
}
