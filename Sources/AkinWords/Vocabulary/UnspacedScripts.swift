/// The scripts that are written without spaces between words.
///
/// Block ranges are those of the Unicode Standard (chapters 16 and 18, `Scripts.txt`).
enum UnspacedScripts {
    private static let ranges: [ClosedRange<UInt32>] = [
        0x0E00...0x0EFF,  // Thai, Lao
        0x1000...0x109F,  // Myanmar
        0x1780...0x17FF,  // Khmer
        0x19E0...0x19FF,  // Khmer symbols
        0x1A20...0x1AAF,  // Tai Tham
        0x2E80...0x2FDF,  // CJK radicals
        0x3005...0x3007,  // ideographic iteration mark, closing mark and zero
        0x3021...0x3029,  // Hangzhou numerals
        0x3031...0x3035,  // kana repeat marks
        0x3040...0x312F,  // hiragana, katakana, bopomofo
        0x31A0...0x31BF,  // bopomofo extended
        0x31F0...0x31FF,  // katakana phonetic extensions
        0x3400...0x4DBF,  // Han extension A
        0x4E00...0x9FFF,  // Han
        0xA9E0...0xA9FF,  // Myanmar extended B
        0xAA60...0xAA7F,  // Myanmar extended A
        0xF900...0xFAFF,  // Han compatibility
        0xFF66...0xFF9F,  // half-width katakana
        0x1B000...0x1B16F,  // kana supplement and extensions
        0x20000...0x3FFFF,  // Han extensions B and later
    ]

    /// Whether words in the scalar's script are written without spaces between them. Digits and punctuation of these
    /// blocks count too: ask for letters first.
    static func contains(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        guard value >= 0x0E00 else { return false }
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(value)
    }
}
