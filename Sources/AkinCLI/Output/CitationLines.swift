import AkinCore

/// A citation in the columns of a terminal. The path is wrapped and never cut, so that it can be clicked and copied.
struct CitationLines {
    let citation: Citation
    let style: TerminalStyle
    /// The fewest columns in which headings stand beside the path.
    private static let leastRoom = 24

    /// Text with its sequences, and the columns that it takes.
    struct Line {
        var text: String
        var width: Int
    }

    /// - Parameters:
    ///   - title: of the document; it is not said again.
    ///   - isHead: whether the citation stands in place of a title.
    func lines(columns: Int, title: String?, isHead: Bool) -> [Line] {
        let name = VisibleText.line(citation.name).map { Paragraph.Piece(character: $0, isBold: true) }
        var lines = Paragraph(pieces: name).lines(columns: columns).map { line in
            let text = String(line.map(\.character))
            return Line(text: linked(isHead ? style.bold(text) : style.dim(text)), width: DisplayText.width(text))
        }
        append(DisplayText.oneLine(citation.position(below: title)), to: &lines, columns: columns, isCut: true)
        let addition = DisplayText.oneLine(citation.addition.map { "· \($0)" } ?? "")
        append(addition, to: &lines, columns: columns, isCut: false)
        return lines
    }

    /// Appends dim text to the last line, or as a line of its own where it has no room there.
    private func append(_ text: [Character], to lines: inout [Line], columns: Int, isCut: Bool) {
        guard !text.isEmpty, let last = lines.indices.last else { return }
        let room = columns - lines[last].width - 1
        if DisplayText.width(text) <= room || isCut && room >= Self.leastRoom {
            let shown = DisplayText.cut(text, to: room)
            lines[last].text += " " + style.dim(shown)
            lines[last].width += 1 + DisplayText.width(shown)
        } else {
            let shown = DisplayText.cut(text, to: columns)
            lines.append(Line(text: style.dim(shown), width: DisplayText.width(shown)))
        }
    }

    private func linked(_ text: String) -> String { citation.linked(text) }
}
