/// The postings of one term where they stand in a file, in blocks of 128.
///
/// ```
/// up to 128:   block
/// more:        table: { last passage u32, end of its block u32 } for each block
///              for each block: its bounds, block
///
/// bounds:      how many u8; { frequency, length } each, as variable integers
/// block:       bits of each distance (6) and of each frequency (2; 3 stands for a byte with their number that follows)
///              distances less one, packed
///              frequencies less one, packed
/// ```
/// Ends of blocks count from the end of the table. A distance is that from the passage before, in this block or in the
/// one before it. What the largest score in a block can be follows from its bounds.
struct PostingsBlocks: @unchecked Sendable {
    // Safe: the memory is that of postings, which never changes, and what holds this holds them.
    private let base: UnsafeRawPointer
    /// Bytes before those at `base`, in the section.
    let start: Int
    /// Passages that hold the term.
    let holders: Int
    /// Passages of the postings.
    private let passageCount: Int

    /// The most postings of a block.
    static let capacity = 128
    /// Bytes of a block in the table.
    static let entrySize = 8

    /// - Parameters:
    ///   - packed: The section's first byte.
    ///   - start: The place of the term's first byte in it.
    init(_ packed: UnsafeRawPointer, start: Int, holders: Int, passageCount: Int) {
        base = packed + start
        self.start = start
        self.holders = holders
        self.passageCount = passageCount
    }

    static func count(of holders: Int) -> Int { (holders + capacity - 1) / capacity }

    var count: Int { Self.count(of: holders) }
    /// Whether the blocks say what stands in them.
    var hasTable: Bool { holders > Self.capacity }
    private var tableSize: Int { hasTable ? Self.entrySize * count : 0 }

    /// Postings of a block.
    func count(ofBlock number: Int) -> Int { min(holders - number * Self.capacity, Self.capacity) }

    /// The number of a block's last passage; of the only block of a term, that of the last passage of all.
    @inline(__always)
    func last(ofBlock number: Int) -> Int {
        guard hasTable else { return passageCount - 1 }
        return Int(UInt32(littleEndian: base.loadUnaligned(fromByteOffset: Self.entrySize * number, as: UInt32.self)))
    }

    private func end(ofBlock number: Int) -> Int {
        Int(UInt32(littleEndian: base.loadUnaligned(fromByteOffset: Self.entrySize * number + 4, as: UInt32.self)))
    }

    /// The place behind the table where a block begins.
    private func start(ofBlock number: Int) -> Int {
        tableSize + (number == 0 || !hasTable ? 0 : end(ofBlock: number - 1))
    }

    /// Calls `body` with each pair that bounds the scores of a block.
    ///
    /// - Precondition: `hasTable`
    @inline(__always)
    func forEachBound(ofBlock number: Int, _ body: (ScoreBound) -> Void) {
        let bytes = base.assumingMemoryBound(to: UInt8.self)
        var place = start(ofBlock: number) + 1
        for _ in 0..<bytes[place - 1] {
            let frequency = VariableInteger.read(bytes, at: &place)
            let length = VariableInteger.read(bytes, at: &place)
            body(ScoreBound(frequency: UInt32(frequency), length: UInt32(length)))
        }
    }

    /// Unpacks a block. Whatever its bits are, passages ascend and lie between the last of the block before and its own.
    ///
    /// - Parameters:
    ///   - numbers: Where the passages go, (128).
    ///   - frequencies: Where the frequencies go, (128).
    func unpack(
        _ number: Int, _ numbers: UnsafeMutablePointer<UInt32>, _ frequencies: UnsafeMutablePointer<UInt32>
    ) {
        let bytes = base.assumingMemoryBound(to: UInt8.self)
        var place = start(ofBlock: number)
        if hasTable {
            let bounds = Int(bytes[place])
            place += 1
            for _ in 0..<2 * bounds { _ = VariableInteger.read(bytes, at: &place) }
        }
        let count = count(ofBlock: number)
        let widths = BlockWidths(bytes, at: &place)
        PackedIntegers.unpack(base + place, width: widths.distance, count: count, into: numbers)
        place += PackedIntegers.byteCount(count, width: widths.distance)
        PackedIntegers.unpack(base + place, width: widths.frequency, count: count, into: frequencies)
        var next = number == 0 ? 0 : UInt64(last(ofBlock: number - 1)) + 1
        let last = UInt64(last(ofBlock: number))
        for index in 0..<count {
            next += UInt64(numbers[index])
            numbers[index] = UInt32(min(next, last))
            frequencies[index] &+= 1
            next += 1
        }
    }

    // MARK: Checking

    /// Whether the blocks fill their bytes and lead nowhere else. The bytes may be any.
    func isSound(byteCount: Int) -> Bool {
        guard hasTable else { return isBlockSound(0, from: 0, to: byteCount) }
        guard tableSize <= byteCount else { return false }
        var (before, place) = (-1, 0)
        for number in 0..<count {
            let (last, end) = (last(ofBlock: number), end(ofBlock: number))
            guard last > before, last < passageCount, end > place, end <= byteCount - tableSize,
                isBlockSound(number, from: tableSize + place, to: tableSize + end)
            else { return false }
            (before, place) = (last, end)
        }
        return place == byteCount - tableSize
    }

    private func isBlockSound(_ number: Int, from start: Int, to end: Int) -> Bool {
        let bytes = base.assumingMemoryBound(to: UInt8.self)
        var place = start
        if hasTable {
            guard place < end, bytes[place] > 0 else { return false }
            let bounds = Int(bytes[place])
            place += 1
            for _ in 0..<2 * bounds {
                guard VariableInteger.checked(bytes, at: &place, end: end) != nil else { return false }
            }
        }
        guard let widths = BlockWidths(checking: bytes, at: &place, end: end) else { return false }
        let count = count(ofBlock: number)
        return place + PackedIntegers.byteCount(count, width: widths.distance)
            + PackedIntegers.byteCount(count, width: widths.frequency) == end
    }
}

/// The bits of a block's distances and of its frequencies, each less one.
struct BlockWidths {
    let distance: Int
    let frequency: Int

    /// Frequencies of as many bits or more have a byte of their own.
    private static let wide = 3

    init(distance: Int, frequency: Int) {
        self.distance = distance
        self.frequency = frequency
    }

    /// - Precondition: They were checked.
    @inline(__always)
    init(_ bytes: UnsafePointer<UInt8>, at place: inout Int) {
        let first = Int(bytes[place])
        place += 1
        distance = first & 63
        if first >> 6 < Self.wide {
            frequency = first >> 6
        } else {
            frequency = Int(bytes[place])
            place += 1
        }
    }

    /// Nil where the bytes end before, or say more bits than a value has.
    init?(checking bytes: UnsafePointer<UInt8>, at place: inout Int, end: Int) {
        guard place < end, bytes[place] >> 6 < Self.wide || place + 1 < end else { return nil }
        self.init(bytes, at: &place)
        guard distance <= 32, frequency <= 32 else { return nil }
    }

    func append(to bytes: inout [UInt8]) {
        bytes.append(UInt8(distance | min(frequency, Self.wide) << 6))
        if frequency >= Self.wide { bytes.append(UInt8(frequency)) }
    }
}
