/// Punctuation that ends sentences, by script.
enum SentenceMarks {
    /// Whether a scalar is an end mark of any kind.
    static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        endsBeforeSpace(scalar) || (scalar.value > 0x500 && endsAlone(scalar))
    }

    /// Marks that end a sentence only with white space behind them.
    static func endsBeforeSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ".", "!", "?", "\u{2026}", "\u{203C}", "\u{2047}", "\u{2048}", "\u{2049}", "\u{203D}", "\u{FF0E}": true
        default: false
        }
    }

    /// Marks that end a sentence wherever they stand: CJK, Arabic, Urdu, Indic, Armenian, Ethiopic, Tibetan, Burmese,
    /// Khmer and Thai.
    static func endsAlone(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3002, 0xFF01, 0xFF1F, 0xFF1B, 0xFF61: true
        case 0x061F, 0x06D4, 0x0964, 0x0965, 0x0589: true
        case 0x1362, 0x1367, 0x1368, 0x0F0D, 0x0F0E, 0x104B, 0x17D4, 0x17D5, 0x0E5A, 0x0E5B: true
        default: false
        }
    }

    /// Quotes and brackets that go with the mark before them.
    static func isClosing(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\"", "'", ")", "]", "}", "*", "_", "\u{2019}", "\u{201D}": true
        case "\u{300D}", "\u{300F}", "\u{FF09}", "\u{3011}", "\u{300B}", "\u{3009}", "\u{3015}", "\u{FF3D}", "\u{FF5D}",
            "\u{FF63}":
            true
        default: false
        }
    }

    /// Quotes that close in one language and open in another: “ « » ‹ ›. They go with the mark before them if white
    /// space follows.
    static func isClosingBeforeSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\u{201C}", "\u{00BB}", "\u{00AB}", "\u{203A}", "\u{2039}": true
        default: false
        }
    }

    /// Quotes and brackets in front of a sentence.
    static func isOpening(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\"", "'", "(", "[", "{", "*", "_", "\u{2018}", "\u{201C}", "\u{201E}", "\u{201A}", "\u{00AB}", "\u{00BB}",
            "\u{2039}",
            "\u{203A}":
            true
        case "\u{00BF}", "\u{00A1}", "\u{300C}", "\u{300E}", "\u{FF08}", "\u{3010}", "\u{300A}": true
        default: false
        }
    }

    /// Marks that show that a sentence goes on.
    static func continuesSentence(_ scalar: Unicode.Scalar) -> Bool { scalar == "," || scalar == ";" || scalar == ":" }

    /// Marks after a closing CJK quote that show that the quoted sentence is part of a larger one: commas and the
    /// Japanese particle と.
    static func continuesAfterQuote(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\u{3001}" || scalar == "\u{FF0C}" || scalar == "," || scalar == "\u{3068}"
    }
}

extension Unicode.Scalar {
    /// A line feed, carriage return, next line, vertical tab, form feed, or line or paragraph separator.
    var isLineBreak: Bool {
        switch value {
        case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }

    /// White space of any kind, line breaks included.
    var isWhiteSpaceOrBreak: Bool {
        switch value {
        case 0x20, 0x09...0x0D: true
        case ..<0x85: false
        case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// A lower-case letter.
    var isLowerCase: Bool {
        if value < 0x80 { return value >= 0x61 && value <= 0x7A }
        return value < 0x2E80 && properties.isLowercase
    }

    /// A letter of any script.
    var isLetter: Bool {
        if value < 0x80 { return (value | 0x20) >= 0x61 && (value | 0x20) <= 0x7A }
        return properties.isAlphabetic
    }

    /// An ASCII digit.
    var isDigit: Bool { value >= 0x30 && value <= 0x39 }

    /// A Han character or a kana.
    var isIdeographOrKana: Bool {
        switch value {
        case 0x3005...0x3007, 0x3041...0x30FA, 0x30FC...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
            0x20000...0x323AF:
            true
        default: false
        }
    }
}
