import Akin
import AkinCore

/// The part of a passage that best shows why it was found, with the question's words bold. Code, tables and lists keep
/// their lines; code keeps its indentation, less what all of its lines have.
struct SnippetLines {
    let result: SearchResult
    let style: TerminalStyle
    let columns: Int
    /// Lines that running text takes. Code and tables may take two more, since their lines are short.
    private static let lineCount = 3

    var lines: [String] {
        let snippet = result.snippet(
            room: columns * Self.lineCount - columns / 4, leastLine: columns / 2)
        let start = snippet.range.lowerBound - result.range.lowerBound
        let marks = result.boldRanges.map { $0.lowerBound - start..<$0.upperBound - start }
        let scalars = Array(snippet.text.unicodeScalars)
        let rows = snippet.lines.map { range in
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[range])
            return (text: String(view), start: range.lowerBound)
        }
        var indents = rows.map { min(Paragraph.indent(of: $0.text), columns / 4) }
        // A passage begins behind the indentation of its first line.
        if snippet.range.lowerBound == result.match.range.lowerBound, let rest = indents.dropFirst().min() {
            indents[0] = max(indents[0], rest)
        }
        let common = indents.min() ?? 0
        var paragraphs = zip(rows, indents).map { row, indent in
            Paragraph(
                row.text, marks: marks.map { $0.lowerBound - row.start..<$0.upperBound - row.start },
                indent: indent - common)
        }
        let ellipsis = Paragraph.Piece(character: "…", isBold: false)
        guard !paragraphs.isEmpty else { return [] }
        if snippet.isCutBefore { paragraphs[0].pieces.insert(ellipsis, at: indents[0] - common) }
        if snippet.isCutAfter {
            let last = paragraphs.count - 1
            if let end = paragraphs[last].pieces.last?.character, end.isPunctuation, end != "," {
                paragraphs[last].pieces.append(Paragraph.Piece(character: " ", isBold: false))
            }
            paragraphs[last].pieces.append(ellipsis)
        }
        return paragraphs.flatMap { $0.lines(columns: columns) }.map { Paragraph.rendered($0, style: style) }
    }
}

extension SearchResult {
    /// The words of the question, and those nearest to it in their context, in Unicode scalars of the text.
    var boldRanges: [Range<Int>] { (marks ?? []).map(\.range) + (highlights ?? []).map(\.range) }
}
