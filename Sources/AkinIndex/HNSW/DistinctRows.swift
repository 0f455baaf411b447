/// Finds identical rows by hash and comparison of their bytes: each distinct row becomes one node.
///
/// Two rows that differ only in the sign of a zero count as different, which costs a node and nothing else.
struct DistinctRows {
    /// The node of each added row.
    private(set) var nodeOfRow: [UInt32] = []
    /// The added rows that became new nodes, in the nodes' order.
    private(set) var newRows: [Int] = []

    /// - Parameters:
    ///   - existing: (existingCount, dimension) the rows of nodes 0 ..< existingCount, distinct already.
    ///   - added: (addedCount, dimension).
    /// - Complexity: O((existingCount + addedCount) × dimension).
    init(existing: UnsafePointer<Float>, existingCount: Int, added: UnsafePointer<Float>, addedCount: Int, dimension: Int) {
        let total = existingCount + addedCount
        // Open addressing at a load of at most one half.
        var tableBits = 4
        while 1 << tableBits < 2 * total { tableBits += 1 }
        var slots = [UInt32](repeating: .max, count: 1 << tableBits)
        var hashes: [UInt64] = []
        hashes.reserveCapacity(total)
        nodeOfRow.reserveCapacity(addedCount)

        for index in 0..<existingCount {
            let hash = Self.hash(existing + index * dimension, dimension)
            var slot = Int(hash >> (64 - UInt64(tableBits)))
            while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(index)
            hashes.append(hash)
        }
        for index in 0..<addedCount {
            let row = added + index * dimension
            let hash = Self.hash(row, dimension)
            var slot = Int(hash >> (64 - UInt64(tableBits)))
            var known: UInt32?
            while known == nil, slots[slot] != .max {
                let node = Int(slots[slot])
                let other = node < existingCount ? existing + node * dimension : added + newRows[node - existingCount] * dimension
                if hashes[node] == hash, Self.areIdentical(other, row, dimension) { known = slots[slot] }
                slot = (slot + 1) & (slots.count - 1)
            }
            if let known {
                nodeOfRow.append(known)
            } else {
                slots[slot] = UInt32(hashes.count)
                nodeOfRow.append(slots[slot])
                hashes.append(hash)
                newRows.append(index)
            }
        }
    }

    private static func hash(_ row: UnsafePointer<Float>, _ dimension: Int) -> UInt64 {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
        for index in 0..<dimension {
            hash = (hash ^ UInt64(row[index].bitPattern)) &* 0xD6E8_FEB8_6659_FD93
            hash ^= hash >> 32
        }
        return hash &* 0x9E37_79B9_7F4A_7C15
    }

    private static func areIdentical(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ dimension: Int) -> Bool {
        for index in 0..<dimension where a[index].bitPattern != b[index].bitPattern { return false }
        return true
    }
}
