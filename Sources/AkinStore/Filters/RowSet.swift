/// A set of row ids: sorted for walks, with a bitmap for look-ups.
///
/// Unions, intersections and differences are merges of the sorted ids, in time linear in both.
package struct RowSet: Sendable, Equatable {
    /// Ascending, each once.
    package let ids: [Int64]
    /// One bit an id from `ids.first` on; empty where ids lie so far apart that binary search is used.
    private let words: [UInt64]

    package var count: Int { ids.count }
    package var isEmpty: Bool { ids.isEmpty }

    /// - Parameter ids: In any order, repeats allowed.
    package init(_ ids: [Int64]) {
        guard let least = ids.min(), let greatest = ids.max() else {
            self.init(ascending: [], words: [])
            return
        }
        var words = Self.emptyBitmap(from: least, through: greatest, count: ids.count)
        guard !words.isEmpty else {
            var distinct: [Int64] = []
            for id in ids.sorted() where distinct.last != id { distinct.append(id) }
            self.init(ascending: distinct, words: [])
            return
        }
        for id in ids {
            let bit = Int(id - least)
            words[bit >> 6] |= 1 << UInt64(bit & 63)
        }
        var ascending: [Int64] = []
        ascending.reserveCapacity(ids.count)
        for (place, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                ascending.append(least + Int64(place << 6 + rest.trailingZeroBitCount))
                rest &= rest - 1
            }
        }
        self.init(ascending: ascending, words: words)
    }

    /// - Parameter ids: Ascending, each once.
    init(ascending ids: [Int64]) {
        guard let least = ids.first, let greatest = ids.last else {
            self.init(ascending: [], words: [])
            return
        }
        var words = Self.emptyBitmap(from: least, through: greatest, count: ids.count)
        if !words.isEmpty {
            for id in ids {
                let bit = Int(id - least)
                words[bit >> 6] |= 1 << UInt64(bit & 63)
            }
        }
        self.init(ascending: ids, words: words)
    }

    private init(ascending ids: [Int64], words: [UInt64]) {
        self.ids = ids
        self.words = words
    }

    /// Whether an id is in the set. Constant time where there is a bitmap, else logarithmic.
    package func contains(_ id: Int64) -> Bool {
        guard let least = ids.first, let greatest = ids.last, id >= least, id <= greatest else { return false }
        guard words.isEmpty else {
            let bit = id - least
            return words[Int(bit >> 6)] >> UInt64(bit & 63) & 1 == 1
        }
        var (low, high) = (0, ids.count)
        while low < high {
            let middle = (low + high) / 2
            if ids[middle] < id { low = middle + 1 } else { high = middle }
        }
        return low < ids.count && ids[low] == id
    }

    /// A bitmap takes at most 2 MB, or as much as the sorted ids themselves.
    private static func emptyBitmap(from least: Int64, through greatest: Int64, count: Int) -> [UInt64] {
        let (span, overflows) = greatest.subtractingReportingOverflow(least)
        guard !overflows, span < max(1 << 24, Int64(count) * 64) else { return [] }
        return [UInt64](repeating: 0, count: Int(span) >> 6 + 1)
    }
}

extension RowSet {
    package func union(_ other: RowSet) -> RowSet {
        merged(with: other, keepsLeft: true, keepsBoth: true, keepsRight: true)
    }
    package func intersection(_ other: RowSet) -> RowSet {
        merged(with: other, keepsLeft: false, keepsBoth: true, keepsRight: false)
    }
    package func subtracting(_ other: RowSet) -> RowSet {
        merged(with: other, keepsLeft: true, keepsBoth: false, keepsRight: false)
    }

    private func merged(with other: RowSet, keepsLeft: Bool, keepsBoth: Bool, keepsRight: Bool) -> RowSet {
        var result: [Int64] = []
        var (left, right) = (0, 0)
        while left < ids.count && right < other.ids.count {
            let (a, b) = (ids[left], other.ids[right])
            if a < b {
                if keepsLeft { result.append(a) }
                left += 1
            } else if a > b {
                if keepsRight { result.append(b) }
                right += 1
            } else {
                if keepsBoth { result.append(a) }
                left += 1
                right += 1
            }
        }
        if keepsLeft { result += ids[left...] }
        if keepsRight { result += other.ids[right...] }
        return RowSet(ascending: result)
    }
}
