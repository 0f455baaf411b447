import Synchronization

/// The postings of a store as it is now: those of a file, less the passages that were deleted since, and those of the
/// passages that were added since.
///
/// Scores are those of the present state: a term is counted where it is held now, and the mean length is that of the
/// passages that there are.
package final class PresentPostings: Sendable {
    package let base: Postings
    /// Postings of passages whose ids follow those of `base`; nil where there are none.
    package let added: Postings?
    /// Numbers of passages in `base` that are there no more, ascending.
    private let removed: [Int]

    /// Passages that are there now.
    package let passageCount: Int
    private let tokenCount: Int
    /// How many removed passages hold a term of `base`, by the term's number.
    private let removedHolders = Mutex<[Int: Int]>([:])

    /// - Parameters:
    ///   - removed: Passages that were deleted; those that `base` does not have are ignored.
    ///   - added: Passages with ids beyond those of `base`.
    package init(base: Postings, removed: some Sequence<Int64> = [], added: Postings? = nil) {
        self.base = base
        self.added = added
        self.removed = removed.compactMap { base.tables.number(ofPassage: $0) }.sorted()
        passageCount = base.passageCount - self.removed.count + (added?.passageCount ?? 0)
        tokenCount =
            base.tokenCount - self.removed.reduce(0) { $0 + base.tables.lengths[$1] } + (added?.tokenCount ?? 0)
    }

    /// Passages of `base` that are there no more.
    package var removedCount: Int { removed.count }

    /// The passages that hold any of the terms, best first, equals by passage.
    ///
    /// - Parameters:
    ///   - terms: The bytes of each word; a word given twice counts twice.
    ///   - isAllowed: asked of passages that would be among the best.
    package func search(
        _ terms: [[UInt8]], limit: Int, isAllowed: (Int64) throws -> Bool = { _ in true }
    ) throws -> [RankedPassage] {
        var best = BestPassages(capacity: limit)
        guard limit > 0, passageCount > 0 else { return [] }
        let bm25 = BM25(passageCount: passageCount, tokenCount: tokenCount)
        let asked = terms.map { Term(self, $0) }
        for (postings, number) in parts {
            let found = asked.compactMap { term in
                term[keyPath: number].map { (number: $0, weight: bm25.weight(holders: term.holders)) }
            }
            var scan = PassageScan(postings.tables, terms: found, bm25: bm25)
            defer { scan.deallocate() }
            try scan.run(into: &best) { passage in
                try !(postings === base && isRemoved(passage)) && isAllowed(postings.tables.id(passage))
            }
        }
        return best.sorted()
    }

    /// The scores of those among `passages` that hold any of the terms. Cost: a few look-ups a passage and term.
    package func scores(_ terms: [[UInt8]], of passages: [Int64]) -> [Int64: Double] {
        guard passageCount > 0 else { return [:] }
        let bm25 = BM25(passageCount: passageCount, tokenCount: tokenCount)
        let asked = terms.map { Term(self, $0) }
        var scores: [Int64: Double] = [:]
        let memory = UnsafeMutablePointer<UInt32>.allocate(capacity: max(asked.count, 1) * 2 * PostingsBlock.capacity)
        defer { memory.deallocate() }
        for (postings, number) in parts {
            var cursors = asked.enumerated().compactMap { index, term in
                term[keyPath: number].map {
                    PostingsCursor(
                        postings.tables, term: $0, weight: bm25.weight(holders: term.holders), bm25: bm25,
                        memory: memory + index * 2 * PostingsBlock.capacity)
                }
            }
            let numbers = Set(passages.compactMap { postings.tables.number(ofPassage: $0) }).sorted()
            for passage in numbers where !(postings === base && isRemoved(passage)) {
                var score: Double?
                for index in cursors.indices {
                    let frequency = cursors[index].frequency(in: passage)
                    guard frequency > 0 else { continue }
                    score = (score ?? 0) + cursors[index].score(frequency: frequency, passage: passage)
                }
                if let score { scores[postings.tables.id(passage)] = score }
            }
        }
        return scores
    }

    // MARK: Parts

    /// A word of a question: its numbers in both parts, and how many passages hold it now.
    /// Passages that hold a term now.
    package func holders(of bytes: [UInt8]) -> Int { Term(self, bytes).holders }

    private struct Term {
        let base: Int?
        let added: Int?
        let holders: Int

        init(_ postings: PresentPostings, _ bytes: [UInt8]) {
            base = postings.base.tables.number(ofTerm: bytes)
            added = postings.added?.tables.number(ofTerm: bytes)
            holders =
                (base.map(postings.presentHolders) ?? 0)
                + (added.flatMap { postings.added?.tables.passageCount(ofTerm: $0) } ?? 0)
        }
    }

    private var parts: [(postings: Postings, number: KeyPath<Term, Int?>)] {
        [(base, \.base)] + (added.map { [($0, \.added)] } ?? [])
    }

    private func isRemoved(_ number: Int) -> Bool {
        var (low, high) = (0, removed.count)
        while low < high {
            let middle = (low + high) / 2
            if removed[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low < removed.count && removed[low] == number
    }

    /// How many passages of `base` hold a term and are still there. Cost: the term's blocks that hold removed passages,
    /// once.
    private func presentHolders(ofTerm number: Int) -> Int {
        let holders = base.tables.passageCount(ofTerm: number)
        if removed.isEmpty { return holders }
        if let known = removedHolders.withLock({ $0[number] }) { return holders - known }
        let memory = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * PostingsBlock.capacity)
        defer { memory.deallocate() }
        var cursor = PostingsCursor(
            base.tables, term: number, weight: 0, bm25: BM25(passageCount: 1, tokenCount: 1), memory: memory)
        let count = removed.reduce(0) { $0 + (cursor.frequency(in: $1) > 0 ? 1 : 0) }
        removedHolders.withLock { $0[number] = count }
        return holders - count
    }
}
