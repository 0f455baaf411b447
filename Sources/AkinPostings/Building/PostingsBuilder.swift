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
    private var lists: [GatheredPostings] = []
    private var passages: [Int64] = []
    private var lengths: [UInt32] = []
    private var postingCount = 0
    /// Term numbers of the passage that is being added.
    private var current: [Int] = []

    package init() {}

    package var passageCount: Int { passages.count }
    package var lastPassage: Int64? { passages.last }

    /// About how much memory this takes, in bytes.
    var memory: Int { 4 * postingCount + terms.bytes.count + 96 * terms.count + 12 * passages.count }

    /// Adds a passage with the terms of its text, as often as they occur.
    package mutating func add(passage: Int64, terms list: TermList) throws {
        precondition(passages.last.map { $0 < passage } ?? true)
        guard passages.count < Int(UInt32.max) - 1 else { throw PostingsWriter.tooLarge("passages") }
        let number = UInt32(passages.count)
        passages.append(passage)
        lengths.append(UInt32(list.count))
        current.removeAll(keepingCapacity: true)
        for index in 0..<list.count { current.append(terms.number(of: list[index])) }
        while lists.count < terms.count { lists.append(GatheredPostings()) }
        current.sort()
        var start = 0
        while start < current.count {
            var end = start + 1
            while end < current.count, current[end] == current[start] { end += 1 }
            lists[current[start]].append(passage: number, frequency: UInt32(end - start))
            postingCount += 1
            start = end
        }
    }

    /// The postings of what was added, in memory.
    ///
    /// - Throws: `AkinError(.invalidData)` for more passages or words than the format can number.
    package func postings(_ header: PostingsHeader) throws -> Postings {
        try Postings(built: write(header, to: PostingsOutput(nil)))
    }

    /// The postings of what was added, in a file without a name beside `path`, which goes when they do.
    ///
    /// - Throws: as `postings`; `AkinError.cannotCreate` or `.inputOutput` when the file cannot be written.
    func spilled(_ header: PostingsHeader, besides path: String) throws -> Postings {
        let file = try TemporaryFile(besides: path, isPrivate: true)
        file.removeName()
        return try Postings(built: write(header, to: PostingsOutput(file)))
    }

    /// Writes the postings of what was added to a file: whole or not at all. An existing file is replaced, never written
    /// to.
    ///
    /// - Parameter original: A file whose owner and permissions it gets.
    /// - Throws: as `postings`; `AkinError.cannotCreate` or `.inputOutput` when the file cannot be written.
    package func write(_ header: PostingsHeader, to path: String, like original: String? = nil) throws {
        let file = try TemporaryFile(besides: path, like: original)
        _ = try write(header, to: PostingsOutput(file))
        try file.publish()
    }

    private func write(
        _ header: PostingsHeader, to output: PostingsOutput
    ) throws -> (bytes: UnsafeRawBufferPointer, owner: AnyObject) {
        var writer = try PostingsWriter(output, passages: passages, lengths: lengths)
        for number in terms.sorted() {
            lists[number].forEach { passage, frequency in
                writer.append(passage: passage, frequency: frequency, length: lengths[Int(passage)])
            }
            try writer.end(term: terms[number])
        }
        return try writer.finish(header)
    }
}

/// A term's postings while they are gathered: distances of passages and frequencies less one, as variable integers.
private struct GatheredPostings {
    private var bytes: [UInt8] = []
    /// The number of the last passage plus one.
    private var next: UInt32 = 0

    mutating func append(passage: UInt32, frequency: UInt32) {
        VariableInteger.append(passage - next, to: &bytes)
        VariableInteger.append(frequency - 1, to: &bytes)
        next = passage + 1
    }

    func forEach(_ body: (_ passage: UInt32, _ frequency: UInt32) -> Void) {
        bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            var (place, passage) = (0, 0)
            while place < bytes.count {
                passage += VariableInteger.read(base, at: &place)
                body(UInt32(passage), UInt32(VariableInteger.read(base, at: &place)) + 1)
                passage += 1
            }
        }
    }
}
