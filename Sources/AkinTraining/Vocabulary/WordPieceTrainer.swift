import AkinCore

/// Learns a WordPiece vocabulary from the words of a corpus: begins with letters and joins, again and again, the two
/// neighbouring pieces that occur together most often (Sennrich, Haddow and Birch 2016), until there are enough entries.
///
/// WordPiece was described (Schuster and Nakajima 2012) as joining the pair that makes the corpus most likely, which is
/// the one with the highest count(ab) / (count(a) · count(b)). That score favours pairs of rare letters that stand
/// nowhere else, and the program that learnt BERT's vocabularies was never published. Hugging Face's trainer joins by
/// frequency, as this does, so the two can be compared; texts are split greedily either way.
package struct WordPieceTrainer: Sendable {
    private let options: VocabularyOptions

    package init(options: VocabularyOptions = VocabularyOptions()) { self.options = options }

    /// The entries, each at the place that is its id: special tokens, letters by their code, letters that go on in a word,
    /// then what was joined, in that order. The same words give the same entries.
    ///
    /// - Parameter progress: called at times with the number of entries so far.
    /// - Throws: `AkinError`: `.noInput` when there are no words, `.invalidArgument` for a size that has no room for the
    ///   letters. What `progress` throws.
    /// - Complexity: one step in a heap for each entry and for each pair that a join makes. Memory: some 100 bytes for
    ///   each pair and 20 for each letter of the different words.
    package func train(_ counts: WordCounts, progress: (_ entries: Int) throws -> Void = { _ in }) throws -> [String] {
        let words = counts.ordered
        guard !words.isEmpty else { throw AkinError(.noInput, "The corpus holds no words to learn a vocabulary from.") }
        var vocabulary = PieceTable()
        for token in VocabularyOptions.specialTokens { vocabulary.insert(Array(token.utf8)) }
        var split = splitIntoLetters(words, &vocabulary)
        guard vocabulary.count <= options.size else {
            throw AkinError(
                .invalidArgument,
                "A vocabulary of \(options.size) entries has no room for the \(vocabulary.count) special tokens and letters of this text; ask for more entries, or for fewer letters."
            )
        }

        var queue = PairQueue()
        for pair in split.pairs { queue.push(QueuedPair(pair: pair, count: split.count(of: pair))) }
        while vocabulary.count < options.size, let top = queue.pop() {
            let count = split.count(of: top.pair)
            guard count == top.count else {
                // It has become rarer since it was put in.
                if count > 0 { queue.push(QueuedPair(pair: top.pair, count: count)) }
                continue
            }
            guard count >= max(1, options.minimumFrequency) else { break }
            let joined = vocabulary.joined(top.pair)
            for pair in split.join(top.pair, into: joined) {
                queue.push(QueuedPair(pair: pair, count: split.count(of: pair)))
            }
            if vocabulary.count.isMultiple(of: 512) { try progress(vocabulary.count) }
        }
        try progress(vocabulary.count)
        return vocabulary.texts
    }

    /// Puts the most frequent letters into the vocabulary, and splits the words that have no others: one that does will be
    /// unknown as a whole, so nothing is to be learnt from its parts.
    private func splitIntoLetters(_ words: [(word: [UInt8], count: Int)], _ vocabulary: inout PieceTable) -> SplitWords
    {
        var frequencies: [Unicode.Scalar: Int] = [:]
        for (word, count) in words {
            for letter in String(decoding: word, as: UTF8.self).unicodeScalars {
                frequencies[letter, default: 0] += count
            }
        }
        let letters = frequencies.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(options.alphabetLimit)
            .map(\.key).sorted()
        let firsts = Dictionary(
            letters.map { ($0, vocabulary.insert(Array(String($0).utf8))) }, uniquingKeysWith: { first, _ in first })

        let known = words.map { word, count in (Array(String(decoding: word, as: UTF8.self).unicodeScalars), count) }
            .filter { letters, _ in letters.allSatisfy { firsts[$0] != nil } }
        let continuing = Set(known.flatMap { letters, _ in letters.dropFirst() })
        var others: [Unicode.Scalar: Int32] = [:]
        for letter in letters where continuing.contains(letter) {
            others[letter] = vocabulary.insert(VocabularyOptions.continuingPrefix + Array(String(letter).utf8))
        }
        var split = SplitWords()
        for (letters, count) in known {
            split.append(
                letters.enumerated().compactMap { place, letter in place == 0 ? firsts[letter] : others[letter] },
                count: count)
        }
        return split
    }
}

/// Pieces numbered from 0 as they come.
private struct PieceTable {
    private var pieces: [[UInt8]] = []
    private var numbers: [[UInt8]: Int32] = [:]

    var count: Int { pieces.count }

    var texts: [String] { pieces.map { String(decoding: $0, as: UTF8.self) } }

    /// The number of a piece, which is added if it is new.
    @discardableResult
    mutating func insert(_ piece: [UInt8]) -> Int32 {
        if let number = numbers[piece] { return number }
        let number = Int32(pieces.count)
        pieces.append(piece)
        numbers[piece] = number
        return number
    }

    /// The number of the piece that two make. Others may have made it before.
    mutating func joined(_ pair: PiecePair) -> Int32 {
        insert(
            pieces[Int(pair.first)] + pieces[Int(pair.second)].dropFirst(VocabularyOptions.continuingPrefix.count))
    }
}
