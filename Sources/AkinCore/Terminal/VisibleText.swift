/// Text of others made safe to show. A terminal obeys some characters in place of showing them: they move the cursor,
/// change the title or the clipboard, or reverse the order of the text beside them.
package enum VisibleText {
    /// Whether a scalar acts on a terminal, or on the order of text, in place of being shown: control characters, marks
    /// of direction (Unicode Standard Annex 9), line separators, annotations, byte order marks and tags.
    package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E: false
        case ..<0xA0: true
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
        default: false
        }
    }

    /// The text on one line, every hidden scalar as Swift would spell it: `\u{1B}`.
    package static func line(_ text: String) -> String { replaced(text) { "\\u{\(hexadecimal($0))}" } }

    /// The same with line breaks, of any kind, and tabs.
    package static func lines(_ text: String) -> String {
        let unified = text.contains { $0 == "\r\n" } ? text.replacing("\r\n", with: "\n") : text
        return replaced(unified) { scalar in
            switch scalar {
            case "\n", "\t": String(scalar)
            case "\r", "\u{85}", "\u{2028}", "\u{2029}": "\n"
            default: "\\u{\(hexadecimal(scalar))}"
            }
        }
    }

    /// Characters without the hidden scalars in them; nil where nothing is left.
    package static func shown(_ character: Character) -> Character? {
        guard character.unicodeScalars.contains(where: isHidden) else { return character }
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: character.unicodeScalars.filter { !isHidden($0) })
        return String(kept).first
    }

    private static func replaced(_ text: String, _ replacement: (Unicode.Scalar) -> String) -> String {
        guard text.unicodeScalars.contains(where: isHidden) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isHidden(scalar) { result += replacement(scalar) } else { result.unicodeScalars.append(scalar) }
        }
        return result
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        String(scalar.value, radix: 16, uppercase: true)
    }
}
