/// Footnotes stand in the midst of a text that goes on in the next column. They are put at the end of their page.
enum PDFFootnotes {
    /// The most of the text's size that letters of a note have.
    private static let smaller = 0.93

    /// Lines in order, with the notes of each page after its other lines.
    static func moved(in lines: [PDFLine], heights: [Int: Double]) -> [PDFLine] {
        let size = PDFLine.bodySize(of: lines)
        var result: [PDFLine] = []
        var notes: [PDFLine] = []
        var place = 0
        while place < lines.count {
            let line = lines[place]
            var end = place + 1
            if isStart(line, size: size, height: heights[line.page] ?? 0) {
                while end < lines.count, lines[end].page == line.page, lines[end].top > lines[end - 1].top,
                    lines[end].font.size < smaller * size
                {
                    end += 1
                }
                // Nothing stands below a note in its column.
                if end == lines.count || lines[end].page != line.page || lines[end].top < line.top {
                    notes += lines[place..<end]
                } else {
                    result += lines[place..<end]
                }
            } else {
                result.append(line)
            }
            if end == lines.count || lines[end].page != line.page {
                result += notes
                notes = []
            }
            place = end
        }
        return result
    }

    private static func isStart(_ line: PDFLine, size: Double, height: Double) -> Bool {
        guard line.font.size < smaller * size, line.top > 0.4 * height, !line.isRow else { return false }
        let number = line.text.prefix { $0.isNumber }
        return (1...3).contains(number.count) || line.text.first.map { "*∗†‡§¶".contains($0) } == true
    }
}
