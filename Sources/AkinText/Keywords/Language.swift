/// The languages that Akin has lists for, and all others.
package enum Language: String, CaseIterable, Sendable {
    case english = "en"
    case german = "de"
    case chinese = "zh"
    case japanese = "ja"
    case korean = "ko"
    case other
}

/// A guess at a text's language, good enough to choose a list of stop words.
///
/// By script where that decides (kana: Japanese; Hangul: Korean; Han: Chinese), else by the share of English and German
/// stop words.
package enum LanguageGuess {
    /// How much of a text is read.
    private static let sampledScalars = 20_000

    /// - Complexity: O(1): at most the first 20,000 scalars are read.
    package static func language(of text: String) -> Language {
        var letters = 0
        var han = 0
        var kana = 0
        var hangul = 0
        let sample = text.unicodeScalars.prefix(sampledScalars)
        for scalar in sample {
            switch scalar.value {
            case 0x3041...0x30FF, 0xFF66...0xFF9F: kana += 1
            case 0xAC00...0xD7A3, 0x1100...0x11FF, 0x3131...0x318E: hangul += 1
            case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: han += 1
            default: if scalar.isLetter { letters += 1 }
            }
        }
        // A character of these scripts says about as much as two letters.
        let eastAsian = 2 * (han + kana + hangul)
        if eastAsian > letters {
            if hangul > han + kana { return .korean }
            // Even kanji-laden Japanese has a kana in every few characters.
            return kana * 10 > han + kana ? .japanese : .chinese
        }
        return byStopWords(String(sample))
    }

    private static func byStopWords(_ text: String) -> Language {
        var english = 0
        var german = 0
        var count = 0
        for word in KeywordText.words(of: text) {
            count += 1
            if StopWords.english.contains(word) { english += 1 }
            if StopWords.german.contains(word) { german += 1 }
        }
        // In running English and German text 30 to 50 words of a hundred are on these lists.
        guard max(english, german) * 10 >= count, english != german else { return .other }
        return english > german ? .english : .german
    }
}
