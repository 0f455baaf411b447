/// Words split into pieces, which are joined pair by pair, and which words have which pairs.
struct SplitWords {
    // All words' pieces one after another: word i has pieces[starts[i] ..< starts[i] + lengths[i]]
    private var pieces: [Int32] = []
    private var starts: [Int] = []
    private var lengths: [Int] = []
    private var wordCounts: [Int] = []

    private var slots: [PiecePair: Int] = [:]
    // (slots) how often each pair occurs
    private var pairCounts: [Int] = []
    // (slots) words in which it occurs, or did
    private var pairWords: [[Int32]] = []

    init() {}

    mutating func append(_ word: [Int32], count: Int) {
        let index = Int32(starts.count)
        starts.append(pieces.count)
        lengths.append(word.count)
        wordCounts.append(count)
        pieces.append(contentsOf: word)
        for (first, second) in zip(word, word.dropFirst()) {
            add(count, PiecePair(first: first, second: second), in: index)
        }
    }

    /// How often a pair occurs now.
    func count(of pair: PiecePair) -> Int { slots[pair].map { pairCounts[$0] } ?? 0 }

    /// All pairs there have been, in no order.
    var pairs: some Sequence<PiecePair> { slots.keys }

    /// Joins a pair wherever it occurs.
    ///
    /// - Returns: The pairs that occur more often than before.
    mutating func join(_ pair: PiecePair, into piece: Int32) -> Set<PiecePair> {
        guard let slot = slots[pair] else { return [] }
        let words = pairWords[slot]
        pairWords[slot] = []
        var grown: Set<PiecePair> = []
        for word in words { join(pair, into: piece, in: word, &grown) }
        pairCounts[slot] = 0
        return grown
    }

    private mutating func join(_ pair: PiecePair, into piece: Int32, in word: Int32, _ grown: inout Set<PiecePair>) {
        let start = starts[Int(word)]
        let end = start + lengths[Int(word)]
        let count = wordCounts[Int(word)]
        func grow(_ first: Int32, _ second: Int32) {
            let pair = PiecePair(first: first, second: second)
            add(count, pair, in: word)
            grown.insert(pair)
        }
        func shrink(_ first: Int32, _ second: Int32) {
            if let slot = slots[PiecePair(first: first, second: second)] { pairCounts[slot] -= count }
        }
        var (read, write) = (start, start)
        while read < end {
            guard read + 1 < end, pieces[read] == pair.first, pieces[read + 1] == pair.second else {
                pieces[write] = pieces[read]
                (read, write) = (read + 1, write + 1)
                continue
            }
            if write > start {
                shrink(pieces[write - 1], pair.first)
                grow(pieces[write - 1], piece)
            }
            if read + 2 < end {
                shrink(pair.second, pieces[read + 2])
                grow(piece, pieces[read + 2])
            }
            pieces[write] = piece
            (read, write) = (read + 2, write + 1)
        }
        lengths[Int(word)] = write - start
    }

    private mutating func add(_ count: Int, _ pair: PiecePair, in word: Int32) {
        if let slot = slots[pair] {
            pairCounts[slot] += count
            if pairWords[slot].last != word { pairWords[slot].append(word) }
        } else {
            slots[pair] = pairCounts.count
            pairCounts.append(count)
            pairWords.append([word])
        }
    }
}
