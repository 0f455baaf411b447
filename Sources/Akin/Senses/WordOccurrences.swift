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

    /// The word in any case, and its plural in -s or -es. A phrase, and a word of a script without spaces, are found
    /// wherever their characters stand.
    init(of word: String) {
        isUnspaced = Self.isFoundByCharacters(word)
        self.word = isUnspaced ? word.lowercased() : WordSegmenter().words(in: word).first?.text ?? word.lowercased()
        forms = Set(Self.forms(of: self.word))
    }

    /// The word, its plural and its possessive.
    static func forms(of word: String) -> [String] { [word, word + "s", word + "es", word + "'s"] }

    /// Whether a text's words cannot be compared with it: a phrase, or a word of a script without spaces.
    static func isFoundByCharacters(_ word: String) -> Bool {
        WordSegmenter().tokenStarts(in: word).count > 1 || (word.unicodeScalars.first.map(isUnspaced) ?? false)
    }

    private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x2E80 }

    func places(in text: String) -> [Place] {
        let scalars = Array(text.unicodeScalars)
        let words = WordSegmenter().words(in: text)
        let found = ranges(scalars, words)
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

    /// Where the word stands, without its sentences.
    func ranges(in text: String) -> [Range<Int>] {
        ranges(Array(text.unicodeScalars), isUnspaced ? [] : WordSegmenter().words(in: text))
    }

    private func ranges(_ scalars: [Unicode.Scalar], _ words: [WordSegmenter.Word]) -> [Range<Int>] {
        isUnspaced ? ranges(ofCharactersIn: scalars) : words.filter { forms.contains($0.text) }.map(\.range)
    }

    private func ranges(ofCharactersIn scalars: [Unicode.Scalar]) -> [Range<Int>] {
        let wanted = Array(word.unicodeScalars)
        guard !wanted.isEmpty, scalars.count >= wanted.count else { return [] }
        /// Whether a place is inside a word that spaces part from others.
        func cutsWord(at place: Int) -> Bool {
            guard place > 0, place < scalars.count else { return false }
            return scalars[place - 1...place].allSatisfy {
                !Self.isUnspaced($0) && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
            }
        }
        return (0...scalars.count - wanted.count).compactMap { start in
            let range = start..<start + wanted.count
            let isEqual = zip(scalars[range], wanted).allSatisfy {
                $0 == $1 || $0.properties.lowercaseMapping == $1.properties.lowercaseMapping
            }
            return isEqual && !cutsWord(at: start) && !cutsWord(at: range.upperBound) ? range : nil
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
