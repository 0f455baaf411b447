/// Text as a terminal shows it: one line, no control characters, measured in columns.
enum DisplayText {
    /// The text with every run of white space made one space and every control character, which could move the cursor or ring the bell,
    /// left out.
    static func oneLine(_ text: String) -> [Character] {
        var result: [Character] = []
        var spaceIsDue = false
        for character in text {
            if character.isWhitespace {
                spaceIsDue = !result.isEmpty
            } else if !isControl(character) {
                if spaceIsDue { result.append(" ") }
                spaceIsDue = false
                result.append(character)
            }
        }
        return result
    }

    /// Columns of a character: 2 for East Asian wide and full-width characters and emoji, 0 for what combines with its neighbour (Unicode
    /// UAX #11).
    static func width(_ character: Character) -> Int {
        if character.isASCII { return 1 }
        var columns = 0
        for scalar in character.unicodeScalars {
            if scalar == "\u{FE0F}" || isWide(scalar) { return 2 }
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .format: continue
            default: columns = 1
            }
        }
        return columns
    }

    static func width(_ text: some Sequence<Character>) -> Int {
        text.reduce(0) { $0 + width($1) }
    }

    /// The text cut to a width, with an ellipsis where something was left out.
    static func cut(_ text: [Character], to columns: Int) -> String {
        guard width(text) > columns else { return String(text) }
        var left = columns - 1
        let kept = text.prefix { character in
            left -= width(character)
            return left >= 0
        }
        return String(kept) + "…"
    }

    /// Whether the character belongs to a script that is written without spaces and shown two columns wide.
    static func isWide(_ character: Character) -> Bool {
        character.unicodeScalars.first.map(isWide) ?? false
    }

    private static func isControl(_ character: Character) -> Bool {
        character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .control || $0.properties.generalCategory == .format }
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x1100 else { return false }
        return wideRanges.contains { $0.contains(scalar.value) }
    }

    /// The blocks of EastAsianWidth.txt with the property W or F, joined where the gaps hold nothing that is printed.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97C,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF,
        0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD,
    ]
}
