package import AkinCore

/// Finds where passages of a text stand, from the blocks of the text.
///
/// A passage that begins or ends within a block takes only a part of the block's lines, where the block has as many
/// lines in the text as it has in the file; else the lines of the whole block.
package struct PassagePlaces: Sendable {
    /// Every passage has its headings written out, so endless ones are cut.
    private static let (mostHeadings, mostCharacters) = (32, 200)

    private let blocks: [TextBlock]
    private let breaks: LineBreaks

    /// - Parameters:
    ///   - blocks: in the order of the text; none overlaps another.
    /// - Complexity: O(n) in the scalars of the text; nothing is read where there are no blocks.
    package init(text: String, blocks: [TextBlock]) {
        self.blocks = blocks
        let needsLines = blocks.contains { $0.lines.map { $0.lowerBound < $0.upperBound } ?? false }
        breaks = LineBreaks(of: needsLines ? text : "")
    }

    /// The place of a passage; nil where the blocks say nothing of it.
    ///
    /// - Parameters:
    ///   - text: the passage's text, whose white space at both ends stands on no line of its own.
    ///   - range: where it stands, in Unicode scalars of the whole text.
    /// - Complexity: O(log n) in the blocks, and O(1) for each block that the passage touches.
    package func place(of text: String, range: Range<Int>) -> PassagePlace? {
        guard !blocks.isEmpty else { return nil }
        let visible = text.visibleScalars(from: range.lowerBound) ?? range
        let touched = blocks[blocks.firstPlace { $0.range.upperBound > visible.lowerBound }...].prefix {
            $0.range.lowerBound < max(visible.upperBound, visible.lowerBound + 1)
        }
        guard let first = touched.first else { return nil }
        let place = PassagePlace(
            lines: lines(of: visible, in: touched), page: touched.lazy.compactMap(\.page).first,
            headings: Self.headings(touched, first).prefix(Self.mostHeadings).map {
                String($0.prefix(Self.mostCharacters))
            })
        return place.isEmpty ? nil : place
    }

    /// Those of the first block that is no heading, which a passage that begins with its heading stands under; in a
    /// passage of headings alone, those of the last.
    private static func headings(_ touched: ArraySlice<TextBlock>, _ first: TextBlock) -> [String] {
        (touched.first { $0.kind != .heading } ?? touched.last ?? first).headings
    }

    private func lines(of visible: Range<Int>, in touched: ArraySlice<TextBlock>) -> ClosedRange<Int>? {
        var found: ClosedRange<Int>?
        for block in touched {
            guard let lines = block.lines.map({ self.lines($0, of: block, within: visible) }) else { continue }
            found = found.map { min($0.lowerBound, lines.lowerBound)...max($0.upperBound, lines.upperBound) } ?? lines
        }
        return found
    }

    /// The part of a block's lines that a stretch of the text takes.
    private func lines(_ lines: ClosedRange<Int>, of block: TextBlock, within visible: Range<Int>) -> ClosedRange<Int> {
        let part = visible.clamped(to: block.range)
        guard part != block.range, !part.isEmpty, lines.count > 1 else { return lines }
        let before = breaks.count(before: block.range.lowerBound)
        guard breaks.count(before: block.range.upperBound - 1) - before == lines.count - 1 else { return lines }
        return lines.lowerBound + breaks.count(before: part.lowerBound) - before...lines.lowerBound
            + breaks.count(before: part.upperBound - 1) - before
    }

}

extension PassagePlace {
    /// The lines that a part of the passage stands on: all of the passage's where its text has other lines than the
    /// file; nil where they are not known, or the part is white space alone.
    ///
    /// - Parameters:
    ///   - part: in Unicode scalars of `text`.
    ///   - text: the passage's.
    package func lines(of part: Range<Int>, in text: String) -> ClosedRange<Int>? {
        guard let lines, let visible = text.visibleScalars(from: 0),
            let shown = String(text.slice(scalars: part)).visibleScalars(from: max(0, part.lowerBound))
        else { return nil }
        let breaks = LineBreaks(of: text)
        let before = breaks.count(before: visible.lowerBound)
        guard breaks.count(before: visible.upperBound - 1) - before == lines.count - 1 else { return lines }
        return lines.lowerBound + breaks.count(before: shown.lowerBound) - before...lines.lowerBound
            + breaks.count(before: shown.upperBound - 1) - before
    }
}
