import AkinVectors

/// Texts made at random of what sentence and keyword rules look at: marks, spaces, breaks and letters of many scripts.
struct RandomText {
    private var generator: SeededGenerator

    private static let pieces: [String] = [
        " ", " ", " ", "\n", "\n\n", "\r\n", "\t", "\u{2028}", "\u{A0}", "\u{3000}", ".", ".", "!", "?", "…", "...",
        "。", "！", "？",
        "；", "।", "؟",
        "\"", "'", "(", ")", "[", "]", "“", "”", "„", "「", "」", "*", "^", ":", "-", "#", "# ", "- ", "1. ", ",", "，",
        "、", "NEAR",
        "AND", "OR", "NOT",
        "a", "The", "Dr", "z.B", "U.S", "word", "größer", "Übung", "3", "2024", "3.14", "汉", "字典", "東京", "カタカナ", "ひらがな",
        "と", "한국어", "ไทย",
        "กั", "ភាសា", "မြန်မာ", "ﾊﾟ", "ＡＢＣ", "हिन्दी", "عربي", "e\u{301}", "\u{301}", "\u{200D}", "👩‍👩‍👧", "🇩🇪", "\u{0}", "\u{7}",
        "\u{FFFD}", "𠮷", "\u{E000}", "\u{F0000}",
    ]

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func integer(below bound: Int) -> Int { generator.integer(below: bound) }

    mutating func text(pieces count: Int) -> String {
        (0..<count).map { _ in Self.pieces[generator.integer(below: Self.pieces.count)] }.joined()
    }

    /// Tokens as an encoder might find them: runs of letters and digits, long ones in parts, and single other scalars.
    mutating func tokenStarts(in text: String) -> [Int] {
        var starts: [Int] = []
        var begin: Int?
        for (index, scalar) in text.unicodeScalars.enumerated() {
            let isLetter = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            if let start = begin, !isLetter || index - start >= 4 { begin = nil }
            if isLetter, begin == nil {
                begin = index
                starts.append(index)
            } else if !isLetter, !scalar.properties.isWhitespace {
                starts.append(index)
            }
        }
        return starts
    }
}

/// The part of a text that a range of scalars names.
func substring(_ text: String, _ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: Array(text.unicodeScalars)[range])
    return String(view)
}
