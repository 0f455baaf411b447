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
    /// How many removed passages hold a term of `base`, by the place of its postings.
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

    // MARK: Terms

    /// Finds the terms of a question. Cost: O(log terms) a word; the postings of all its words a prefix; a look-up a
    /// passage for what was counted elsewhere.
    package func located(_ terms: [SearchTerm]) -> LocatedTerms { LocatedTerms(terms: terms.map(located)) }

    /// Passages that hold a word now.
    package func holders(of word: [UInt8]) -> Int { located(.word(word)).holders }

    private func located(_ term: SearchTerm) -> LocatedTerms.Term {
        switch term {
        case .word(let bytes):
            let inBase = base.tables.terms.postings(of: bytes)
            let inAdded = added?.tables.terms.postings(of: bytes)
            return LocatedTerms.Term(
                base: inBase.map { .blocks($0) }, added: inAdded.map { .blocks($0) },
                holders: (inBase.map(presentHolders) ?? 0) + (inAdded?.holders ?? 0))
        case .prefix(let bytes):
            return joined(
                PassageList(of: base.tables.terms.postings(withPrefix: bytes), in: base.tables, leavingOut: isRemoved),
                added.map { added in
                    PassageList(
                        of: added.tables.terms.postings(withPrefix: bytes), in: added.tables,
                        leavingOut: { _ in false })
                })
        case .counted(let counts):
            return joined(
                PassageList(counts, in: base.tables), added.map { PassageList(counts, in: $0.tables) })
        }
    }

    private func joined(_ inBase: PassageList, _ inAdded: PassageList?) -> LocatedTerms.Term {
        LocatedTerms.Term(
            base: inBase.count > 0 ? .list(inBase) : nil,
            added: inAdded.flatMap { $0.count > 0 ? .list($0) : nil }, holders: inBase.count + (inAdded?.count ?? 0))
    }

    // MARK: Answers

    /// The passages that hold any of the terms, best first, equals by passage.
    ///
    /// - Parameters:
    ///   - terms: as this state's `located` gives them; one given twice counts twice.
    ///   - isAllowed: asked of passages that would be among the best.
    package func search(
        _ terms: LocatedTerms, limit: Int, isAllowed: (Int64) throws -> Bool = { _ in true }
    ) throws -> [RankedPassage] {
        var best = BestPassages(capacity: limit)
        guard limit > 0, passageCount > 0 else { return [] }
        let bm25 = BM25(passageCount: passageCount, tokenCount: tokenCount)
        for (postings, source) in parts {
            let found = terms.terms.compactMap { term in
                term[keyPath: source].map { (source: $0, weight: bm25.weight(holders: term.holders)) }
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
    package func scores(_ terms: LocatedTerms, of passages: [Int64]) -> [Int64: Double] {
        guard passageCount > 0 else { return [:] }
        let bm25 = BM25(passageCount: passageCount, tokenCount: tokenCount)
        var scores: [Int64: Double] = [:]
        let memory = UnsafeMutablePointer<UInt32>.allocate(
            capacity: max(terms.terms.count, 1) * 2 * PostingsBlocks.capacity)
        defer { memory.deallocate() }
        for (postings, source) in parts {
            var cursors = terms.terms.enumerated().compactMap { index, term in
                term[keyPath: source].map {
                    PostingsCursor(
                        postings.tables, $0, weight: bm25.weight(holders: term.holders), bm25: bm25,
                        memory: memory + index * 2 * PostingsBlocks.capacity)
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

    /// The passages that hold any of the terms, ascending. Cost: the postings of all terms.
    package func passages(with terms: LocatedTerms) -> [Int64] {
        var ids: [Int64] = []
        for (postings, source) in parts {
            var met = PassageBits(count: postings.passageCount)
            for term in terms.terms {
                guard let source = term[keyPath: source] else { continue }
                postings.tables.forEachPosting(of: source) { passage, _ in met.insert(passage) }
            }
            met.forEach { passage in
                if !(postings === base && isRemoved(passage)) { ids.append(postings.tables.id(passage)) }
            }
        }
        return ids
    }

    // MARK: Parts

    private var parts: [(postings: Postings, source: KeyPath<LocatedTerms.Term, PostingsSource?>)] {
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
    private func presentHolders(of postings: PostingsBlocks) -> Int {
        if removed.isEmpty { return postings.holders }
        if let known = removedHolders.withLock({ $0[postings.start] }) { return postings.holders - known }
        let memory = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * PostingsBlocks.capacity)
        defer { memory.deallocate() }
        var cursor = PostingsCursor(
            base.tables, .blocks(postings), weight: 0, bm25: BM25(passageCount: 1, tokenCount: 1), memory: memory)
        let count = removed.reduce(0) { $0 + (cursor.frequency(in: $1) > 0 ? 1 : 0) }
        removedHolders.withLock { $0[postings.start] = count }
        return postings.holders - count
    }
}
