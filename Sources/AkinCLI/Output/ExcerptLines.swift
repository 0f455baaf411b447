import Akin
import AkinCore

/// A passage line by line, with the lines around it and the numbers that they have in the file.
struct ExcerptLines {
    let excerpt: DocumentExcerpt
    let result: SearchResult
    /// What is bold, in Unicode scalars of the document's text.
    let marks: [Range<Int>]
    let style: TerminalStyle
    let columns: Int

    /// Lines of the passage are wrapped; those around it are dim and cut.
    var lines: [String] {
        let numberWidth = excerpt.lines.map { String($0.upperBound).count } ?? 0
        var start = excerpt.range.lowerBound
        let match = self.result.match.range
        var result: [String] = []
        let scalars = excerpt.text.unicodeScalars
        let mark: Unicode.Scalar = scalars.contains("\n") ? "\n" : "\r"
        for (place, line) in scalars.split(separator: mark, omittingEmptySubsequences: false).enumerated() {
            let end = start + line.count
            let number = excerpt.lines.map { String($0.lowerBound + place) } ?? ""
            let margin =
                SearchPrinter.indent + String(repeating: " ", count: numberWidth - number.count) + number
                + (number.isEmpty ? "" : "  ")
            result += rendered(
                String(line), at: start,
                isPassage: start < match.upperBound && end > match.lowerBound,
                margin: margin)
            start = end + 1
        }
        return result
    }

    private func rendered(_ line: String, at start: Int, isPassage: Bool, margin: String) -> [String] {
        let width = max(10, columns - margin.count)
        let marks = marks.map { $0.lowerBound - start..<$0.upperBound - start }
        let paragraph = Paragraph(line, marks: marks, indent: Paragraph.indent(of: line))
        guard isPassage else {
            return [style.dim(margin + DisplayText.cut(paragraph.pieces.map(\.character), to: width))]
        }
        let lines = paragraph.lines(columns: width)
        guard let first = lines.first else { return [style.dim(margin)] }
        let rest = String(repeating: " ", count: margin.count)
        return [style.dim(margin) + Paragraph.rendered(first, style: style)]
            + lines.dropFirst().map { rest + Paragraph.rendered($0, style: style) }
    }
}
