import AkinTraining
import AkinWords

/// Finds the words of an inventory in texts, in the forms that `WordOccurrences` knows.
struct SenseWordFinder {
    /// A place of a word.
    struct Place {
        /// The word's number in the inventory.
        let word: Int
        /// Half-open, in Unicode scalars of the text.
        let range: Range<Int>
    }

    /// The word that each form belongs to.
    private var forms: [String: Int] = [:]
    /// Phrases, and words of scripts without spaces.
    private var others: [(word: Int, occurrences: WordOccurrences)] = []

    init(_ inventory: SenseInventory) {
        for (number, word) in inventory.words.enumerated() {
            if WordOccurrences.isFoundByCharacters(word.word) {
                others.append((number, WordOccurrences(of: word.word)))
            } else {
                for form in WordOccurrences.forms(of: word.word) where forms[form] == nil { forms[form] = number }
            }
        }
        // A word's own form is never taken for another's plural.
        for (number, word) in inventory.words.enumerated() where forms[word.word] != nil { forms[word.word] = number }
    }

    /// The places in the text's order. Of places that overlap, the longest.
    func places(in text: String) -> [Place] {
        var found =
            forms.isEmpty
            ? []
            : WordSegmenter().words(in: text).compactMap { word in
                forms[word.text].map { Place(word: $0, range: word.range) }
            }
        for other in others {
            found += other.occurrences.ranges(in: text).map { Place(word: other.word, range: $0) }
        }
        var kept: [Place] = []
        for place in found.sorted(by: { ($1.range.count, $0.range.lowerBound) < ($0.range.count, $1.range.lowerBound) })
        where !kept.contains(where: { $0.range.overlaps(place.range) }) {
            kept.append(place)
        }
        return kept.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }
}
