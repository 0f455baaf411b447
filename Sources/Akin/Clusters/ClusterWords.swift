import AkinText

/// The words clusters are named by.
struct ClusterWords {
    /// The language of texts too short to tell theirs.
    private let common: Language

    /// - Parameter sample: some of the texts, which tell the language of most.
    init(sample: [String]) { common = LanguageGuess.language(of: sample.joined(separator: "\n")) }

    /// Longer words are data rather than language, and no name.
    private static let longestWord = 40

    /// The words of a text in order, lower-cased, without the stop words of its language, numbers, single letters and monsters.
    func tokens(of text: String) -> [String] {
        let guess = LanguageGuess.language(of: text)
        let stopWords = StopWords.set(for: guess == .other ? common : guess)
        return KeywordText.words(of: text).filter { word in
            !stopWords.contains(word) && (2...Self.longestWord).contains(word.unicodeScalars.count) && word.contains(where: \.isLetter)
        }
    }
}
