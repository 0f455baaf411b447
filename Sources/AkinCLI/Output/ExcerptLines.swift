import Akin
import AkinCore

/// A passage line by line, with the lines around it and the numbers that they have in the file.
struct ExcerptLines {
    let excerpt: DocumentExcerpt
    let result: SearchResult
    let terms: QueryTerms
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
                String(line),
                isPassage: start < match.upperBound && end > match.lowerBound,
                margin: margin)
            start = end + 1
        }
        return result
    }

    private func rendered(_ line: String, isPassage: Bool, margin: String) -> [String] {
        let characters = Self.indented(line)
        let width = max(10, columns - margin.count)
        guard isPassage else { return [style.dim(margin + DisplayText.cut(characters, to: width))] }
        var bold = Set<Int>()
        for match in terms.matches(in: characters) { bold.formUnion(match.range) }
        let pieces = characters.enumerated().map { Paragraph.Piece(character: $1, isBold: bold.contains($0)) }
        let lines = Paragraph(pieces: pieces).lines(columns: width)
        guard let first = lines.first else { return [style.dim(margin)] }
        let rest = String(repeating: " ", count: margin.count)
        return [style.dim(margin) + Paragraph.rendered(first, style: style)]
            + lines.dropFirst().map { rest + Paragraph.rendered($0, style: style) }
    }

    /// A line without what a terminal would obey; its indentation stays, since that of code says something.
    private static func indented(_ line: String) -> [Character] {
        let columns = line.prefix { $0 == " " || $0 == "\t" }.reduce(0) { $1 == "\t" ? ($0 / 4 + 1) * 4 : $0 + 1 }
        return Array(repeating: " ", count: columns) + DisplayText.oneLine(line)
    }
}
