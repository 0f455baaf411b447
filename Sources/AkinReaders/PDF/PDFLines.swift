/// A line of a page: pieces that stand beside each other, joined.
struct PDFLine: Equatable {
    let page: Int
    private(set) var top: Double
    let left: Double
    private(set) var right: Double
    private(set) var height: Double
    /// The font of most of the line's letters.
    private(set) var font: PDFPages.Font
    /// Cells of a table are apart by tabs.
    var text: String

    private var letters: Int

    var isRow: Bool { text.contains("\t") }

    /// Joins pieces to lines, in the order in which they come.
    static func lines(of pieces: [PDFPages.Piece]) -> [PDFLine] {
        var lines: [PDFLine] = []
        for piece in pieces where lines.isEmpty || !lines[lines.count - 1].append(piece) {
            lines.append(PDFLine(piece))
        }
        for place in lines.indices { lines[place].text = lines[place].text.collapsed }
        return lines.filter { !$0.text.isEmpty }
    }

    private init(_ piece: PDFPages.Piece) {
        page = piece.page
        top = piece.top
        left = piece.left
        right = piece.right
        height = piece.height
        font = piece.font
        text = piece.text
        letters = piece.text.utf8.count
    }

    /// - Returns: false where the piece stands elsewhere.
    private mutating func append(_ piece: PDFPages.Piece) -> Bool {
        let low = max(top, piece.top)
        let shared = min(top + height, piece.top + piece.height) - low
        // Raised and lowered letters overlap their line by a half or more.
        guard piece.page == page, shared > 0.5 * min(height, piece.height), piece.left > right - 0.5 * height else {
            return false
        }
        let gap = piece.left - right
        let size = max(font.size, piece.font.size, 1)
        if gap > 1.2 * size {
            text += "\t"
        } else if gap > 0.12 * size, text.last?.isWhitespace != true, piece.text.first?.isWhitespace != true {
            text += " "
        }
        text += piece.text
        right = max(right, piece.right)
        if piece.text.utf8.count > letters {
            font = piece.font
            letters = piece.text.utf8.count
            top = piece.top
            height = piece.height
        }
        return true
    }
}
