/// Packs the postings of one term after the other, as `PostingsBlocks` reads them.
struct PostingsListEncoder {
    /// Of the block that is filled: passages, frequencies and lengths, at most 128 each.
    private var passages: [UInt32] = []
    private var frequencies: [UInt32] = []
    private var lengths: [UInt32] = []
    /// The number of the last passage of the blocks before, plus one.
    private var next: UInt32 = 0
    private var table: [UInt8] = []
    private var body: [UInt8] = []
    /// Passages that hold the term.
    private(set) var holders = 0

    /// Appends a posting. Passages ascend.
    mutating func append(passage: UInt32, frequency: UInt32, length: UInt32) {
        if passages.count == PostingsBlocks.capacity { pack(besideOthers: true) }
        passages.append(passage)
        frequencies.append(frequency)
        lengths.append(length)
        holders += 1
    }

    /// Hands over the bytes of the term's postings, and begins with the next term.
    mutating func finish(_ take: (_ bytes: [UInt8]) throws -> Void) rethrows {
        pack(besideOthers: holders > PostingsBlocks.capacity)
        if !table.isEmpty { try take(table) }
        try take(body)
        table.removeAll(keepingCapacity: true)
        body.removeAll(keepingCapacity: true)
        (next, holders) = (0, 0)
    }

    private mutating func pack(besideOthers: Bool) {
        if besideOthers {
            let front = ScoreBound.front(of: zip(frequencies, lengths).map { ScoreBound(frequency: $0, length: $1) })
            body.append(UInt8(front.count))
            for bound in front {
                VariableInteger.append(bound.frequency, to: &body)
                VariableInteger.append(bound.length, to: &body)
            }
        }
        var distances: [UInt32] = []
        distances.reserveCapacity(passages.count)
        for passage in passages {
            distances.append(passage - next)
            next = passage + 1
        }
        for index in frequencies.indices { frequencies[index] -= 1 }
        let widths = BlockWidths(
            distance: PackedIntegers.width(of: distances.max() ?? 0),
            frequency: PackedIntegers.width(of: frequencies.max() ?? 0))
        widths.append(to: &body)
        PackedIntegers.pack(distances, width: widths.distance, onto: &body)
        PackedIntegers.pack(frequencies, width: widths.frequency, onto: &body)
        if besideOthers {
            for value in [next - 1, UInt32(body.count)] {
                withUnsafeBytes(of: value.littleEndian) { table.append(contentsOf: $0) }
            }
        }
        passages.removeAll(keepingCapacity: true)
        frequencies.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
    }
}
