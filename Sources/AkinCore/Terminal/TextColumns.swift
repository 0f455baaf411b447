/// Columns that text takes on a terminal or in any font of fixed width (Unicode Standard Annex 11, East Asian Width).
package enum TextColumns {
    /// 2 for East Asian wide and full-width characters and emoji, 0 for control characters and for what combines with
    /// its neighbour.
    package static func width(_ character: Character) -> Int {
        if character.isASCII { return isControl(character) ? 0 : 1 }
        var columns = 0
        for scalar in character.unicodeScalars {
            if scalar == "\u{FE0F}" || isWide(scalar) { return 2 }
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .format, .control: continue
            default: columns = 1
            }
        }
        return columns
    }

    package static func width(_ text: some Sequence<Character>) -> Int { text.reduce(0) { $0 + width($1) } }

    /// The text in at most `columns` columns, the last of them `…` where something was left out.
    package static func cut(_ text: some Collection<Character>, to columns: Int) -> String {
        guard columns > 0 else { return "" }
        guard width(text) > columns else { return String(text) }
        var left = columns - 1
        let kept = text.prefix { character in
            left -= width(character)
            return left >= 0
        }
        return String(kept) + "…"
    }

    /// Whether a scalar belongs to a script that is shown two columns wide and, except for Hangul, written without
    /// spaces.
    package static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x1100 else { return false }
        return wideRanges.contains { $0.contains(scalar.value) } || scalar.properties.isEmojiPresentation
    }

    private static func isControl(_ character: Character) -> Bool {
        character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .control }
    }

    /// The blocks of EastAsianWidth.txt with the property W or F, joined where the gaps hold nothing that is printed.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xA960...0xA97F,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
        0x16FE0...0x18DFF,
        0x1AFF0...0x1B2FF, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD,
    ]
}
