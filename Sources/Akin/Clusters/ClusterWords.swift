import AkinText

/// The words clusters are named by.
struct ClusterWords {
    /// The language of texts too short to tell theirs.
    private let common: Language

    /// The words of scripts without spaces.
    private let lexicon: UnspacedLexicon

    /// Texts, and characters of each, that tell the language of most.
    private static let sample = (texts: 200, characters: 400)

    /// - Parameter texts: all that there are.
    init(of texts: [String]) {
        let some = stride(from: 0, to: texts.count, by: max(1, texts.count / Self.sample.texts))
        common = LanguageGuess.language(
            of: some.map { texts[$0].prefix(Self.sample.characters) }.joined(separator: "\n"))
        lexicon = UnspacedLexicon(of: texts)
    }

    /// Longer words are data rather than language, and no name.
    private static let longestWord = 40

    /// The words of a text in order, lower-cased, without the stop words of its language, numbers, single letters and
    /// monsters.
    func tokens(of text: String) -> [String] {
        let guess = LanguageGuess.language(of: text)
        let stopWords = StopWords.set(for: guess == .other ? common : guess)
        return KeywordText.words(of: text, lexicon: lexicon).filter { word in
            !stopWords.contains(word) && (2...Self.longestWord).contains(word.unicodeScalars.count)
                && word.contains(where: \.isLetter)
        }
    }
}
