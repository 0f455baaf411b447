import AkinText

/// The words that clusters are named by.
struct ClusterWords {
    /// The language of texts that are too short to show their own.
    private let common: Language

    /// The words of scripts without spaces.
    private let lexicon: UnspacedLexicon

    /// How many texts, and how many characters of each, are enough to find the language of most.
    private static let sample = (texts: 200, characters: 400)

    /// - Parameter texts: all that there are.
    init(of texts: [String]) {
        let some = stride(from: 0, to: texts.count, by: max(1, texts.count / Self.sample.texts))
        common = LanguageGuess.language(
            of: some.map { texts[$0].prefix(Self.sample.characters) }.joined(separator: "\n"))
        lexicon = UnspacedLexicon(of: texts)
    }

    /// A longer word is data rather than language, and names nothing.
    private static let longestWord = 40

    /// The words of a text in order, lower-cased, without the stop words of its language, numbers, single letters and
    /// overlong words.
    func tokens(of text: String) -> [String] {
        let guess = LanguageGuess.language(of: text)
        let stopWords = StopWords.set(for: guess == .other ? common : guess)
        return KeywordText.words(of: text, lexicon: lexicon).filter { word in
            !stopWords.contains(word) && (2...Self.longestWord).contains(word.unicodeScalars.count)
                && word.contains(where: \.isLetter)
        }
    }
}
