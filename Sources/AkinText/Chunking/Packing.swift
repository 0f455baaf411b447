/// Packs the units of a text's sections into pieces.
struct Packing {
    /// A piece as a range of units; the units before `fresh` are repeated from the piece before.
    struct Span {
        var start: Int
        var fresh: Int
        var end: Int
    }

    let units: ChunkUnits
    let maximumTokens: Int
    let overlapTokens: Int
    /// Whether the borders are those of blocks.
    let hasBlocks: Bool

    func spans(in section: Range<Int>) -> [Span] {
        var spans: [Span] = []
        var (fresh, start) = (section.lowerBound, section.lowerBound)
        while fresh < section.upperBound {
            var end = fresh + 1
            while end < section.upperBound, units.tokens(in: start..<end + 1) <= maximumTokens { end += 1 }
            if end < section.upperBound { end = bestBorder(start: start, fresh: fresh, limit: end) }
            let span = Span(start: start, fresh: fresh, end: end)
            spans.append(span)
            start = overlapStart(after: span, in: section)
            fresh = end
        }
        return balanced(spans, in: section)
    }

    /// The last of the best borders among those that leave a piece more than half full; `limit` where there is none.
    private func bestBorder(start: Int, fresh: Int, limit: Int) -> Int {
        var (best, place) = (ChunkBorder.none, limit)
        var end = limit
        while end > fresh, units.tokens(in: start..<end) * 2 > maximumTokens {
            if units.borders[end - 1] > best { (best, place) = (units.borders[end - 1], end) }
            end -= 1
        }
        return withoutHeading(place, fresh: fresh)
    }

    /// Moves a border before the headings that would end a piece, if that leaves anything of it.
    private func withoutHeading(_ border: Int, fresh: Int) -> Int {
        var end = border
        while end > fresh, units.borders[end - 1] == .none { end -= 1 }
        return end > fresh ? end : border
    }

    /// Where the piece after `span` starts: as early as the overlap, the maximum and the new part of `span` allow.
    private func overlapStart(after span: Span, in section: Range<Int>) -> Int {
        let end = span.end
        guard end < section.upperBound, !hasBlocks || units.borders[end - 1] < .paragraph else { return end }
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
    private func balanced(_ spans: [Span], in section: Range<Int>) -> [Span] {
        guard spans.count > 1, let last = spans.last else { return spans }
        let end = section.upperBound
        var before = spans[spans.count - 2]
        guard units.tokens(in: last.fresh..<end) * 8 < maximumTokens else { return spans }
        var border = last.fresh
        while border - 1 > before.fresh, units.tokens(in: border - 1..<end) * 2 <= maximumTokens { border -= 1 }
        border = withoutHeading(border, fresh: before.fresh)
        guard border < last.fresh else { return spans }
        before.end = border
        var start = overlapStart(after: before, in: section)
        while units.tokens(in: start..<end) > maximumTokens { start += 1 }
        return spans.dropLast(2) + [before, Span(start: start, fresh: border, end: end)]
    }
}
