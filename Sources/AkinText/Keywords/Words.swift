extension KeywordText {
    /// The words of a text in their order, in lower case: cluster names are made of them.
    ///
    /// A word is a run of letters, digits and marks, with single apostrophes and hyphens inside it; `’` becomes `'`.
    /// Scripts without spaces give the words of a lexicon, and overlapping pairs of characters where it knows none, or
    /// the one character of a run of one.
    /// - Complexity: O(n).
    package static func words(of text: String, lexicon: UnspacedLexicon = UnspacedLexicon(of: [])) -> [String] {
        var words: [String] = []
        for segment in KeywordSegment.segments(of: text) {
            switch segment {
            case .spaced(let scalars):
                appendWords(of: scalars, to: &words)
            case .unspaced(let units):
                words += lexicon.words(of: units).map(withoutStandIns)
            }
        }
        return words
    }

    private static func appendWords(of scalars: [Unicode.Scalar], to words: inout [String]) {
        var word = String.UnicodeScalarView()
        var hasToken = false
        func close() {
            if hasToken { words.append(String(word).lowercased()) }
            word = String.UnicodeScalarView()
            hasToken = false
        }
        for (index, scalar) in scalars.enumerated() {
            if scalar == "\u{AD}" || scalar == "\u{200B}" || scalar == "\u{2060}" || scalar == "\u{FEFF}" {
                // It says where a line may be broken, not where a word ends.
                continue
            } else if scalar.isWordScalar {
                word.append(scalar)
                hasToken = hasToken || scalar.isTokenScalar
            } else if isJoiner(scalar), hasToken, index + 1 < scalars.count, scalars[index + 1].isTokenScalar {
                word.append(scalar == "\u{2019}" ? "'" : scalar == "\u{2010}" ? "-" : scalar)
            } else {
                close()
            }
        }
        close()
    }

    private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "'" || scalar == "-" || scalar == "\u{2019}" || scalar == "\u{2010}" || scalar == "\u{200C}"
            || scalar == "\u{200D}"
    }

    /// A word with its marks as they are written.
    private static func withoutStandIns(_ word: String) -> String {
        guard word.unicodeScalars.contains(where: { $0.value >= 0xE000 && $0.value < 0xE300 }) else { return word }
        var result = String.UnicodeScalarView()
        for scalar in word.unicodeScalars {
            let offset: UInt32 =
                switch scalar.value {
                case 0xE000..<0xE100: 0xE000 - 0x0E00
                case 0xE100..<0xE200: 0xE100 - 0x1000
                case 0xE200..<0xE300: 0xE200 - 0x1780
                default: 0
                }
            result.append(Unicode.Scalar(scalar.value - offset) ?? scalar)
        }
        return String(result)
    }
}
