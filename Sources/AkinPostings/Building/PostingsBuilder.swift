package import AkinCore
import AkinVectors

/// Makes postings of passages that come in ascending order.
///
/// ```swift
/// var builder = PostingsBuilder()
/// for passage in passages { try builder.add(passage: passage.id, terms: passage.terms) }
/// let postings = try builder.postings(header)
/// ```
/// Until then each posting takes two bytes or three.
package struct PostingsBuilder {
    private var terms = TermTable()
    /// Of each term: distances of passage numbers and frequencies, as numbers of seven bits a byte.
    private var lists: [TermPostings] = []
    private var passages: [Int64] = []
    private var lengths: [UInt32] = []
    private var tokenCount = 0
    /// Term numbers of the passage that is being added.
    private var current: [Int] = []

    package init() {}

    package var passageCount: Int { passages.count }
    package var lastPassage: Int64? { passages.last }

    /// Adds a passage with the terms of its text, as often as they occur.
    ///
    /// - Throws: `AkinError(.invalidData)` for a passage beyond what the format can number.
    package mutating func add(passage: Int64, terms list: TermList) throws {
        precondition(passages.last.map { $0 < passage } ?? true)
        guard passage - (passages.first ?? passage) <= Int64(UInt32.max), passages.count < Int(UInt32.max) - 1 else {
            throw Self.tooLarge("passages")
        }
        let number = UInt32(passages.count)
        passages.append(passage)
        lengths.append(UInt32(list.count))
        tokenCount += list.count
        current.removeAll(keepingCapacity: true)
        for index in 0..<list.count { current.append(terms.number(of: list[index])) }
        while lists.count < terms.count { lists.append(TermPostings()) }
        current.sort()
        var start = 0
        while start < current.count {
            var end = start + 1
            while end < current.count, current[end] == current[start] { end += 1 }
            lists[current[start]].append(passage: number, frequency: UInt32(end - start))
            start = end
        }
    }

    /// The postings of what was added, in memory.
    ///
    /// - Throws: `AkinError(.invalidData)` where a section would need places of more than 32 bits.
    package func postings(_ header: PostingsHeader) throws -> Postings {
        let image = try image(header)
        return try Postings(image: image)
    }

    /// Writes the postings of what was added to a file: whole or not at all. An existing file is replaced, never written
    /// to.
    ///
    /// - Parameter original: A file whose owner and permissions it gets.
    /// - Throws: as `postings`; `AkinError.cannotCreate` or `.inputOutput` when the file cannot be written.
    package func write(_ header: PostingsHeader, to path: String, like original: String? = nil) throws {
        let image = try image(header)
        let file = try TemporaryFile(besides: path, like: original)
        try file.write(UnsafeRawBufferPointer(image.buffer))
        try file.publish()
    }

    /// The bytes of the whole file.
    private func image(_ header: PostingsHeader) throws -> AlignedBuffer<UInt8> {
        var sections = PostingsSections(lengths: lengths)
        let first = passages.first ?? 0
        sections.passages = passages.map { UInt32($0 - first) }
        for number in terms.sorted() {
            try sections.append(term: terms[number], lists[number].pairs())
        }
        return sections.image(header, firstPassage: first, tokenCount: tokenCount)
    }

    static func tooLarge(_ what: String) -> AkinError {
        AkinError(.invalidData, "The store has more \(what) than a file of postings can number.")
    }
}

/// A term's postings while they are gathered.
private struct TermPostings {
    private var bytes: [UInt8] = []
    private var count = 0
    /// The number of the last passage plus one.
    private var next: UInt32 = 0

    mutating func append(passage: UInt32, frequency: UInt32) {
        append(passage - next)
        append(frequency - 1)
        next = passage + 1
        count += 1
    }

    private mutating func append(_ value: UInt32) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }

    /// Distances less one and frequencies less one.
    func pairs() -> (distances: [UInt32], frequencies: [UInt32]) {
        var values: (distances: [UInt32], frequencies: [UInt32]) = ([], [])
        values.distances.reserveCapacity(count)
        values.frequencies.reserveCapacity(count)
        var place = 0
        func next() -> UInt32 {
            var (value, shift): (UInt32, UInt32) = (0, 0)
            while true {
                let byte = bytes[place]
                place += 1
                value |= UInt32(byte & 0x7F) << shift
                if byte < 0x80 { return value }
                shift += 7
            }
        }
        for _ in 0..<count {
            values.distances.append(next())
            values.frequencies.append(next())
        }
        return values
    }
}
