/// Draws an index with probability proportional to its weight in O(1): the alias method (Walker 1977; construction by Vose 1991).
package struct AliasTable: Sendable {
    // Of a draw that lands on slot i: the share (out of 2^32) that stays i; the rest goes to alias[i].
    private var kept: [UInt32]
    private var alias: [Int32]

    /// - Parameter weights: finite, not negative, at least one positive.
    package init(weights: [Double]) {
        let count = weights.count
        let total = weights.reduce(0, +)
        var scaled = weights.map { $0 * Double(count) / total }
        kept = [UInt32](repeating: .max, count: count)
        alias = (0..<count).map { Int32($0) }
        var small = (0..<count).filter { scaled[$0] < 1 }
        var large = (0..<count).filter { scaled[$0] >= 1 }
        while let low = small.popLast(), let high = large.last {
            kept[low] = UInt32(min(scaled[low] * 0x1p32, 0x1p32 - 1))
            alias[low] = Int32(high)
            scaled[high] -= 1 - scaled[low]
            if scaled[high] < 1 {
                large.removeLast()
                small.append(high)
            }
        }
    }

    /// One draw from one 64-bit random number.
    package func draw(_ random: UInt64) -> Int {
        let slot = Int(((random >> 32) &* UInt64(kept.count)) >> 32)
        return UInt32(truncatingIfNeeded: random) <= kept[slot] ? slot : Int(alias[slot])
    }
}
