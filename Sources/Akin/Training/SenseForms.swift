import AkinTraining

/// Examples that mark different forms of a word are examples of one word.
enum SenseForms {
    /// The examples, in which a plural or possessive form of a word that also occurs itself is that word.
    ///
    /// - Parameter others: whose words count too.
    static func folded(_ examples: [SenseExample], toWordsOf others: [SenseExample] = []) -> [SenseExample] {
        let words = Set((examples + others).map(\.word))
        var stems: [String: String] = [:]
        for word in words.sorted() {
            for form in WordOccurrences.forms(of: word).dropFirst() where words.contains(form) {
                // The shortest stem comes first in the order.
                if stems[form] == nil { stems[form] = stems[word] ?? word }
            }
        }
        return examples.map { example in
            var example = example
            example.word = stems[example.word] ?? example.word
            return example
        }
    }
}
