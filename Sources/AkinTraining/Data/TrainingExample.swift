import AkinText

/// What a model learns from, one at a time.
package protocol TrainingExample: Sendable {
    /// What the parts of a split have in equal shares; nil where there is nothing of the kind.
    var stratum: String? { get }
    /// Equal for examples of which one would give away the other: the same text, but for case and white space.
    var duplicateKey: String { get }
}

extension LabelledText: TrainingExample {
    package var stratum: String? { label }
    package var duplicateKey: String {
        [text, pair].compactMap(\.self).map(\.foldedForComparison).joined(separator: "\n")
    }
}

extension ScoredPair: TrainingExample {
    package var stratum: String? { nil }
    package var duplicateKey: String { first.foldedForComparison + "\n" + second.foldedForComparison }
}

extension MatchedTexts: TrainingExample {
    package var stratum: String? { nil }
    /// Texts that belong to one text stay together.
    package var duplicateKey: String { anchor.foldedForComparison }
}

extension TaggedSentence: TrainingExample {
    /// Sentences with and without entities.
    package var stratum: String? { tags.contains { $0 != "O" } ? "entities" : nil }
    package var duplicateKey: String { words.joined(separator: " ").foldedForComparison }
}

extension SenseExample: TrainingExample {
    package var stratum: String? { word + "\n" + sense }
    /// Examples of one text stay together.
    package var duplicateKey: String { text.foldedForComparison }
}

extension QuestionExample: TrainingExample {
    package var stratum: String? { nil }
    /// Questions of one text stay together: a text that was learnt by heart is no test.
    package var duplicateKey: String { context.foldedForComparison }
}

extension JudgedPair: TrainingExample {
    package var stratum: String? { nil }
    /// Documents of one question stay together.
    package var duplicateKey: String { question.foldedForComparison }
}

extension String {
    /// In lower case, with one space for each stretch of white space.
    fileprivate var foldedForComparison: String {
        lowercased().split { $0.isWhitespace }.joined(separator: " ")
    }
}
