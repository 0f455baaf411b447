/// Sets of scalars that steps of a tokenizer look for.
enum ScalarSet: Sendable {
    /// U+0020 alone.
    case space
    case whitespace
    case punctuation
    /// `\p{N}` in a regular expression.
    case number
    /// What `\w` stands for in a regular expression.
    case word
    /// Neither `word` nor `whitespace`.
    case symbol

    func contains(_ scalar: UInt32) -> Bool {
        switch self {
        case .space: scalar == 0x20
        case .whitespace: ScalarTable.shared[scalar].contains(.whitespace)
        case .punctuation: ScalarTable.shared[scalar].contains(.punctuation)
        case .number: CharacterClassTable.shared[scalar] == .number
        case .word: ScalarTable.contains(scalar, in: UnicodeTables.wordCharacters)
        case .symbol: !ScalarSet.word.contains(scalar) && !ScalarSet.whitespace.contains(scalar)
        }
    }
}

/// What a step of a tokenizer looks for in a text.
enum TextPattern: Sendable {
    /// These bytes, not empty.
    case literal([UInt8])
    /// Each scalar of a set.
    case each(ScalarSet)
    /// The longest stretches of scalars of one of the sets, of at least so many scalars.
    case runs([ScalarSet], minimum: Int)
    /// The words that a tokenizer's regular expression finds.
    case words(WordPattern)

    /// The fewest bytes that it finds.
    var fewestBytes: Int {
        switch self {
        case .literal(let bytes): bytes.count
        case .runs(_, let minimum): minimum
        case .each, .words: 1
        }
    }

    struct Piece {
        /// In bytes, not empty.
        var range: Range<Int>
        var isMatch: Bool
    }

    /// The matches in a stretch of bytes and the stretches between them, in order.
    func pieces(of bytes: borrowing Span<UInt8>, in range: Range<Int>) -> [Piece] {
        var pieces: [Piece] = []
        var done = range.lowerBound
        var index = range.lowerBound
        while index < range.upperBound {
            let start = index
            guard let end = matchEnd(bytes, at: &index, before: range.upperBound) else { continue }
            if start > done { pieces.append(Piece(range: done..<start, isMatch: false)) }
            pieces.append(Piece(range: start..<end, isMatch: true))
            (done, index) = (end, end)
        }
        if done < range.upperBound { pieces.append(Piece(range: done..<range.upperBound, isMatch: false)) }
        return pieces
    }

    /// Where a match ends that begins at `index`; nil where none begins, and then `index` moves to where the next
    /// might.
    private func matchEnd(_ bytes: borrowing Span<UInt8>, at index: inout Int, before limit: Int) -> Int? {
        let start = index
        switch self {
        case .literal(let text):
            index += 1
            guard text.count <= limit - start else { return nil }
            for offset in text.indices where text[offset] != bytes[start + offset] { return nil }
            return start + text.count
        case .words(let pattern):
            index = pattern.wordEnd(bytes, from: start, before: limit)
            return index
        case .each(let set):
            return set.contains(UTF8Cursor.next(bytes, at: &index)) ? index : nil
        case .runs(let sets, let minimum):
            let first = UTF8Cursor.next(bytes, at: &index)
            guard let set = sets.first(where: { $0.contains(first) }) else { return nil }
            var count = 1
            var end = index
            while end < limit {
                var next = end
                guard set.contains(UTF8Cursor.next(bytes, at: &next)) else { break }
                (end, count) = (next, count + 1)
            }
            index = end
            return count >= minimum ? end : nil
        }
    }
}

/// What happens to the matches when a text is split.
enum SplitBehavior: String, Sendable {
    case removed = "Removed"
    case isolated = "Isolated"
    case mergedWithPrevious = "MergedWithPrevious"
    case mergedWithNext = "MergedWithNext"
    case contiguous = "Contiguous"

    /// The parts of a text that remain, in order.
    ///
    /// - Parameter inverted: Whether the stretches between matches count as the matches.
    func ranges(_ pieces: [TextPattern.Piece], inverted: Bool) -> [Range<Int>] {
        var result: [Range<Int>] = []
        result.reserveCapacity(pieces.count)
        var previous = false
        switch self {
        case .removed: return pieces.filter { $0.isMatch == inverted }.map(\.range)
        case .isolated: return pieces.map(\.range)
        case .mergedWithPrevious:
            for piece in pieces {
                let isMatch = piece.isMatch != inverted
                if isMatch, !previous, let last = result.popLast() {
                    result.append(last.lowerBound..<piece.range.upperBound)
                } else {
                    result.append(piece.range)
                }
                previous = isMatch
            }
        case .mergedWithNext:
            for piece in pieces.reversed() {
                let isMatch = piece.isMatch != inverted
                if isMatch, !previous, let last = result.popLast() {
                    result.append(piece.range.lowerBound..<last.upperBound)
                } else {
                    result.append(piece.range)
                }
                previous = isMatch
            }
            result.reverse()
        case .contiguous:
            for (index, piece) in pieces.enumerated() {
                if index > 0, piece.isMatch == pieces[index - 1].isMatch, let last = result.popLast() {
                    result.append(last.lowerBound..<piece.range.upperBound)
                } else {
                    result.append(piece.range)
                }
            }
        }
        return result
    }
}
