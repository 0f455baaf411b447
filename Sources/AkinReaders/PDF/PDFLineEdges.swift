/// Where lines of a text end at the right, so that a line that was broken for want of space is told from one that ends
/// because its paragraph, item or cell does.
struct PDFLineEdges {
    /// How many lines around one tell its edge.
    private static let near = 12

    private let lines: [PDFLine]
    /// The right edge of lines that begin at one place of a page.
    private var edges: [Column: Double] = [:]

    private struct Column: Hashable {
        let page: Int
        let left: Int
        let size: Int
    }

    init(_ lines: [PDFLine]) {
        self.lines = lines
        var rights: [Column: [Double]] = [:]
        for line in lines { rights[Self.column(of: line), default: []].append(line.right) }
        for (column, rights) in rights where rights.count >= 3 {
            edges[column] = rights.sorted()[(rights.count - 1) * 9 / 10]
        }
    }

    private static func column(of line: PDFLine) -> Column {
        Column(page: line.page, left: Int((line.left / 3).rounded()), size: Int(line.font.size.rounded()))
    }

    /// Whether the first word of the line after it would have had space in a line.
    func endsEarly(_ place: Int, before next: PDFLine) -> Bool {
        let line = lines[place]
        guard !next.text.isEmpty else { return false }
        let word = next.text.prefix { !$0.isWhitespace }
        let width = (next.right - next.left) * Double(word.count) / Double(next.text.count)
        let needed = line.right + 0.6 * line.font.size + width
        if let edge = edges[Self.column(of: line)] { return needed < edge }
        // Quotations end before the text around them does, though seldom much.
        return outerEdge(of: place).map { needed < $0 - 0.3 * ($0 - line.left) } ?? false
    }

    /// The edge of the lines around one that begin further out, as the text does around a single item of a list.
    private func outerEdge(of place: Int) -> Double? {
        let line = lines[place]
        return lines[max(0, place - Self.near)..<min(lines.count, place + Self.near + 1)].filter { other in
            other.page == line.page && abs(other.font.size - line.font.size) < 0.05 * line.font.size
                && other.left < line.left - 1 && other.left > line.left - 8 * line.font.size
                && other.right > line.left
        }.map(\.right).max()
    }
}
