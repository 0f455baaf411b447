import AkinVectors

/// Texts with planted structure: two words of one topic's pair never meet, but each has the same words beside it, which
/// no other word has.
enum SyntheticCorpus {
    /// Pairs that stand for each other.
    static let synonyms = [("car", "automobile"), ("doctor", "physician"), ("river", "stream")]
    private static let companions = [
        ["engine", "wheel", "road", "driver", "garage"], ["patient", "hospital", "nurse", "illness", "ward"],
        ["water", "bank", "fish", "bridge", "current"],
    ]
    private static let fillers = ["the", "of", "and", "a", "in"]

    /// The same texts for the same seed.
    static func texts(count: Int, seed: UInt64 = 7) -> [String] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { index in
            let topic = index % synonyms.count
            let subject = random.integer(below: 2) == 0 ? synonyms[topic].0 : synonyms[topic].1
            var words: [String] = []
            for _ in 0..<4 {
                words += [fillers[random.integer(below: 5)], companions[topic][random.integer(below: 5)], subject]
                words += [fillers[random.integer(below: 5)], companions[topic][random.integer(below: 5)]]
            }
            return words.joined(separator: " ")
        }
    }
}
