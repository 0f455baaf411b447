import AkinText

/// The words clusters are named by.
enum ClusterWords {
    /// The words of a text in order, lower-cased, without the stop words of its language, numbers and single letters.
    static func tokens(of text: String) -> [String] {
        let stopWords = StopWords.set(for: LanguageGuess.language(of: text))
        return KeywordText.words(of: text).filter { word in
            !stopWords.contains(word) && word.unicodeScalars.count > 1 && word.contains(where: \.isLetter)
        }
    }
}
