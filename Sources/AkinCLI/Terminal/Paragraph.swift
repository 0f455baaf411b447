import AkinCore

/// A paragraph with some of its characters bold, wrapped to columns.
struct Paragraph {
    /// A character and whether it is bold.
    struct Piece {
        let character: Character
        let isBold: Bool
    }

    var pieces: [Piece]

    /// The paragraph in lines of at most `columns` columns. Lines break at spaces and beside wide characters; a word
    /// longer than a line is cut.
    func lines(columns: Int) -> [[Piece]] {
        var lines: [[Piece]] = []
        var line: [Piece] = []
        var lineWidth = 0
        var breakAt: Int?
        for piece in pieces {
            let width = DisplayText.width(piece.character)
            if piece.character != " " && canBreak(before: piece.character, after: line.last?.character) {
                breakAt = line.count
            }
            while lineWidth + width > columns && !line.isEmpty && piece.character != " " {
                let cut = breakAt.flatMap { $0 > 0 ? $0 : nil } ?? line.count
                lines.append(trimmed(line[..<cut]))
                line.removeFirst(cut)
                lineWidth = line.reduce(0) { $0 + DisplayText.width($1.character) }
                breakAt = nil
            }
            line.append(piece)
            lineWidth += width
        }
        if !line.isEmpty { lines.append(trimmed(line[...])) }
        return lines
    }

    /// A line with its bold runs marked.
    static func rendered(_ line: [Piece], style: TerminalStyle) -> String {
        var result = ""
        var run = ""
        var runIsBold = false
        func close() {
            result += runIsBold ? style.bold(run) : run
            run = ""
        }
        for piece in line {
            if piece.isBold != runIsBold {
                close()
                runIsBold = piece.isBold
            }
            run.append(piece.character)
        }
        close()
        return result
    }

    private func canBreak(before next: Character, after last: Character?) -> Bool {
        guard let last else { return false }
        if last == " " { return true }
        return (DisplayText.isWide(last) || DisplayText.isWide(next)) && !Paragraph.staysWithPrevious.contains(next)
    }

    private func trimmed(_ line: ArraySlice<Piece>) -> [Piece] {
        var line = line
        while line.last?.character == " " { line.removeLast() }
        return Array(line)
    }

    /// Punctuation that may not begin a line.
    private static let staysWithPrevious = Set<Character>("。，、；：？！）】》」』”’,.;:?!)]}…")
}
