/// One search over the postings of some terms: block-max MaxScore, window by window.
///
/// A window is a row of passages. In each, the terms whose bounds together cannot lift a passage among the best are not
/// essential: only passages that hold one of the others are looked at, and the rest of the terms is asked for them one
/// by one, as long as the passage still can be among the best. (Turtle and Flood, "Query evaluation: strategies and
/// optimizations", 1995; over blocks as in Dimopoulos, Nepomnyachiy and Suel, "Optimizing top-k document retrieval
/// strategies for block-max indexes", 2013.) The bounds of windows are sums that may be rounded, so a passage is left
/// out only where it misses by more than that, and those that remain are scored in the order of the terms.
struct PassageScan {
    /// Passages of a window.
    private static let windowSize = 2048
    /// What is subtracted from a score that is to be reached, for rounding.
    private static let slack = 1e-12

    private let tables: PostingsTables
    private var cursors: [PostingsCursor]
    /// The cursors' memory, (terms, 2, 128).
    private let unpacked: UnsafeMutablePointer<UInt32>
    /// What the essential terms have added, (window).
    private let sums: UnsafeMutablePointer<Double>
    /// Frequencies that were met, (window, terms).
    private let frequencies: UnsafeMutablePointer<UInt32>
    /// A bit for each passage of the window that holds an essential term, (window / 64).
    private let met: UnsafeMutablePointer<UInt64>

    /// - Parameter terms: Where their postings are, and their weights.
    init(_ tables: PostingsTables, terms: [(source: PostingsSource, weight: Double)], bm25: BM25) {
        self.tables = tables
        let count = terms.count
        unpacked = .allocate(capacity: max(count, 1) * 2 * PostingsBlocks.capacity)
        sums = .allocate(capacity: Self.windowSize)
        sums.initialize(repeating: 0, count: Self.windowSize)
        frequencies = .allocate(capacity: max(count, 1) * Self.windowSize)
        frequencies.initialize(repeating: 0, count: count * Self.windowSize)
        met = .allocate(capacity: Self.windowSize / 64)
        met.initialize(repeating: 0, count: Self.windowSize / 64)
        cursors = terms.enumerated().map { [unpacked] index, term in
            PostingsCursor(
                tables, term.source, weight: term.weight, bm25: bm25,
                memory: unpacked + index * 2 * PostingsBlocks.capacity)
        }
    }

    /// Ends the search.
    func deallocate() {
        unpacked.deallocate()
        sums.deallocate()
        frequencies.deallocate()
        met.deallocate()
    }

    /// Offers every passage that can be among the best.
    ///
    /// - Parameter isAllowed: asked of passages that would be taken.
    mutating func run(into best: inout BestPassages, isAllowed: (_ number: Int) throws -> Bool) rethrows {
        guard !cursors.isEmpty else { return }
        for start in stride(from: 0, to: tables.passageCount, by: Self.windowSize) {
            let window = start..<min(start + Self.windowSize, tables.passageCount)
            let plan = plan(window, toReach: Self.reach(best))
            for term in plan.essential { accumulate(term, window) }
            try consume(window, plan, into: &best, isAllowed: isAllowed)
        }
    }

    /// The score that a passage must reach.
    private static func reach(_ best: BestPassages) -> Double { best.threshold * (1 - slack) }

    // MARK: A window

    /// What is to be done in a window: its terms by ascending bound.
    private struct Plan {
        /// Terms whose bounds together are too small, by ascending bound.
        var others: [Int] = []
        /// Of each of those, the sum of its bound and those before it.
        var sums: [Double] = []
        var essential: [Int] = []
    }

    private mutating func plan(_ window: Range<Int>, toReach limit: Double) -> Plan {
        var bounds: [(term: Int, bound: Double)] = []
        for term in cursors.indices {
            let bound = cursors[term].bound(in: window)
            if bound > 0 { bounds.append((term, bound)) }
        }
        bounds.sort { $0.bound < $1.bound }
        var plan = Plan()
        var sum = 0.0
        for (term, bound) in bounds {
            sum += bound
            if plan.essential.isEmpty, sum < limit {
                plan.others.append(term)
                plan.sums.append(sum)
            } else {
                plan.essential.append(term)
            }
        }
        return plan
    }

    /// Adds an essential term's scores in a window.
    private mutating func accumulate(_ term: Int, _ window: Range<Int>) {
        let (sums, frequencies, met, terms) = (sums, frequencies, met, cursors.count)
        let cursor = cursors[term]
        cursors[term].forEachPosting(in: window) { passage, frequency in
            let slot = passage - window.lowerBound
            sums[slot] += cursor.score(frequency: frequency, passage: passage)
            frequencies[slot * terms + term] = frequency
            met[slot >> 6] |= 1 << UInt64(slot & 63)
        }
    }

    /// Scores what was met in a window, and leaves its memory empty.
    private mutating func consume(
        _ window: Range<Int>, _ plan: Plan, into best: inout BestPassages, isAllowed: (Int) throws -> Bool
    ) rethrows {
        guard !plan.essential.isEmpty else { return }
        var limit = Self.reach(best)
        for word in 0..<Self.windowSize / 64 {
            var bits = met[word]
            met[word] = 0
            while bits != 0 {
                let slot = word << 6 + bits.trailingZeroBitCount
                bits &= bits - 1
                let row = frequencies + slot * cursors.count
                let passage = window.lowerBound + slot
                defer {
                    sums[slot] = 0
                    row.update(repeating: 0, count: cursors.count)
                }
                guard complete(row, sums[slot], of: passage, plan, toReach: limit) else { continue }
                let candidate = RankedPassage(passage: tables.id(passage), score: score(row, of: passage))
                if best.takes(candidate), try isAllowed(passage) {
                    best.add(candidate)
                    limit = Self.reach(best)
                }
            }
        }
    }

    /// Adds the frequencies of the terms that are not essential to a passage's row. False as soon as the passage cannot
    /// reach the limit.
    @inline(__always)
    private mutating func complete(
        _ row: UnsafeMutablePointer<UInt32>, _ known: Double, of passage: Int, _ plan: Plan, toReach limit: Double
    ) -> Bool {
        var sum = known
        for index in plan.others.indices.reversed() {
            if sum + plan.sums[index] < limit { return false }
            let term = plan.others[index]
            let frequency = cursors[term].frequency(in: passage)
            if frequency > 0 {
                row[term] = frequency
                sum += cursors[term].score(frequency: frequency, passage: passage)
            }
        }
        return sum >= limit
    }

    /// The score of a passage, term by term.
    private func score(_ row: UnsafeMutablePointer<UInt32>, of passage: Int) -> Double {
        var score = 0.0
        for term in cursors.indices where row[term] > 0 {
            score += cursors[term].score(frequency: row[term], passage: passage)
        }
        return score
    }
}
