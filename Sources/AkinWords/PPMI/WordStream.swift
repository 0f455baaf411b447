/// A corpus as word numbers: what training runs over, 4 bytes a word.
struct WordStream: Sendable {
    /// Visits every text of a corpus, in the same order each time.
    typealias Corpus = ((String) throws -> Void) throws -> Void

    let vocabulary: WordVocabulary
    /// The known words of the sampled texts.
    let words: [Int32]
    /// Text i is words[bounds[i] ..< bounds[i + 1]].
    let bounds: [Int]

    var textCount: Int { bounds.count - 1 }

    /// Above so many different words, the rarest are dropped while counting.
    private static let tableLimit = 4_000_000
    /// The largest vocabulary.
    private static let vocabularyLimit = 300_000
    /// The most words in a stream; from a larger corpus evenly spread texts are taken.
    static let wordLimit = 40_000_000

    /// Visits the corpus twice: once to count its words and once to number them.
    ///
    /// Memory: the vocabulary (up to 4 million different words while counting) and 4 bytes for each of at most
    /// `wordLimit` words.
    init(corpus: Corpus, options: WordModelOptions) throws {
        let segmenter = WordSegmenter()
        var table = WordTable()
        var counts: [Int] = []
        var total = 0
        var floor = 1
        try corpus { text in
            segmenter.forEachWord(in: text) { word, _, _ in
                let index = table.insert(word)
                if index == counts.count { counts.append(1) } else { counts[index] += 1 }
                total += 1
            }
            if table.count > Self.tableLimit {
                floor += 1
                (table, counts) = Self.selected(counts.indices.filter { counts[$0] >= floor }, of: table, counts)
            }
        }
        let minimumCount = options.training.minimumCount ?? options.chosenMinimumCount(words: total)
        let known = counts.indices.filter { counts[$0] >= minimumCount }
        let ordered = known.sorted {
            counts[$0] != counts[$1]
                ? counts[$0] > counts[$1] : table.bytes(at: $0).lexicographicallyPrecedes(table.bytes(at: $1))
        }
        (table, counts) = Self.selected(Array(ordered.prefix(Self.vocabularyLimit)), of: table, counts)

        let share = min(1, Double(Self.wordLimit) / Double(max(total, 1)))
        var words: [Int32] = []
        var bounds = [0]
        var due = 0.0
        try corpus { text in
            due += share
            guard due >= 1 else { return }
            due -= 1
            segmenter.forEachWord(in: text) { word, _, _ in
                if let index = table.index(of: word) { words.append(Int32(index)) }
            }
            bounds.append(words.count)
        }
        vocabulary = WordVocabulary(table: table, counts: counts, total: total)
        self.words = words
        self.bounds = bounds
    }

    private static func selected(_ indices: [Int], of table: WordTable, _ counts: [Int]) -> (WordTable, [Int]) {
        var smaller = WordTable()
        for index in indices { _ = smaller.insert(table.bytes(at: index)) }
        return (smaller, indices.map { counts[$0] })
    }
}
