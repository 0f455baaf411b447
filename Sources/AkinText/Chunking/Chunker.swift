package import AkinCore

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
    /// - Parameters:
    ///   - tokenStarts: as `TextEncoder.tokenStarts(in:)` gives them.
    ///   - blocks: the text's parts as their author set them apart, in order; none where they are not known.
    /// - Returns: the pieces in order; none for an empty text.
    /// - Complexity: O(n) in the scalars of the text; holds up to three bytes for each meanwhile, and nine for each sentence.
    package func chunks(of text: String, tokenStarts: TokenStarts, blocks: [TextBlock] = []) -> [Chunk] {
        guard !text.isEmpty else { return [] }
        guard maximumTokens > 0, tokenStarts.count > maximumTokens else {
            return [Chunk(range: 0..<text.unicodeScalars.count, text: text, tokenCount: tokenStarts.count)]
        }
        let units = ChunkUnits(text: text, tokenStarts: tokenStarts, maximumTokens: maximumTokens, blocks: blocks)
        let packing = Packing(
            units: units, maximumTokens: maximumTokens, overlapTokens: overlapTokens, hasBlocks: !blocks.isEmpty)
        return cut(text, units: units, spans: units.sections.flatMap(packing.spans(in:)))
    }

    private func cut(_ text: String, units: ChunkUnits, spans: [Packing.Span]) -> [Chunk] {
        // Starts and ends both ascend, so that one walk for each finds all of them.
        var (starts, ends) = (ScalarWalk(text), ScalarWalk(text))
        return spans.map { span in
            let range = units.start(of: span.start)..<units.start(of: span.end)
            return Chunk(
                range: range, text: String(text[starts.index(of: range.lowerBound)..<ends.index(of: range.upperBound)]),
                tokenCount: units.tokens(in: span.start..<span.end))
        }
    }
}

/// Finds ascending places of a text, reading it once.
private struct ScalarWalk {
    private let scalars: String.UnicodeScalarView
    private var place = 0
    private var index: String.Index

    init(_ text: String) {
        scalars = text.unicodeScalars
        index = scalars.startIndex
    }

    mutating func index(of target: Int) -> String.Index {
        index = scalars.index(index, offsetBy: target - place)
        place = target
        return index
    }
}
