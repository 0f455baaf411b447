/// Finds added tokens, leftmost first and longest first, as Hugging Face's `AddedVocabulary` does.
struct AddedTokenMatcher: Sendable {
    struct Match {
        var id: Int32
        /// In bytes, with the whitespace that the token swallows.
        var range: Range<Int>
    }

    private struct Pattern: Sendable {
        var bytes: [UInt8]
        var token: AddedToken
    }

    /// Longest first.
    private let patterns: [Pattern]
    /// (256) Whether a pattern begins with the byte.
    private let firstBytes: [Bool]

    var isEmpty: Bool { patterns.isEmpty }

    /// - Parameter tokens: Each token with the bytes to look for.
    init(_ tokens: [(bytes: [UInt8], token: AddedToken)]) {
        var patterns = tokens.filter { !$0.bytes.isEmpty }.map { Pattern(bytes: $0.bytes, token: $0.token) }
        patterns.sort { $0.bytes.count > $1.bytes.count }
        var firstBytes = [Bool](repeating: false, count: 256)
        for pattern in patterns { firstBytes[Int(pattern.bytes[0])] = true }
        self.patterns = patterns
        self.firstBytes = firstBytes
    }

    /// Splits text into the stretches between matches and the matches themselves, in order.
    ///
    /// - Parameter body: Gets a range of bytes, and the id where it is an added token; returns whether to go on.
    @inline(__always)
    func split(_ text: borrowing Span<UInt8>, _ body: (Range<Int>, Int32?) -> Bool) {
        var done = 0
        var search = 0
        while let match = next(in: text, from: &search, after: done) {
            if done < match.range.lowerBound, !body(done..<match.range.lowerBound, nil) { return }
            if !body(match.range, match.id) { return }
            done = match.range.upperBound
        }
        if done < text.count { _ = body(done..<text.count, nil) }
    }

    private func next(in text: borrowing Span<UInt8>, from search: inout Int, after done: Int) -> Match? {
        guard !patterns.isEmpty else { return nil }
        while search < text.count {
            guard firstBytes[Int(text[search])], let pattern = pattern(at: search, in: text) else {
                search += 1
                continue
            }
            var start = search
            var end = search + pattern.bytes.count
            search = end
            if pattern.token.singleWord, Self.touchesWord(text, start..<end) { continue }
            if pattern.token.stripsLeft {
                while start > done {
                    var previous = start
                    guard
                        ScalarTable.contains(UTF8Cursor.previous(text, before: &previous), in: UnicodeTables.whitespace)
                    else { break }
                    start = previous
                }
            }
            if pattern.token.stripsRight {
                while end < text.count {
                    var next = end
                    guard ScalarTable.contains(UTF8Cursor.next(text, at: &next), in: UnicodeTables.whitespace) else {
                        break
                    }
                    end = next
                }
            }
            return Match(id: pattern.token.id, range: max(start, done)..<max(end, done))
        }
        return nil
    }

    private func pattern(at start: Int, in text: borrowing Span<UInt8>) -> Pattern? {
        for pattern in patterns where pattern.bytes.count <= text.count - start {
            var offset = 0
            while offset < pattern.bytes.count, pattern.bytes[offset] == text[start + offset] { offset += 1 }
            if offset == pattern.bytes.count { return pattern }
        }
        return nil
    }

    private static func touchesWord(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> Bool {
        var start = range.lowerBound
        var end = range.upperBound
        let before =
            start > 0
            && ScalarTable.contains(UTF8Cursor.previous(text, before: &start), in: UnicodeTables.wordCharacters)
        return before
            || end < text.count
                && ScalarTable.contains(UTF8Cursor.next(text, at: &end), in: UnicodeTables.wordCharacters)
    }
}
