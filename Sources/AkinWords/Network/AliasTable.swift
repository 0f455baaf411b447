/// Draws an index with probability proportional to its weight in O(1): the alias method (Walker 1977; construction by
/// Vose 1991).
package struct AliasTable: Sendable {
    private struct Slot {
        /// Of the draws that land here, the share out of 2³² that stays; the rest goes to `alias`.
        var kept: UInt32
        var alias: Int32
    }

    private var slots: [Slot]

    /// - Parameter weights: finite, not negative, at least one positive.
    package init(weights: [Double]) {
        let count = weights.count
        let total = weights.reduce(0, +)
        var scaled = weights.map { $0 * Double(count) / total }
        slots = (0..<count).map { Slot(kept: .max, alias: Int32($0)) }
        var small = (0..<count).filter { scaled[$0] < 1 }
        var large = (0..<count).filter { scaled[$0] >= 1 }
        while let low = small.popLast(), let high = large.last {
            slots[low] = Slot(kept: UInt32(min(scaled[low] * 0x1p32, 0x1p32 - 1)), alias: Int32(high))
            scaled[high] -= 1 - scaled[low]
            if scaled[high] < 1 {
                large.removeLast()
                small.append(high)
            }
        }
    }

    /// One draw from one 64-bit random number.
    package func draw(_ random: UInt64) -> Int {
        let place = Int(((random >> 32) &* UInt64(slots.count)) >> 32)
        let slot = slots[place]
        return UInt32(truncatingIfNeeded: random) <= slot.kept ? place : Int(slot.alias)
    }
}
