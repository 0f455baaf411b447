import AkinCore

/// Collects scalars into words at whitespace and punctuation (`BertPreTokenizer`) and words into tokens (`WordPiece`).
struct WordSplitter: ScalarSink {
    private(set) var ids: [Int32]
    private(set) var ranges: [Range<Int>]

    private let vocabulary: WordPieceVocabulary
    private let unknownID: Int32
    private let maximumWordScalars: Int
    private let limit: Int
    private let table = ScalarTable.shared

    /// The word so far: its bytes, of which `count` count, and where each comes from.
    private var word: [UInt8]
    private var sources: [Int]
    private var count = 0
    private var scalarCount = 0
    /// (longest token) scratch of the vocabulary's search.
    private var hashes: [UInt64]

    /// - Parameter limit: When there are more tokens than this, the splitter `isFull` and need not be fed any more.
    init(_ vocabulary: WordPieceVocabulary, unknownID: Int32, maximumWordScalars: Int, limit: Int, expected: Int) {
        self.vocabulary = vocabulary
        self.unknownID = unknownID
        self.maximumWordScalars = maximumWordScalars
        self.limit = limit
        ids = []
        ranges = []
        ids.reserveCapacity(expected)
        ranges.reserveCapacity(expected)
        word = [UInt8](repeating: 0, count: 256)
        sources = [Int](repeating: 0, count: 256)
        hashes = [UInt64](repeating: 0, count: vocabulary.longest)
    }

    var isFull: Bool { ids.count > limit }

    mutating func append(_ id: Int32, _ range: Range<Int>) {
        ids.append(id)
        ranges.append(range)
    }

    /// Drops all tokens from the given number on.
    mutating func cut(to count: Int) {
        ids.removeSubrange(count...)
        ranges.removeSubrange(count...)
    }

    /// Takes all tokens out, of which only where they begin is kept.
    mutating func moveStarts(to starts: inout TokenStarts) {
        for range in ranges { starts.append(range.lowerBound) }
        ids.removeAll(keepingCapacity: true)
        ranges.removeAll(keepingCapacity: true)
    }

    mutating func accept(_ scalar: UInt32, source: Int) {
        let properties = table[scalar]
        if properties.contains(.whitespace) { return endWord() }
        if properties.contains(.punctuation) {
            endWord()
            add(scalar, source: source)
            return endWord()
        }
        add(scalar, source: source)
    }

    @inline(__always)
    private mutating func add(_ scalar: UInt32, source: Int) {
        if count + 4 > word.count {
            word.append(contentsOf: repeatElement(0, count: word.count))
            sources.append(contentsOf: repeatElement(0, count: sources.count))
        }
        UTF8Cursor.encode(scalar) {
            word[count] = $0
            sources[count] = source
            count += 1
        }
        scalarCount += 1
    }

    /// Turns the word so far into tokens.
    mutating func endWord() {
        guard count > 0 else { return }
        if scalarCount > maximumWordScalars {
            append(unknownID, sources[0]..<sources[count - 1] + 1)
        } else {
            split(count) { sources, start, end in sources[start]..<sources[end - 1] + 1 }
        }
        count = 0
        scalarCount = 0
    }

    /// Turns a word of ASCII word bytes into tokens; no word may be open.
    ///
    /// - Parameter source: Where the first byte stands in the text, in scalars.
    @inline(__always)
    mutating func addWord(_ text: borrowing Span<UInt8>, _ range: Range<Int>, _ folded: [UInt8], source: Int) {
        guard range.count <= maximumWordScalars else { return append(unknownID, source..<source + range.count) }
        while range.count > word.count {
            word.append(contentsOf: repeatElement(0, count: word.count))
            sources.append(contentsOf: repeatElement(0, count: sources.count))
        }
        for offset in 0..<range.count { word[offset] = folded[Int(text[range.lowerBound + offset])] }
        split(range.count) { _, start, end in source + start..<source + end }
    }

    /// Turns one ASCII punctuation byte into its token; no word may be open.
    @inline(__always)
    mutating func addPunctuation(_ byte: UInt8, source: Int) {
        word[0] = byte
        split(1) { _, _, _ in source..<source + 1 }
    }

    /// Greedy longest match; a word that cannot be divided completely is one unknown token.
    @inline(__always)
    private mutating func split(_ end: Int, _ range: ([Int], Int, Int) -> Range<Int>) {
        let firstToken = ids.count
        var start = 0
        while start < end {
            guard let match = vocabulary.longestMatch(word, from: start, to: end, hashes: &hashes) else {
                cut(to: firstToken)
                return append(unknownID, range(sources, 0, end))
            }
            append(match.id, range(sources, start, match.end))
            start = match.end
        }
    }
}
