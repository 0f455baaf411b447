/// A line of a page: pieces that stand beside each other, joined.
struct PDFLine: Equatable {
    let page: Int
    private(set) var top: Double
    private(set) var left: Double
    private(set) var right: Double
    private(set) var height: Double
    /// The font of most of the line's letters.
    private(set) var font: PDFPages.Font
    /// Cells of a table are apart by tabs.
    var text: String

    private var letters: Int

    var isRow: Bool { text.contains("\t") }

    /// The size of most letters.
    static func bodySize(of lines: [PDFLine]) -> Double {
        var letters: [Double: Int] = [:]
        for line in lines { letters[line.font.size, default: 0] += line.text.utf8.count }
        return letters.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 0
    }

    /// Joins pieces to lines, in the order in which they come.
    static func lines(of pieces: [PDFPages.Piece]) -> [PDFLine] {
        var lines: [PDFLine] = []
        for piece in pieces where lines.isEmpty || !lines[lines.count - 1].append(piece) {
            lines.append(PDFLine(piece))
        }
        for place in lines.indices { lines[place].text = VisualOrder.text(ofLine: lines[place].text).collapsed }
        return withMarks(lines.filter { !$0.text.isEmpty })
    }

    /// Puts marks of lists that come apart from their items, as some programs draw them last, before the items.
    private static func withMarks(_ lines: [PDFLine]) -> [PDFLine] {
        var lines = lines
        var pages: [Int: [Int]] = [:]
        for (place, line) in lines.enumerated() { pages[line.page, default: []].append(place) }
        for places in pages.values {
            for mark in places where lines[mark].isMark {
                let item = places.filter { place in
                    let line = lines[place]
                    return !line.isMark && line.left >= lines[mark].right - 1
                        && line.top < lines[mark].top + lines[mark].height
                        && lines[mark].top < line.top + line.height
                }.min { lines[$0].left < lines[$1].left }
                guard let item else { continue }
                if !lines[item].beginsWithMark { lines[item].text = "• " + lines[item].text }
                lines[mark].text = ""
            }
        }
        for place in lines.indices where lines[place].text.unicodeScalars.first.map(symbols.contains) == true {
            lines[place].text = "•" + lines[place].text.dropFirst()
        }
        return lines.filter { !$0.text.isEmpty }
    }

    /// Marks by their places in fonts of symbols, which other fonts do not show.
    private static let symbols = Set("\u{F0B7}\u{F0A7}\u{F0D8}\u{F076}\u{F0FC}\u{E00C}\u{E00A}".unicodeScalars)

    /// Whether the line is nothing but the mark of an item.
    private var isMark: Bool { text.unicodeScalars.count == 1 && beginsWithMark }

    private var beginsWithMark: Bool { text.unicodeScalars.first.map { Self.marks.contains($0) } ?? false }

    /// Round and square marks, and those of fonts of symbols.
    static let marks = Set("•◦▪‣●○■□▸➢⁃∙·".unicodeScalars).union(symbols)

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
        guard piece.page == page, shared > 0.5 * min(height, piece.height) else { return false }
        guard piece.left > right - 0.5 * height else { return prepend(piece) }
        let gap = piece.left - right
        let size = max(font.size, piece.font.size, 1)
        if gap > 1.2 * size {
            text += "\t"
        } else if gap > 0.12 * size || isReference(piece), text.last?.isWhitespace != true,
            piece.text.first?.isWhitespace != true
        {
            text += " "
        }
        text += piece.text
        right = max(right, piece.right)
        takeFont(of: piece)
        return true
    }

    /// Whether a piece is the number of a note after a word, or the line begins with one and the piece is its text.
    private func isReference(_ piece: PDFPages.Piece) -> Bool {
        if piece.font.size < 0.85 * font.size {
            let word = text.reversed().prefix { !$0.isWhitespace }
            return Self.isNumber(piece.text) && word.count { $0.isLetter } > 2
        }
        return font.size < 0.85 * piece.font.size && Self.isNumber(text) && piece.text.first?.isLetter == true
    }

    private static func isNumber(_ text: String) -> Bool {
        text.utf8.count < 6 && text.allSatisfy { $0.isASCII && $0.isNumber || ",*∗†‡§ ".contains($0) }
    }

    /// Puts a piece before the line, where it is written from right to left and its pieces come so.
    private mutating func prepend(_ piece: PDFPages.Piece) -> Bool {
        let gap = left - piece.right
        guard gap > -0.5 * height, gap < 1.2 * max(font.size, 1),
            (text + piece.text).unicodeScalars.contains(where: VisualOrder.isRightToLeft)
        else { return false }
        if gap > 0.12 * font.size, text.first?.isWhitespace != true, piece.text.last?.isWhitespace != true {
            text = " " + text
        }
        text = piece.text + text
        left = min(left, piece.left)
        takeFont(of: piece)
        return true
    }

    private mutating func takeFont(of piece: PDFPages.Piece) {
        if piece.text.utf8.count > letters {
            font = piece.font
            letters = piece.text.utf8.count
            top = piece.top
            height = piece.height
        }
    }
}

extension String {
    /// The letters and digits of a text in lower case, by which texts are told to be alike: spaces and hyphens are lost
    /// at line ends.
    var lettersAndDigits: String { lowercased().filter { $0.isLetter || $0.isNumber } }
}
