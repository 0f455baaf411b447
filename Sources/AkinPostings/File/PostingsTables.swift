import Foundation

/// The sections of postings as they stand in memory. Their contents have been checked against their bounds.
struct PostingsTables {
    let passageCount: Int
    let termCount: Int
    let firstPassage: Int64
    /// Ids less the first, (passages), ascending.
    let passages: UnsafePointer<UInt32>
    let lengths: PassageLengths
    /// (terms + 1).
    let termStarts: UnsafePointer<UInt32>
    let terms: UnsafePointer<UInt8>
    /// (terms + 1).
    let firstBlocks: UnsafePointer<UInt32>
    let blocks: UnsafePointer<PostingsBlock>
    let bounds: UnsafePointer<ScoreBound>
    let packed: UnsafeRawPointer

    /// The id of the passage of a number.
    @inline(__always)
    func id(_ number: Int) -> Int64 { firstPassage + Int64(passages[number]) }

    /// The number of a passage; nil for one that is not there. Cost: O(log passages).
    func number(ofPassage id: Int64) -> Int? {
        guard id >= firstPassage, id - firstPassage <= Int64(UInt32.max) else { return nil }
        let offset = UInt32(id - firstPassage)
        var (low, high) = (0, passageCount)
        while low < high {
            let middle = (low + high) / 2
            if passages[middle] < offset { low = middle + 1 } else { high = middle }
        }
        return low < passageCount && passages[low] == offset ? low : nil
    }

    /// The number of a term; nil for one that no passage holds. Cost: O(log terms).
    func number(ofTerm term: [UInt8]) -> Int? {
        let number = firstTerm(from: term)
        return number < termCount && compare(number, term) == 0 ? number : nil
    }

    /// The numbers of the terms that begin with some bytes. Cost: O(log terms), and a comparison with each of them.
    func terms(withPrefix prefix: [UInt8]) -> Range<Int> {
        let first = firstTerm(from: prefix)
        var end = first
        while end < termCount, hasPrefix(end, prefix) { end += 1 }
        return first..<end
    }

    /// The number of the first term that does not come before some bytes.
    private func firstTerm(from bytes: [UInt8]) -> Int {
        var (low, high) = (0, termCount)
        while low < high {
            let middle = (low + high) / 2
            if compare(middle, bytes) < 0 { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func hasPrefix(_ number: Int, _ prefix: [UInt8]) -> Bool {
        let (start, end) = (Int(termStarts[number]), Int(termStarts[number + 1]))
        guard end - start >= prefix.count else { return false }
        return prefix.withUnsafeBufferPointer { prefix in
            prefix.baseAddress.map { memcmp(terms + start, $0, prefix.count) == 0 } ?? true
        }
    }

    /// Below 0 where the term of a number comes before another one, 0 where they are the same.
    private func compare(_ number: Int, _ other: [UInt8]) -> Int {
        let (start, end) = (Int(termStarts[number]), Int(termStarts[number + 1]))
        let order = other.withUnsafeBufferPointer { other in
            other.baseAddress.map { memcmp(terms + start, $0, min(end - start, other.count)) } ?? 0
        }
        return order == 0 ? end - start - other.count : Int(order)
    }

    /// The blocks of a term.
    func blocks(ofTerm number: Int) -> Range<Int> { Int(firstBlocks[number])..<Int(firstBlocks[number + 1]) }

    /// How many passages hold a term.
    func passageCount(ofTerm number: Int) -> Int {
        let blocks = blocks(ofTerm: number)
        return (blocks.count - 1) * PostingsBlock.capacity + self.blocks[blocks.upperBound - 1].count
    }
}

/// How many tokens each passage has, in one, two or four bytes.
struct PassageLengths {
    let base: UnsafeRawPointer
    let width: Int

    @inline(__always)
    subscript(number: Int) -> Int {
        switch width {
        case 1: Int(base.load(fromByteOffset: number, as: UInt8.self))
        case 2: Int(base.load(fromByteOffset: 2 * number, as: UInt16.self))
        default: Int(base.load(fromByteOffset: 4 * number, as: UInt32.self))
        }
    }

    /// The bytes that a length needs.
    static func width(ofLongest length: UInt32) -> Int { length <= 0xFF ? 1 : length <= 0xFFFF ? 2 : 4 }
}
