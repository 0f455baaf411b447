import AkinWords
import AkinTransformers
import AkinText
import AkinVectors

/// Where a word stands in texts, each with the sentence around it.
struct WordOccurrences {
    /// A place where the word stands.
    struct Place {
        /// Half-open, in Unicode scalars of the text.
        let word: Range<Int>
        /// The sentence, or where that is short the whole text.
        let context: Range<Int>
    }

    private let forms: Set<String>
    private let isUnspaced: Bool
    private let word: String
    /// A sentence of fewer words shows too little.
    private static let leastWords = 5

    /// The word in any case, and its plural in -s or -es. A word of a script without spaces is found wherever its
    /// characters stand.
    init(of word: String) {
        let segments = WordSegmenter().words(in: word)
        let lowered = segments.first?.text ?? word.lowercased()
        self.word = lowered
        isUnspaced =
            WordSegmenter().tokenRanges(in: word).count > 1
            || (word.unicodeScalars.first.map { $0.value >= 0x2E80 } ?? false)
        forms = [lowered, lowered + "s", lowered + "es", lowered + "'s"]
    }

    func places(in text: String) -> [Place] {
        let scalars = Array(text.unicodeScalars)
        let words = WordSegmenter().words(in: text)
        let found = isUnspaced ? ranges(ofCharactersIn: scalars) : words.filter { forms.contains($0.text) }.map(\.range)
        guard !found.isEmpty else { return [] }
        let sentences = SentenceSplitter().ranges(in: scalars)
        return found.map { range in
            let sentence = sentences.first { $0.contains(range.lowerBound) } ?? 0..<scalars.count
            let size = words.count { sentence.contains($0.range.lowerBound) }
            return Place(
                word: range,
                context: size < Self.leastWords || sentence.upperBound < range.upperBound ? 0..<scalars.count : sentence
            )
        }
    }

    private func ranges(ofCharactersIn scalars: [Unicode.Scalar]) -> [Range<Int>] {
        let wanted = Array(word.unicodeScalars)
        guard !wanted.isEmpty, scalars.count >= wanted.count else { return [] }
        return (0...scalars.count - wanted.count).compactMap { start in
            scalars[start..<start + wanted.count].elementsEqual(wanted) ? start..<start + wanted.count : nil
        }
    }
}

extension ContextualEncoder {
    /// The contextual vector of a stretch of a text: the mean of the last hidden states of the tokens that touch it;
    /// nil where the text was cut before it.
    func contextualVector(of range: Range<Int>, in text: String) throws -> [Float]? {
        let (vectors, ranges) = try tokenVectors(text)
        let touching = ranges.indices.filter { ranges[$0].overlaps(range) }
        guard !touching.isEmpty else { return nil }
        return vectors.sum(ofRows: touching.map(Int32.init)).map { $0 / Float(touching.count) }
    }
}
