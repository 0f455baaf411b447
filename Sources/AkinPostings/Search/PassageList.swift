import AkinVectors

/// Postings in memory: numbers of passages, ascending, and what was counted in each.
final class PassageList: Sendable {
    let numbers: AlignedBuffer<UInt32>
    let frequencies: AlignedBuffer<UInt32>

    var count: Int { numbers.count }

    /// The sums of the postings of some terms.
    ///
    /// - Parameters:
    ///   - terms: Postings in the tables.
    ///   - isLeftOut: asked of each passage once.
    /// - Complexity: O(postings + passages / 64).
    init(of terms: [PostingsBlocks], in tables: PostingsTables, leavingOut isLeftOut: (Int) -> Bool) {
        let sums = AlignedBuffer<UInt32>(count: tables.passageCount)
        var met = PassageBits(count: tables.passageCount)
        for term in terms {
            tables.forEachPosting(of: .blocks(term)) { passage, frequency in
                sums.base[passage] &+= frequency
                met.insert(passage)
            }
        }
        var count = 0
        met.forEach { if !isLeftOut($0) { count += 1 } }
        numbers = AlignedBuffer(count: count)
        frequencies = AlignedBuffer(count: count)
        var place = 0
        met.forEach { passage in
            guard !isLeftOut(passage) else { return }
            numbers.base[place] = UInt32(passage)
            frequencies.base[place] = sums.base[passage]
            place += 1
        }
    }

    /// The counts of those passages that the tables have. Cost: a look-up each.
    init(_ counts: PassageCounts, in tables: PostingsTables) {
        let known = zip(counts.passages, counts.counts).compactMap { passage, count in
            tables.number(ofPassage: passage).map { (number: $0, count: count) }
        }
        numbers = AlignedBuffer(count: known.count)
        frequencies = AlignedBuffer(count: known.count)
        for (place, next) in known.enumerated() {
            numbers.base[place] = UInt32(next.number)
            frequencies.base[place] = next.count
        }
    }
}

/// A set of passages by their numbers.
struct PassageBits {
    private var words: [UInt64]

    init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

    @inline(__always)
    mutating func insert(_ number: Int) { words[number >> 6] |= 1 << UInt64(number & 63) }

    /// Calls `body` with each, ascending.
    @inline(__always)
    func forEach(_ body: (Int) -> Void) {
        for (place, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                body(place << 6 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }
}
