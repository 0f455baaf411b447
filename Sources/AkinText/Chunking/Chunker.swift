/// Packs whole blocks and sentences into pieces of at most so many tokens.
///
/// The pieces cover the text: the first starts at 0, the last ends at the text's end, and each starts where the one
/// before it ends or, with an overlap, earlier. The first piece with the new part of each later one appended is the
/// text. No piece is white space only, unless the text is.
///
/// * A piece ends at the best border (`ChunkBorder`) that leaves it over half full: before a heading, else behind a
///   paragraph, an item or a row, else behind a sentence. A heading stays with what follows it.
/// * No piece reaches over a heading that begins a section (`ChunkUnits.sections`).
/// * A sentence of more than `maximumTokens` is cut into parts of similar size at token borders, between words where
///   there is such a border near.
/// * The overlap is made of whole trailing sentences of the piece before, and never reaches back past that piece's own
///   new part. In a text of blocks there is none over the border of two paragraphs.
/// * A section's last piece of less than an eighth of the maximum takes sentences from the one before it.
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
    /// - Parameter blocks: the text's parts as their author set them apart, in order; none where they are not known.
    /// - Returns: the pieces in order; none for an empty text.
    /// - Complexity: O(n) in the scalars of the text; holds 4 bytes for each meanwhile.
    package func chunks(of text: String, tokenRanges: [Range<Int>], blocks: [TextBlock] = []) -> [Chunk] {
        guard !text.isEmpty else { return [] }
        guard maximumTokens > 0, tokenRanges.count > maximumTokens else {
            return [Chunk(range: 0..<text.unicodeScalars.count, text: text, tokenCount: tokenRanges.count)]
        }
        let units = ChunkUnits(text: text, tokenRanges: tokenRanges, maximumTokens: maximumTokens, blocks: blocks)
        let packing = Packing(
            units: units, maximumTokens: maximumTokens, overlapTokens: overlapTokens, hasBlocks: !blocks.isEmpty)
        return cut(text, units: units, spans: units.sections.flatMap(packing.spans(in:)))
    }

    private func cut(_ text: String, units: ChunkUnits, spans: [Packing.Span]) -> [Chunk] {
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
