import AkinCore

/// A paragraph with some of its characters bold, wrapped to columns.
struct Paragraph {
    /// A character and whether it is bold.
    struct Piece {
        let character: Character
        let isBold: Bool
    }

    var pieces: [Piece]

    init(pieces: [Piece]) { self.pieces = pieces }

    /// A line of text, with white space as `DisplayText.oneLine` leaves it.
    ///
    /// - Parameters:
    ///   - marks: what is bold, in Unicode scalars of the text.
    ///   - indent: the columns before it.
    init(_ text: some StringProtocol, marks: [Range<Int>], indent: Int = 0) {
        pieces = Array(repeating: Piece(character: " ", isBold: false), count: indent)
        pieces += DisplayText.placed(text).map { character, place in
            Piece(character: character, isBold: marks.contains { $0.contains(place) })
        }
    }

    /// The columns of the white space that a line begins with.
    static func indent(of line: some StringProtocol) -> Int {
        line.prefix { $0 == " " || $0 == "\t" }.reduce(0) { $1 == "\t" ? ($0 / 4 + 1) * 4 : $0 + 1 }
    }

    /// The paragraph in lines of at most `columns` columns. Lines break at spaces and beside wide characters; a word
    /// longer than a line is cut.
    func lines(columns: Int) -> [[Piece]] {
        var lines: [[Piece]] = []
        var line: [Piece] = []
        var lineWidth = 0
        var breakAt: Int?
        // A line is not broken behind its indentation.
        var hasText = false
        for piece in pieces {
            let width = DisplayText.width(piece.character)
            if piece.character != " " && hasText && canBreak(before: piece.character, after: line.last?.character) {
                breakAt = line.count
            }
            while lineWidth + width > columns && !line.isEmpty && piece.character != " " {
                let cut = breakAt.flatMap { $0 > 0 ? $0 : nil } ?? line.count
                lines.append(trimmed(line[..<cut]))
                line.removeFirst(cut)
                lineWidth = line.reduce(0) { $0 + DisplayText.width($1.character) }
                breakAt = nil
            }
            hasText = hasText || piece.character != " "
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
