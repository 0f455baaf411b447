/// Packs whole sentences into pieces of at most so many tokens.
///
/// The pieces cover the text: the first starts at 0, the last ends at the text's end, and each starts where the one
/// before it ends or, with an overlap, earlier. The first piece with the new part of each later one appended is the
/// text. No piece is white space only, unless the text is.
///
/// * A piece ends at a sentence's end; if it is over half full, rather at the last paragraph's end.
/// * A sentence of more than `maximumTokens` is cut into parts of similar size at token borders, between words where
///   there is such a border near.
/// * The overlap is made of whole trailing sentences of the piece before, and never reaches back past that piece's own
///   new part.
/// * A last piece of less than an eighth of the maximum takes sentences from the one before it.
package struct Chunker: Sendable {
    /// The most tokens of a piece; 0 stands for no limit, the whole text in one piece.
    package let maximumTokens: Int
    /// The most tokens a piece repeats from the one before it; at most half of `maximumTokens` is used.
    package let overlapTokens: Int

    package init(maximumTokens: Int, overlapTokens: Int) {
        self.maximumTokens = max(0, maximumTokens)
        self.overlapTokens = max(0, min(overlapTokens, maximumTokens / 2))
    }

    /// Cuts a text.
    ///
    /// - Parameter tokenRanges: the text's tokens, half-open in Unicode scalars, ascending, as
    ///   `TextEncoder.tokenRanges(in:)` gives them.
    /// - Returns: the pieces in order; none for an empty text.
    /// - Complexity: O(n) in the scalars of the text; holds 4 bytes for each meanwhile.
    package func chunks(of text: String, tokenRanges: [Range<Int>]) -> [Chunk] {
        guard !text.isEmpty else { return [] }
        guard maximumTokens > 0, tokenRanges.count > maximumTokens else {
            return [Chunk(range: 0..<text.unicodeScalars.count, text: text, tokenCount: tokenRanges.count)]
        }
        let units = ChunkUnits(text: text, tokenRanges: tokenRanges, maximumTokens: maximumTokens)
        return cut(text, units: units, spans: balancedTail(spans(of: units), units: units))
    }

    /// A piece as a range of units; the units before `fresh` are repeated from the piece before.
    private struct Span {
        var start: Int
        var fresh: Int
        var end: Int
    }

    private func spans(of units: ChunkUnits) -> [Span] {
        var spans: [Span] = []
        var fresh = 0
        var start = 0
        while fresh < units.count {
            var end = fresh + 1
            while end < units.count, units.tokens(in: start..<end + 1) <= maximumTokens { end += 1 }
            if end < units.count { end = paragraphEnd(units, start: start, fresh: fresh, limit: end) }
            let span = Span(start: start, fresh: fresh, end: end)
            spans.append(span)
            start = overlapStart(units, after: span)
            fresh = end
        }
        return spans
    }

    /// The last paragraph's end among the units that would fill a piece more than half; `limit` where there is none.
    private func paragraphEnd(_ units: ChunkUnits, start: Int, fresh: Int, limit: Int) -> Int {
        var end = limit
        while end > fresh, units.tokens(in: start..<end) * 2 > maximumTokens {
            if units.endsParagraph[end - 1] { return end }
            end -= 1
        }
        return limit
    }

    /// Where the piece after `span` starts: as early as the overlap, the maximum and the new part of `span` allow.
    private func overlapStart(_ units: ChunkUnits, after span: Span) -> Int {
        let end = span.end
        guard end < units.count else { return end }
        let earliest = max(span.fresh, span.start + 1)
        var start = end
        while start > earliest, units.tokens(in: start - 1..<end) <= overlapTokens,
            units.tokens(in: start - 1..<end + 1) <= maximumTokens
        {
            start -= 1
        }
        return start
    }

    /// Moves the last border back when the last piece has hardly anything of its own, until it is up to half full.
    private func balancedTail(_ spans: [Span], units: ChunkUnits) -> [Span] {
        guard spans.count > 1 else { return spans }
        let last = spans[spans.count - 1]
        var before = spans[spans.count - 2]
        guard units.tokens(in: last.fresh..<units.count) * 8 < maximumTokens else { return spans }
        var border = last.fresh
        while border - 1 > before.fresh, units.tokens(in: border - 1..<units.count) * 2 <= maximumTokens { border -= 1 }
        guard border < last.fresh else { return spans }
        before.end = border
        var start = overlapStart(units, after: before)
        while units.tokens(in: start..<units.count) > maximumTokens { start += 1 }
        return spans.dropLast(2) + [before, Span(start: start, fresh: border, end: units.count)]
    }

    private func cut(_ text: String, units: ChunkUnits, spans: [Span]) -> [Chunk] {
        let bytes = Array(text.utf8)
        // Starts and ends both ascend, so that one walk for each finds all of them.
        var starts = ScalarOffsets()
        var ends = ScalarOffsets()
        return spans.map { span in
            let range = units.starts[span.start]..<units.starts[span.end]
            let from = starts.byteOffset(ofScalar: range.lowerBound, in: bytes)
            let to = ends.byteOffset(ofScalar: range.upperBound, in: bytes)
            return Chunk(
                range: range, text: String(decoding: bytes[from..<to], as: UTF8.self),
                tokenCount: units.tokens(in: span.start..<span.end))
        }
    }
}

/// Turns ascending scalar offsets into byte offsets, reading each byte once.
private struct ScalarOffsets {
    private var scalar = 0
    private var byte = 0

    mutating func byteOffset(ofScalar target: Int, in bytes: [UInt8]) -> Int {
        while scalar < target, byte < bytes.count {
            byte += 1
            while byte < bytes.count, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
            scalar += 1
        }
        return byte
    }
}
