/// A word while its tokens are merged: in each step the pair of the earliest rule, of equal ones the leftmost.
///
/// One value serves one word after the other and keeps its memory.
struct BytePairWord {
    /// Longer words keep their pairs in a heap; up to here looking at all of them is faster.
    private static let longestScan = 32

    private(set) var ids: [Int32] = []
    /// By token, the byte after it.
    private(set) var ends: [Int] = []
    /// By token, the rule that merges it with the next one.
    private var merges: [BytePairMerges.Merge] = []
    private var previous: [Int32] = []
    private var next: [Int32] = []
    /// Rank << 32 | token, the least first; those whose rank the token no longer has are passed over.
    private var heap = Heap()

    mutating func removeAll() {
        ids.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    mutating func append(_ id: Int32, end: Int) {
        ids.append(id)
        ends.append(end)
    }

    /// Makes the last token stand for the bytes up to `end`, too.
    mutating func extendLast(to end: Int) { ends[ends.count - 1] = end }

    /// Merges as long as a rule fits.
    ///
    /// - Complexity: O(n log n) for a word of n tokens.
    mutating func merge(by rules: BytePairMerges) {
        guard ids.count > 1 else { return }
        merges.removeAll(keepingCapacity: true)
        for index in 0..<ids.count - 1 { merges.append(rules[ids[index], ids[index + 1]]) }
        if ids.count <= Self.longestScan { scan(rules) } else { sift(rules) }
    }

    /// Looks at all pairs for each merge.
    private mutating func scan(_ rules: BytePairMerges) {
        while true {
            var best = -1
            var rank = UInt32.max
            for index in merges.indices where merges[index].rank < rank { (best, rank) = (index, merges[index].rank) }
            guard best >= 0 else { return }
            ids[best] = merges[best].id
            ends[best] = ends[best + 1]
            ids.remove(at: best + 1)
            ends.remove(at: best + 1)
            merges.remove(at: best)
            if best > 0 { merges[best - 1] = rules[ids[best - 1], ids[best]] }
            if best < merges.count { merges[best] = rules[ids[best], ids[best + 1]] }
        }
    }

    /// Takes the pairs from a heap.
    private mutating func sift(_ rules: BytePairMerges) {
        let count = ids.count
        merges.append(BytePairMerges.none)
        previous = (0..<Int32(count)).map { $0 - 1 }
        next = (0..<Int32(count)).map { $0 + 1 }
        heap.removeAll()
        for index in 0..<count { offer(index) }
        while let entry = heap.popLeast() {
            let index = Int(entry & 0xFFFF_FFFF)
            guard UInt64(merges[index].rank) == entry >> 32 else { continue }
            let right = Int(next[index])
            ids[index] = merges[index].id
            ends[index] = ends[right]
            next[index] = next[right]
            merges[right] = BytePairMerges.none
            let after = Int(next[index])
            if after < count { previous[after] = Int32(index) }
            merges[index] = after < count ? rules[ids[index], ids[after]] : BytePairMerges.none
            offer(index)
            let before = Int(previous[index])
            if before >= 0 {
                merges[before] = rules[ids[before], ids[index]]
                offer(before)
            }
        }
        var kept = 0
        var index = 0
        while index < count {
            (ids[kept], ends[kept]) = (ids[index], ends[index])
            kept += 1
            index = Int(next[index])
        }
        ids.removeSubrange(kept...)
        ends.removeSubrange(kept...)
    }

    private mutating func offer(_ index: Int) {
        let rank = merges[index].rank
        if rank != BytePairMerges.none.rank { heap.push(UInt64(rank) << 32 | UInt64(index)) }
    }

    /// A binary heap with the least value at the top.
    private struct Heap {
        private var values: [UInt64] = []

        mutating func removeAll() { values.removeAll(keepingCapacity: true) }

        mutating func push(_ value: UInt64) {
            var index = values.count
            values.append(value)
            while index > 0, values[(index - 1) / 2] > value {
                values[index] = values[(index - 1) / 2]
                index = (index - 1) / 2
            }
            values[index] = value
        }

        mutating func popLeast() -> UInt64? {
            guard let least = values.first, let last = values.popLast() else { return nil }
            guard !values.isEmpty else { return least }
            var index = 0
            while 2 * index + 1 < values.count {
                var child = 2 * index + 1
                if child + 1 < values.count, values[child + 1] < values[child] { child += 1 }
                guard values[child] < last else { break }
                values[index] = values[child]
                index = child
            }
            values[index] = last
            return least
        }
    }
}
