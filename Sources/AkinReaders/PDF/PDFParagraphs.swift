import AkinText

/// Makes blocks of a PDF's lines: headings, rows of tables, items of lists and paragraphs, whose words are joined where
/// a line end has split them.
struct PDFParagraphs {
    private let lines: [PDFLine]
    private let headings: [PDFHeadings.Heading]
    private let hyphens: PDFHyphens
    private let edges: PDFLineEdges

    /// The most lines that notes take at the end of a page.
    private static let notes = 20

    init(lines: [PDFLine], headings: [PDFHeadings.Heading]) {
        hyphens = PDFHyphens(lines)
        self.lines = lines
        self.headings = headings
        edges = PDFLineEdges(lines)
    }

    func text() -> DocumentText {
        var text = DocumentText()
        var place = 0
        for heading in headings {
            addBody(place..<heading.lines.lowerBound, to: &text)
            text.page = lines[heading.lines.lowerBound].page
            text.addHeading(joined(heading.lines).replacing("\t", with: " "), level: heading.level)
            place = heading.lines.upperBound
        }
        addBody(place..<lines.count, to: &text)
        return text
    }

    private func addBody(_ range: Range<Int>, to text: inout DocumentText) {
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start + 1
            while end < range.upperBound, goesOn(from: end - 1, to: end, start: start) { end += 1 }
            text.page = lines[start].page
            if lines[start].isRow {
                text.add(lines[start].text, .tableRow)
            } else {
                let block = joined(start..<end)
                text.add(block, Self.isItem(block) ? .listItem : .paragraph)
            }
            start = end
        }
    }

    /// Whether a line belongs to the block of the line before it.
    private func goesOn(from last: Int, to next: Int, start: Int) -> Bool {
        let (before, line) = (lines[last], lines[next])
        guard before.page == line.page, !before.isRow, !line.isRow else { return false }
        // Pieces of a formula stand above and below each other.
        if abs(line.top - before.top) < 0.6 * max(before.height, line.height), !Self.isItem(line.text) { return true }
        guard abs(before.font.size - line.font.size) < 0.15 * max(before.font.size, 1) else { return false }
        if Self.isItem(line.text) { return false }
        if PDFHyphens.isSplit(before.text, line.text) { return true }
        if edges.endsEarly(last, before: line) { return false }
        let step = line.top - before.top
        // The next column goes on where this one ends.
        if step <= 0 { return before.text.last.map { !".?!:".contains($0) } ?? false }
        guard step < 1.6 * max(before.height, line.height) else { return false }
        // The first line of a paragraph stands further in, or the line before it ends early.
        let first = lines[start]
        let width = max(first.right, before.right) - min(first.left, before.left)
        if next > start + 1, line.left - before.left > 0.8 * line.font.size { return false }
        let endsEarly = before.right < max(first.right, line.right) - 0.25 * max(width, 1)
        return !(endsEarly && before.text.last.map { ".?!:".contains($0) } == true)
    }

    private func joined(_ range: Range<Int>) -> String {
        var text = ""
        for line in lines[range] {
            if text.isEmpty {
                text = line.text
            } else if PDFHyphens.isSplit(text, line.text) {
                if !hyphens.belongs(between: text, line.text) { text.removeLast() }
                text += line.text
            } else {
                // Chinese and Japanese have no spaces between words.
                let isOneText =
                    text.unicodeScalars.last.map(Self.isIdeograph) == true
                    && line.text.unicodeScalars.first.map(Self.isIdeograph) == true
                text += (isOneText ? "" : " ") + line.text
            }
        }
        return text
    }

    /// Whether a scalar is of Chinese or Japanese, with their punctuation.
    private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
        (0x3000...0x30FF).contains(scalar.value) || (0x3400...0x9FFF).contains(scalar.value)
            || (0xFF00...0xFFEF).contains(scalar.value) || (0x20000...0x3FFFF).contains(scalar.value)
    }

    /// Moves the end of a word that a page's end has split to the page on which it begins.
    static func completeWords(in lines: inout [PDFLine]) {
        let hyphens = PDFHyphens(lines)
        for place in lines.indices.dropLast() where lines[place].page != lines[place + 1].page {
            let next = lines[place + 1].text
            // Notes stand between the text and the page's end.
            guard
                let end = lines[...place].suffix(notes).indices.last(where: { end in
                    lines[end].page == lines[place].page
                        && abs(lines[end].font.size - lines[place + 1].font.size) < 0.05 * lines[end].font.size
                }), PDFHyphens.isSplit(lines[end].text, next)
            else { continue }
            let word = next.prefix { !$0.isWhitespace }
            if !hyphens.belongs(between: lines[end].text, next) { lines[end].text.removeLast() }
            lines[end].text += word
            lines[place + 1].text = String(next.dropFirst(word.count).drop(while: \.isWhitespace))
        }
        lines.removeAll { $0.text.isEmpty }
    }

    /// Whether a text begins as an item of a list does.
    private static func isItem(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        if PDFLine.marks.contains(first) { return true }
        if first == "-" || first == "–" || first == "*" { return text.dropFirst().first == " " }
        let number = text.prefix { $0.isASCII && $0.isNumber }
        guard (1...3).contains(number.count) else { return false }
        let rest = text.dropFirst(number.count)
        return (rest.first == "." || rest.first == ")") && rest.dropFirst().first?.isWhitespace == true
    }
}
