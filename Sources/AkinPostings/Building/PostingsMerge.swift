import AkinVectors

/// Joins postings whose passages follow one upon the other into one file, without the passages that were deleted.
///
/// Terms are merged in their order, and the postings of one pass through memory block by block. So beside the parts,
/// which are mapped, it takes the memory of the terms' bytes, and of four bytes a passage of a part that lost some.
/// Cost: O(postings).
package struct PostingsMerge {
    private let parts: [Part]

    /// Postings, and the numbers that their passages get.
    private struct Part {
        private let postings: Postings
        /// The number of its first passage that is left.
        let start: UInt32
        /// The new number of each passage, `gone` for those that are left out; nil where all stay.
        let numbers: [UInt32]?

        private static let gone = UInt32.max

        init(_ postings: Postings, without removed: some Sequence<Int64>, start: UInt32) {
            self.postings = postings
            self.start = start
            let removed = Set(removed.compactMap { postings.tables.number(ofPassage: $0) })
            guard !removed.isEmpty else {
                numbers = nil
                return
            }
            var next = start
            numbers = (0..<postings.passageCount).map { number in
                guard !removed.contains(number) else { return Self.gone }
                next += 1
                return next - 1
            }
        }

        var tables: PostingsTables { postings.tables }

        /// The new number of a passage; nil for one that is left out.
        @inline(__always)
        func number(of passage: Int) -> UInt32? {
            guard let numbers else { return start + UInt32(passage) }
            return numbers[passage] == Self.gone ? nil : numbers[passage]
        }

        var kept: LazyFilterSequence<Range<Int>> {
            (0..<tables.passageCount).lazy.filter { number(of: $0) != nil }
        }
    }

    /// Passages of the result.
    package let passageCount: Int

    /// - Parameters:
    ///   - base: Postings, and passages that are left out of them.
    ///   - others: Postings of passages that follow, in their order.
    package init(_ base: Postings, without removed: some Sequence<Int64>, _ others: [Postings]) {
        var parts = [Part(base, without: removed, start: 0)]
        var count = parts[0].kept.reduce(0) { count, _ in count + 1 }
        for postings in others {
            parts.append(Part(postings, without: [], start: UInt32(count)))
            count += postings.passageCount
        }
        self.parts = parts
        passageCount = count
    }

    /// Writes the file: whole or not at all. An existing file is replaced, never written to.
    ///
    /// - Parameter original: A file whose owner and permissions it gets.
    /// - Throws: `AkinError(.invalidData)` for more passages or words than the format can number;
    ///   `AkinError.cannotCreate` or `.inputOutput` when the file cannot be written.
    package func write(_ header: PostingsHeader, to path: String, like original: String? = nil) throws {
        let file = try TemporaryFile(besides: path, like: original)
        var writer = try PostingsWriter(
            PostingsOutput(file),
            passages: parts.lazy.flatMap { part in part.kept.map(part.tables.id) },
            lengths: parts.lazy.flatMap { part in part.kept.map { UInt32(part.tables.lengths[$0]) } })
        var readers = parts.map { TermReaderOf(part: $0) }
        while let term = readers.compactMap(\.term).min(by: { $0.precedes($1) }) {
            for index in readers.indices where readers[index].term == term {
                let part = readers[index].part
                part.tables.forEachPosting(of: .blocks(readers[index].postings)) { passage, frequency in
                    guard let number = part.number(of: passage) else { return }
                    writer.append(
                        passage: number, frequency: frequency, length: UInt32(part.tables.lengths[passage]))
                }
                readers[index].advance()
            }
            try writer.end(term: term[...])
        }
        _ = try writer.finish(header)
        try file.publish()
    }

    /// A part and the term it has come to; nil behind the last.
    private struct TermReaderOf {
        let part: Part
        private var reader: TermReader
        private var isAtEnd = false

        init(part: Part) {
            self.part = part
            reader = part.tables.terms.reader()
            advance()
        }

        var term: [UInt8]? { isAtEnd ? nil : reader.term }
        var postings: PostingsBlocks { reader.postings }

        mutating func advance() { isAtEnd = !reader.next() }
    }
}
