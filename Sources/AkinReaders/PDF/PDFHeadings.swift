/// Finds which lines of a document are headings: those that its outline names, else those in larger or bolder letters.
struct PDFHeadings {
    struct Heading: Equatable {
        /// The lines that it takes.
        var lines: Range<Int>
        var level: Int
    }

    /// The most letters of a heading.
    private static let longest = 240
    /// The part of a document's letters beyond which what looks like headings is none.
    private static let mostOfText = 0.3
    /// How much larger than the text's the letters of a heading are.
    private static let larger = 1.12

    /// Headings in order, none overlapping another.
    static func find(in lines: [PDFLine], outline: [PDFPages.OutlineItem]) -> [Heading] {
        let named = Self.named(by: outline, in: lines)
        if !outline.isEmpty, named.count * 2 >= outline.count {
            return completed(named, title(before: named, in: lines), in: lines)
        }
        return leveled(Self.byFonts(lines), in: lines)
    }

    /// Headings of an outline and the title with those that the outline leaves out, which are in the same letters: a list
    /// of references often.
    private static func completed(_ named: [Heading], _ title: [Heading], in lines: [PDFLine]) -> [Heading] {
        var levels: [PDFPages.Font: Int] = [:]
        for heading in named { levels[lines[heading.lines.lowerBound].font] = heading.level }
        let taken = Set((title + named).flatMap(\.lines))
        let others = byFonts(lines).compactMap { found in
            levels[found.font].flatMap { level in
                found.range.contains(where: taken.contains) ? nil : Heading(lines: found.range, level: level)
            }
        }
        return (title + named + others).sorted { $0.lines.lowerBound < $1.lines.lowerBound }
    }

    /// The lines of the first page, before the first heading of the outline, that stand out as a title does.
    private static func title(before headings: [Heading], in lines: [PDFLine]) -> [Heading] {
        guard let first = headings.first?.lines.lowerBound, lines[first].page == lines[0].page,
            let body = bodyFont(letters(of: lines))
        else { return [] }
        let above = lines[..<first]
        guard let size = above.map(\.font.size).max(), size > 1.3 * body.size, size > lines[first].font.size,
            let start = above.firstIndex(where: { $0.font.size == size })
        else { return [] }
        let title = above[start...].prefix { $0.font.size == size }
        let length = title.reduce(0) { $0 + $1.text.utf8.count }
        guard length <= longest, !title.contains(where: \.isRow) else { return [] }
        return [Heading(lines: title.indices, level: 0)]
    }

    private static func named(by outline: [PDFPages.OutlineItem], in lines: [PDFLine]) -> [Heading] {
        var headings: [Heading] = []
        var next = 0
        for item in outline {
            let wanted = item.title.lettersAndDigits
            guard !wanted.isEmpty, let first = lines[next...].firstIndex(where: { $0.page >= item.page }) else {
                continue
            }
            // Some outlines name the page before, where the heading's space begins.
            let found = lines[first...].prefix { $0.page <= item.page + 1 }.indices.lazy.compactMap { place in
                range(of: wanted, in: lines, from: place).map { Heading(lines: $0, level: item.level) }
            }.first
            guard let found else { continue }
            headings.append(found)
            next = found.lines.upperBound
        }
        return headings
    }

    /// The lines from one on that together are a text, which may have a number before it.
    private static func range(of wanted: String, in lines: [PDFLine], from start: Int) -> Range<Int>? {
        var text = ""
        for place in start..<min(lines.count, start + 5) {
            text += lines[place].text.lettersAndDigits
            if text == wanted || (text.count <= wanted.count + 8 && text.drop(while: { $0.isNumber }) == wanted[...]) {
                return start..<(place + 1)
            }
            let rest = text.drop { $0.isNumber }
            guard wanted.hasPrefix(text) || (!rest.isEmpty && wanted.hasPrefix(rest)) || rest.isEmpty else {
                return nil
            }
        }
        return nil
    }

    /// How much text there is in each font.
    private static func letters(of lines: [PDFLine]) -> [PDFPages.Font: Int] {
        lines.reduce(into: [:]) { letters, line in letters[line.font, default: 0] += line.text.utf8.count }
    }

    /// The font of most letters.
    private static func bodyFont(_ letters: [PDFPages.Font: Int]) -> PDFPages.Font? {
        letters.max { ($0.value, -$0.key.size) < ($1.value, -$1.key.size) }?.key
    }

