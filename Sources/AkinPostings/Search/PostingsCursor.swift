import AkinVectors

/// Where a term's postings are.
enum PostingsSource: Sendable {
    case blocks(PostingsBlocks)
    case list(PassageList)
}

/// A place in one term's postings that moves forward, block by block. It belongs to one search.
///
/// The memory for the values of a block is the search's own. A list in memory is read where it stands, in blocks of the
/// same size.
struct PostingsCursor {
    /// What the term adds to scores, in the search's statistics.
    let weight: Double

    private let lengths: PassageLengths
    private let bm25: BM25
    private let source: PostingsSource
    private let blockCount: Int
    /// Where blocks are unpacked, (2, 128).
    private let memory: UnsafeMutablePointer<UInt32>
    /// Numbers of the passages of the unpacked block, (128).
    private var passages: UnsafePointer<UInt32>
    /// Frequencies in them, (128).
    private var frequencies: UnsafePointer<UInt32>

    /// The block that `frequency(in:)` and `forEachPosting` have come to.
    private var block = 0
    /// The place in it, once it is unpacked.
    private var place = 0
    /// Postings of the unpacked block; 0 where `block` is not unpacked.
    private var count = 0

    /// The first block that `bound` has not left behind, and what was found for it.
    private var boundBlock = 0
    private var knownBound: (block: Int, bound: Double) = (-1, 0)

    /// - Parameter memory: 2 × 128 numbers.
    init(
        _ tables: PostingsTables, _ source: PostingsSource, weight: Double, bm25: BM25,
        memory: UnsafeMutablePointer<UInt32>
    ) {
        lengths = tables.lengths
        self.bm25 = bm25
        self.weight = weight
        self.source = source
        self.memory = memory
        passages = UnsafePointer(memory)
        frequencies = UnsafePointer(memory + PostingsBlocks.capacity)
        switch source {
        case .blocks(let blocks):
            blockCount = blocks.count
            // Where the only block of a term ends is found by unpacking it.
            if !blocks.hasTable { blocks.unpack(0, memory, memory + PostingsBlocks.capacity) }
        case .list(let list): blockCount = PostingsBlocks.count(of: list.count)
        }
    }

    /// What the term adds to the score of a passage.
    @inline(__always)
    func score(frequency: UInt32, passage: Int) -> Double {
        bm25.score(weight: weight, frequency: frequency, length: lengths[passage])
    }

    /// The number of a block's last passage.
    @inline(__always)
    private func last(ofBlock number: Int) -> Int {
        switch source {
        case .blocks(let blocks): blocks.hasTable ? blocks.last(ofBlock: number) : Int(memory[blocks.holders - 1])
        case .list(let list): Int(list.numbers.base[min((number + 1) * PostingsBlocks.capacity, list.count) - 1])
        }
    }

    private func count(ofBlock number: Int) -> Int {
        switch source {
        case .blocks(let blocks): blocks.count(ofBlock: number)
        case .list(let list): min(list.count - number * PostingsBlocks.capacity, PostingsBlocks.capacity)
        }
    }

    // MARK: Bounds

    /// The most that the term can add to the score of a passage of a range; 0 where no block reaches into it. Ranges
    /// ascend from call to call.
    mutating func bound(in range: Range<Int>) -> Double {
        while boundBlock < blockCount, last(ofBlock: boundBlock) < range.lowerBound { boundBlock += 1 }
        var most = 0.0
        var next = boundBlock
        while next < blockCount {
            if next > 0, last(ofBlock: next - 1) + 1 >= range.upperBound { break }
            most = max(most, bound(ofBlock: next))
            next += 1
        }
        return most
    }

    private mutating func bound(ofBlock number: Int) -> Double {
        if knownBound.block == number { return knownBound.bound }
        var most = 0.0
        if case .blocks(let blocks) = source, blocks.hasTable {
            blocks.forEachBound(ofBlock: number) { bound in
                most = max(most, bm25.score(weight: weight, frequency: bound.frequency, length: Int(bound.length)))
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
    mutating func forEachPosting(
        in range: Range<Int>, _ body: (_ passage: Int, _ frequency: UInt32) throws -> Void
    ) rethrows {
        skip(to: range.lowerBound)
        while place < count {
            while place < count {
                let passage = Int(passages[place])
                if passage >= range.upperBound { return }
                try body(passage, frequencies[place])
                place += 1
            }
            skip(to: last(ofBlock: block) + 1)
        }
    }

    /// Moves to the first posting of a passage or of one after it; `place` is `count` where there is none.
    private mutating func skip(to passage: Int) {
        while block < blockCount, last(ofBlock: block) < passage {
            block += 1
            (place, count) = (0, 0)
        }
        guard block < blockCount else { return }
        if count == 0 {
            unpack(block)
            (place, count) = (0, count(ofBlock: block))
        }
        while place < count, Int(passages[place]) < passage { place += 1 }
    }

    private mutating func unpack(_ number: Int) {
        switch source {
        case .blocks(let blocks):
            if blocks.hasTable { blocks.unpack(number, memory, memory + PostingsBlocks.capacity) }
        case .list(let list):
            passages = UnsafePointer(list.numbers.base + number * PostingsBlocks.capacity)
            frequencies = UnsafePointer(list.frequencies.base + number * PostingsBlocks.capacity)
        }
    }
}

extension PostingsTables {
    /// Calls `body` with each of a term's postings, by ascending passage.
    func forEachPosting(
        of source: PostingsSource, _ body: (_ passage: Int, _ frequency: UInt32) throws -> Void
    ) rethrows {
        try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * PostingsBlocks.capacity) { memory in
            guard let base = memory.baseAddress else { return }
            var cursor = PostingsCursor(
                self, source, weight: 0, bm25: BM25(passageCount: 1, tokenCount: 1), memory: base)
            try cursor.forEachPosting(in: 0..<passageCount, body)
        }
    }
}
