import AkinVectors

/// A place in one term's postings that moves forward, block by block. It belongs to one search.
///
/// The memory for the values of a block is the search's own. A list in memory is read where it stands, in blocks of the
/// same size.
struct PostingsCursor {
    /// What the term adds to scores, in the search's statistics.
    let weight: Double

    private let tables: PostingsTables
    private let bm25: BM25
    private let source: PostingsSource
    private let blocks: Range<Int>
    /// Where blocks are unpacked, (2, 128).
    private let memory: UnsafeMutablePointer<UInt32>
    /// Numbers of the passages of the unpacked block, (128).
    private var passages: UnsafePointer<UInt32>
    /// Frequencies in them, (128).
    private var frequencies: UnsafePointer<UInt32>

    /// The block that `frequency(in:)` and `forEachPosting` have come to.
    private var block: Int
    /// The place in it, once it is unpacked.
    private var place = 0
    /// Postings of the unpacked block; 0 where `block` is not unpacked.
    private var count = 0

    /// The first block that `bound` has not left behind, and what was found for it.
    private var boundBlock: Int
    private var knownBound: (block: Int, bound: Double) = (-1, 0)

    /// - Parameter memory: 2 × 128 numbers.
    init(
        _ tables: PostingsTables, _ source: PostingsSource, weight: Double, bm25: BM25,
        memory: UnsafeMutablePointer<UInt32>
    ) {
        self.tables = tables
        self.bm25 = bm25
        self.weight = weight
        self.source = source
        self.memory = memory
        blocks =
            switch source {
            case .blocks(let term): tables.blocks(ofTerm: term)
            case .list(let list): 0..<(list.count + PostingsBlock.capacity - 1) / PostingsBlock.capacity
            }
        passages = UnsafePointer(memory)
        frequencies = UnsafePointer(memory)
        block = blocks.lowerBound
        boundBlock = blocks.lowerBound
    }

    /// The number of a block's last passage.
    @inline(__always)
    private func last(ofBlock number: Int) -> Int {
        switch source {
        case .blocks: Int(tables.blocks[number].last)
        case .list(let list): Int(list.numbers.base[min((number + 1) * PostingsBlock.capacity, list.count) - 1])
        }
    }

    private func count(ofBlock number: Int) -> Int {
        switch source {
        case .blocks: tables.blocks[number].count
        case .list(let list): min(list.count - number * PostingsBlock.capacity, PostingsBlock.capacity)
        }
    }

    /// What the term adds to the score of a passage.
    @inline(__always)
    func score(frequency: UInt32, passage: Int) -> Double {
        bm25.score(weight: weight, frequency: frequency, length: tables.lengths[passage])
    }

    // MARK: Bounds

    /// The most that the term can add to the score of a passage of a range; 0 where no block reaches into it. Ranges
    /// ascend from call to call.
    mutating func bound(in range: Range<Int>) -> Double {
        while boundBlock < blocks.upperBound, last(ofBlock: boundBlock) < range.lowerBound { boundBlock += 1 }
        var most = 0.0
        var next = boundBlock
        while next < blocks.upperBound {
            if next > blocks.lowerBound, last(ofBlock: next - 1) + 1 >= range.upperBound { break }
            most = max(most, bound(ofBlock: next))
            next += 1
        }
        return most
    }

    private mutating func bound(ofBlock number: Int) -> Double {
        if knownBound.block == number { return knownBound.bound }
        var most = 0.0
        if case .blocks = source, tables.blocks[number].boundCount > 0 {
            let entry = tables.blocks[number]
            for bound in UnsafeBufferPointer(start: tables.bounds + Int(entry.firstBound), count: Int(entry.boundCount))
            {
                most = max(
                    most, bm25.score(weight: weight, frequency: bound.frequency, length: Int(bound.length)))
            }
        } else {
            unpack(number)
            for index in 0..<count(ofBlock: number) {
                most = max(most, score(frequency: frequencies[index], passage: Int(passages[index])))
            }
            // The cursor's own block may be another.
            if number != block { count = 0 }
        }
        knownBound = (number, most)
        return most
    }

    // MARK: Postings

    /// How often the term occurs in a passage. Passages ascend from call to call.
    mutating func frequency(in passage: Int) -> UInt32 {
        skip(to: passage)
        guard place < count else { return 0 }
        return Int(passages[place]) == passage ? frequencies[place] : 0
    }

    /// Calls `body` with each passage of a range that holds the term. Ranges ascend from call to call.
    @inline(__always)
    mutating func forEachPosting(in range: Range<Int>, _ body: (_ passage: Int, _ frequency: UInt32) -> Void) {
        skip(to: range.lowerBound)
        while place < count {
            while place < count {
                let passage = Int(passages[place])
                if passage >= range.upperBound { return }
                body(passage, frequencies[place])
                place += 1
            }
            skip(to: last(ofBlock: block) + 1)
        }
    }

    /// Moves to the first posting of a passage or of one after it; `place` is `count` where there is none.
    private mutating func skip(to passage: Int) {
        while block < blocks.upperBound, last(ofBlock: block) < passage {
            block += 1
            (place, count) = (0, 0)
        }
        guard block < blocks.upperBound else { return }
        if count == 0 {
            unpack(block)
            (place, count) = (0, count(ofBlock: block))
        }
        while place < count, Int(passages[place]) < passage { place += 1 }
    }

    /// Unpacks a block. Whatever its bits are, passages ascend and lie between the last of the block before and its own.
    private mutating func unpack(_ number: Int) {
        if case .list(let list) = source {
            passages = UnsafePointer(list.numbers.base + number * PostingsBlock.capacity)
            frequencies = UnsafePointer(list.frequencies.base + number * PostingsBlock.capacity)
            return
        }
        let (numbers, counts) = (memory, memory + PostingsBlock.capacity)
        let entry = tables.blocks[number]
        let base = tables.packed + Int(entry.start)
        PackedIntegers.unpack(base, width: Int(entry.distanceWidth), count: entry.count, into: numbers)
        PackedIntegers.unpack(
            base + entry.distanceBytes, width: Int(entry.frequencyWidth), count: entry.count, into: counts)
        var next = number == blocks.lowerBound ? 0 : UInt64(tables.blocks[number - 1].last) + 1
        let last = UInt64(entry.last)
        for index in 0..<entry.count {
            next += UInt64(numbers[index])
            numbers[index] = UInt32(min(next, last))
            counts[index] &+= 1
            next += 1
        }
        passages = UnsafePointer(numbers)
        frequencies = UnsafePointer(counts)
    }
}

extension PostingsTables {
    /// Calls `body` with each of a term's postings, by ascending passage.
    func forEachPosting(of source: PostingsSource, _ body: (_ passage: Int, _ frequency: UInt32) -> Void) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * PostingsBlock.capacity) { memory in
            guard let base = memory.baseAddress else { return }
            var cursor = PostingsCursor(
                self, source, weight: 0, bm25: BM25(passageCount: 1, tokenCount: 1), memory: base)
            cursor.forEachPosting(in: 0..<passageCount, body)
        }
    }
}