    /// Lines in larger or bolder letters than the text's.
    private static func byFonts(_ lines: [PDFLine]) -> [(range: Range<Int>, font: PDFPages.Font)] {
        let letters = letters(of: lines)
        let total = letters.values.reduce(0, +)
        guard let body = bodyFont(letters) else { return [] }

        var found: [(range: Range<Int>, font: PDFPages.Font)] = []
        var place = 0
        while place < lines.count {
            let line = lines[place]
            var end = place + 1
            defer { place = end }
            // Wide spaces of a heading that fills its line look like those between cells.
            let mayHaveGaps = line.font.size > body.size * larger
            guard isHeadingFont(line.font, body), letters[line.font, default: 0] * 5 <= total,
                mayHaveGaps || !line.isRow
            else { continue }
            while end < lines.count, lines[end].font == line.font, lines[end].page == line.page,
                mayHaveGaps || !lines[end].isRow, lines[end].top - lines[end - 1].top < 1.7 * line.height,
                lines[end].top > lines[end - 1].top
            {
                end += 1
            }
            let text = lines[place..<end].map(\.text).joined(separator: " ")
            guard text.utf8.count <= longest, text.contains(where: \.isLetter) else { continue }
            // Bold words within the text are none, nor are the heads of lists of definitions.
            if line.font.size <= body.size * larger {
                guard text.last.map({ !".,;:".contains($0) }) ?? false, standsApart(place..<end, in: lines) else {
                    continue
                }
            }
            found.append((place..<end, line.font))
        }
        let size = found.reduce(0) { $0 + lines[$1.range].reduce(0) { $0 + $1.text.utf8.count } }
        return Double(size) > mostOfText * Double(total) ? firstOfPages(found, in: lines) : found
    }

    /// The first heading of each page, in its largest letters: where much is in large letters, as on slides, the rest is
    /// text.
    private static func firstOfPages(
        _ found: [(range: Range<Int>, font: PDFPages.Font)], in lines: [PDFLine]
    ) -> [(range: Range<Int>, font: PDFPages.Font)] {
        var largest: [Int: Double] = [:]
        for heading in found {
            let page = lines[heading.range.lowerBound].page
            largest[page] = max(largest[page] ?? 0, heading.font.size)
        }
        return found.filter { heading in
            let page = lines[heading.range.lowerBound].page
            guard largest[page] == heading.font.size else { return false }
            largest[page] = nil
            return true
        }
    }

    /// Headings with their levels by the sizes of their letters.
    private static func leveled(
        _ found: [(range: Range<Int>, font: PDFPages.Font)], in lines: [PDFLine]
    ) -> [Heading] {
        var found = found
        var headings: [Heading] = []
        if let title = title(among: found, in: lines) {
            headings.append(Heading(lines: found[0].range, level: 0))
            found.removeFirst(title)
        }
        let fonts = Set(found.map(\.font)).sorted { ($0.size, $0.isBold ? 1 : 0) > ($1.size, $1.isBold ? 1 : 0) }
        return headings
            + found.map { heading in
                Heading(lines: heading.range, level: 1 + (fonts.firstIndex(of: heading.font) ?? 0))
            }
    }

    /// Whether the first heading is the title of the whole: on the first page, the only one of its font, with smaller
    /// ones after it.
    ///
    /// - Returns: how many headings belong to it, with the names and dates below it; nil where it is none.
    private static func title(among found: [(range: Range<Int>, font: PDFPages.Font)], in lines: [PDFLine]) -> Int? {
        guard let first = found.first, lines[first.range.lowerBound].page == lines[0].page, found.count > 1,
            found.dropFirst().allSatisfy({ $0.font.size < first.font.size })
        else { return nil }
        var end = 1
        while end < found.count, found[end].range.lowerBound == found[end - 1].range.upperBound,
            !found[end].font.isBold,
            found[(end + 1)...].allSatisfy({
                $0.font != found[end].font || $0.range.lowerBound < first.range.upperBound + 12
            })
        {
            end += 1
        }
        // Something must stand under the headings that are left, and not under the title alone.
        return end < found.count ? end : nil
    }

    private static func isHeadingFont(_ font: PDFPages.Font, _ body: PDFPages.Font) -> Bool {
        font.size > body.size * larger || (font.isBold && !body.isBold && font.size >= body.size)
    }

    /// Whether there is more space before the lines than lines of the text have between them.
    private static func standsApart(_ range: Range<Int>, in lines: [PDFLine]) -> Bool {
        guard range.lowerBound > 0 else { return true }
        let (before, first) = (lines[range.lowerBound - 1], lines[range.lowerBound])
        return before.page != first.page || first.top < before.top || first.top - before.top > 1.25 * first.height
    }
}
