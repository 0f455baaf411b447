import AkinCore
import AkinStore
import AkinText

/// The text of a stored document beside the lines and pages of its file.
struct DocumentLines {
    private let passages: [StoredPassage]
    private let text: String
    private let breaks: LineBreaks
    /// The line of the file that the text begins on, from 1, where its lines are the file's; nil where they are not.
    private let firstLine: Int?

    init(_ passages: [StoredPassage]) {
        self.passages = passages
        text = Database.text(of: passages)
        breaks = LineBreaks(of: text)
        firstLine = Self.firstLine(passages, breaks)
    }

    /// A document without a file has the lines of its text.
    private static func firstLine(_ passages: [StoredPassage], _ breaks: LineBreaks) -> Int? {
        guard passages.contains(where: { $0.place?.lines != nil }) else { return 1 }
        var first: Int?
        for passage in passages {
            guard let visible = passage.text.visibleScalars(from: passage.rangeStart) else { continue }
            guard let lines = passage.place?.lines else { return nil }
            let start = lines.lowerBound - breaks.count(before: visible.lowerBound)
            guard lines.upperBound - breaks.count(before: visible.upperBound - 1) == start, start == first ?? start
            else { return nil }
            first = start
        }
        return first
    }

    /// The lines that there are; nil where only some are known.
    var lines: ClosedRange<Int>? {
        if let firstLine { return firstLine...firstLine + breaks.lineCount - 1 }
        return Self.span(passages)
    }

    /// The pages that passages begin on.
    var pages: ClosedRange<Int>? {
        let pages = passages.compactMap { $0.place?.page }
        return pages.min().map { $0...(pages.max() ?? $0) }
    }

    private static func span(_ passages: [StoredPassage]) -> ClosedRange<Int>? {
        let lines = passages.compactMap { $0.place?.lines }
        guard let first = lines.map(\.lowerBound).min(), let last = lines.map(\.upperBound).max() else { return nil }
        return first...last
    }

    /// The given lines; where the text has other lines than the file, the passages that stand on them. Nil where there
    /// are none.
    func excerpt(lines wanted: ClosedRange<Int>) -> DocumentExcerpt? {
        guard let firstLine else {
            return excerpt(passages.filter { $0.place?.lines?.overlaps(wanted) ?? false })
        }
        let all = firstLine...firstLine + breaks.lineCount - 1
        guard all.overlaps(wanted) else { return nil }
        return excerpt(textLines: wanted.clamped(to: all), from: firstLine)
    }

    /// The passages that begin on a page; where none does, the one before, which goes on over it. Nil where there is
    /// no such page.
    func excerpt(page: Int) -> DocumentExcerpt? {
        guard let pages, pages.lowerBound <= page else { return nil }
        let onPage = passages.filter { $0.place?.page == page }
        guard onPage.isEmpty else { return excerpt(onPage) }
        guard page <= pages.upperBound else { return nil }
        return excerpt(passages.last { ($0.place?.page).map { $0 < page } ?? false }.map { [$0] } ?? [])
    }

    /// The lines that a stretch of the text stands on, with some more before and after it.
    func excerpt(around range: Range<Int>, context: Int) -> DocumentExcerpt? {
        let part = text.slice(scalars: range)
        guard let visible = String(part).visibleScalars(from: range.lowerBound) else { return nil }
        let (first, last) = (breaks.count(before: visible.lowerBound), breaks.count(before: visible.upperBound - 1))
        let lines = max(0, first - context)...min(breaks.lineCount - 1, last + context)
        let start = firstLine ?? 0
        var found = excerpt(textLines: start + lines.lowerBound...start + lines.upperBound, from: start)
        if firstLine == nil { (found.lines, found.isLineByLine) = (nil, false) }
        return found
    }

    private func excerpt(textLines lines: ClosedRange<Int>, from first: Int) -> DocumentExcerpt {
        let range = breaks.range(ofLines: lines.lowerBound - first...lines.upperBound - first)
        return DocumentExcerpt(
            text: String(text.slice(scalars: range)), range: range, lines: lines, isLineByLine: true)
    }

    /// Some passages, what two of them share written once.
    private func excerpt(_ passages: [StoredPassage]) -> DocumentExcerpt? {
        guard let first = passages.first else { return nil }
        var ranges: [Range<Int>] = []
        for passage in passages {
            let range = passage.rangeStart..<passage.rangeEnd
            if let last = ranges.last, range.lowerBound <= last.upperBound {
                ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                ranges.append(range)
            }
        }
        let parts = ranges.map { range in
            let part = String(text.slice(scalars: range))
            return part.visibleScalars(from: 0).map { String(part.slice(scalars: $0)) } ?? ""
        }
        return DocumentExcerpt(
            text: parts.joined(separator: "\n\n"),
            range: first.rangeStart..<(ranges.last?.upperBound ?? first.rangeEnd), lines: Self.span(passages),
            isLineByLine: false)
    }
}
