import AkinText

/// Makes blocks of a PDF's lines: headings, rows of tables, items of lists and paragraphs, whose words are joined where
/// a line end has split them.
struct PDFParagraphs {
    private let lines: [PDFLine]
    private let headings: [PDFHeadings.Heading]
    /// Words with a hyphen within a line, which therefore is no line end's.
    private let hyphenated: Set<String>

    init(lines: [PDFLine], headings: [PDFHeadings.Heading]) {
        self.lines = lines
        self.headings = headings
        hyphenated = Set(
            lines.flatMap { line in
                line.text.split(whereSeparator: \.isWhitespace).map { Self.bare($0) }.filter {
                    $0.dropLast().contains("-")
                }
            })
    }

    func text() -> DocumentText {
        var text = DocumentText()
        var place = 0
        for heading in headings {
            addBody(place..<heading.lines.lowerBound, to: &text)
            text.page = lines[heading.lines.lowerBound].page
            text.addHeading(joined(heading.lines), level: heading.level)
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
        guard abs(before.font.size - line.font.size) < 0.15 * max(before.font.size, 1) else { return false }
        if Self.isItem(line.text) { return false }
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
            } else if let last = text.last, Self.isHyphen(last),
                text.dropLast().last?.isLetter == true, line.text.first?.isLowercase == true
            {
                let begin = text.split(whereSeparator: \.isWhitespace).last ?? ""
                let end = line.text.split(whereSeparator: \.isWhitespace).first ?? ""
                let whole = Self.bare(begin.dropLast() + "-" + end)
                if last == "-", hyphenated.contains(whole) || begin.dropLast().contains("-") {
                    text += line.text
                } else {
                    text.removeLast()
                    text += line.text
                }
            } else {
                text += " " + line.text
            }
        }
        return text
    }

    /// Moves the end of a word that a page's end has split to the page on which it begins.
    static func completeWords(in lines: inout [PDFLine]) {
        for place in lines.indices.dropLast() where lines[place].page != lines[place + 1].page {
            guard let last = lines[place].text.last, isHyphen(last),
                lines[place].text.dropLast().last?.isLetter == true,
                lines[place + 1].text.first?.isLowercase == true
            else { continue }
            let next = lines[place + 1].text
            let word = next.prefix { !$0.isWhitespace }
            lines[place].text = String(lines[place].text.dropLast()) + word
            lines[place + 1].text = String(next.dropFirst(word.count).drop(while: \.isWhitespace))
        }
        lines.removeAll { $0.text.isEmpty }
    }

    private static func isHyphen(_ character: Character) -> Bool { "-\u{2010}\u{AD}".contains(character) }

    /// A word without what stands around it.
    private static func bare(_ word: some StringProtocol) -> String {
        let word = word.lowercased()
        let start = word.firstIndex { $0.isLetter || $0.isNumber } ?? word.endIndex
        let end = word.lastIndex { $0.isLetter || $0.isNumber }.map { word.index(after: $0) } ?? start
        return start < end ? String(word[start..<end]) : ""
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
