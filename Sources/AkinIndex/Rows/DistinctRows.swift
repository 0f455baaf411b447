import AkinVectors

/// Rows of one format, gathered one by one, of which identical ones are kept once: each distinct row becomes a node.
///
/// Two rows that differ only in the sign of a zero count as different, which costs a node and nothing else.
/// - Complexity: O(dimension) a row.
struct DistinctRows {
    /// (capacity, dimension) of which the first `count` are used.
    let bytes: AlignedBuffer<UInt8>
    /// (capacity)
    let scales: AlignedBuffer<Float>
    private(set) var count = 0
    private let dimension: Int
    private let format: RowFormat
    private let bytesPerRow: Int
    // Open addressing at a load of at most one half.
    private var slots: [UInt32]
    private var hashes: [UInt64] = []
    private let tableBits: Int

    init(capacity: Int, dimension: Int, format: RowFormat) {
        self.dimension = dimension
        self.format = format
        bytesPerRow = dimension * format.bytesPerComponent
        bytes = AlignedBuffer(count: capacity * bytesPerRow)
        scales = AlignedBuffer(count: format == .int8 ? capacity : 0)
        var bits = 4
        while 1 << bits < 2 * capacity { bits += 1 }
        tableBits = bits
        slots = Array(repeating: .max, count: 1 << bits)
        hashes.reserveCapacity(capacity)
    }

    var table: RowTable {
        RowTable(base: UnsafeRawPointer(bytes.base), scales: scales.base, dimension: dimension, format: format)
    }

    /// Takes a row of another table of the same format that is known to be new.
    mutating func append(_ row: UInt32, of other: RowTable) {
        UnsafeMutableRawPointer(bytes.base + count * bytesPerRow).copyMemory(
            from: other.row(row), byteCount: bytesPerRow)
        if format == .int8 { scales.base[count] = other.scales[Int(row)] }
        _ = place()
    }

    /// Takes a vector; returns its node, which is an existing one where an identical row is there already.
    mutating func insert(_ values: UnsafePointer<Float>) -> UInt32 {
        let target = UnsafeMutableRawPointer(bytes.base + count * bytesPerRow)
        let scale = RowTable.encode(values, dimension: dimension, as: format, into: target)
        if format == .int8 { scales.base[count] = scale }
        return place()
    }

    /// Finds the row that lies behind the last one among the others, or keeps it.
    private mutating func place() -> UInt32 {
        let row = UnsafeRawPointer(bytes.base + count * bytesPerRow)
        let hash = hash(row)
        var slot = Int(hash >> (64 - UInt64(tableBits)))
        while slots[slot] != .max {
            if hashes[Int(slots[slot])] == hash, isIdentical(slots[slot], row) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = UInt32(count)
        hashes.append(hash)
        count += 1
        return UInt32(count - 1)
    }

    private func isIdentical(_ node: UInt32, _ row: UnsafeRawPointer) -> Bool {
        if format == .int8, scales.base[Int(node)].bitPattern != scales.base[count].bitPattern { return false }
        let other = UnsafeRawPointer(bytes.base + Int(node) * bytesPerRow)
        for offset in 0..<bytesPerRow
        where other.load(fromByteOffset: offset, as: UInt8.self) != row.load(fromByteOffset: offset, as: UInt8.self) {
            return false
        }
        return true
    }

    private func hash(_ row: UnsafeRawPointer) -> UInt64 {
        var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
        func mix(_ value: UInt64) {
            hash = (hash ^ value) &* 0xD6E8_FEB8_6659_FD93
            hash ^= hash >> 32
        }
        for word in 0..<bytesPerRow / 8 { mix(row.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)) }
        for offset in bytesPerRow / 8 * 8..<bytesPerRow {
            mix(UInt64(row.load(fromByteOffset: offset, as: UInt8.self)))
        }
        return hash &* 0x9E37_79B9_7F4A_7C15
    }
}
