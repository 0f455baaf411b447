/// The pieces of a page that are its own text, made into blocks.
struct HTMLAssembly {
    private(set) var builder = BlockTextBuilder()
    /// The first heading of the two outer levels.
    private(set) var firstHeading: String?
    private let content: HTMLContent
    private let lines: LineIndex

    /// A longer heading is text whose heading was never closed, in bytes.
    private static let longestHeading = 400
    /// A row of a table with more text than this, in bytes, lays out a page.
    private static let longestRow = 1500
    private static let mostPiecesOfCell = 3

    init(_ content: HTMLContent, page: [UInt8]) {
        self.content = content
        lines = LineIndex(page)
        let main = HTMLMainContent(content.regions)
        let kept = main.kept()
        var row: [HTMLContent.Piece] = []
        for item in content.items {
            switch item {
            case .close(let level):
                append(row: &row)
                builder.closeHeadings(from: level)
            case .piece(let piece):
                guard kept[piece.region], !isAid(piece), !(main.hasTitle && isSiteName(piece)) else { continue }
                if let last = row.last, last.row != piece.row { append(row: &row) }
                if piece.row > 0 { row.append(piece) } else { append(piece) }
            }
        }
        append(row: &row)
    }

    private func text(_ piece: HTMLContent.Piece) -> String {
        String(decoding: content.bytes[piece.text], as: UTF8.self)
    }

    private static let aids: Set<String> = [
        "edit", "[edit]", "edit on github", "edit on gitlab", "edit this page", "edit page", "improve this page",
        "view page source",
        "show source", "page source", "view source", "skip to content", "skip to main content", "jump to content",
        "skip navigation", "skip navigation links", "back to top", "top", "[top]", "home", "prev", "previous", "next",
        "up",
        "contents", "table of contents", "on this page", "in this article", "toggle navigation", "menu", "search",
        "copy",
    ]

    /// Whether a piece is a link that helps to find one's way: `Edit this page`, `prev | next`.
    private func isAid(_ piece: HTMLContent.Piece) -> Bool {
        guard piece.text.count < 60, piece.linkBytes * 2 >= piece.text.count, piece.kind != .code else { return false }
        let words = text(piece).lowercased().split { "|·•-–—«»<>←→".contains($0) }.map { String($0[...].trimmed) }
        return !words.isEmpty && words.allSatisfy { $0.isEmpty || Self.aids.contains($0) }
    }

    /// Whether a heading of the first level leads to the site's first page, beside one that is the page's own.
    private func isSiteName(_ piece: HTMLContent.Piece) -> Bool {
        piece.kind == .heading && piece.level == 1 && piece.isLink
    }

    private mutating func append(_ piece: HTMLContent.Piece) {
        let (text, lines) = (text(piece), lines.lines(of: piece.source))
        switch piece.kind {
        case .heading where piece.level > 6 && !text.contains(where: \.isLetter):
            // The number of a footnote.
            builder.append(.paragraph, text, lines: lines)
        case .heading where piece.text.count <= Self.longestHeading:
            builder.appendHeading(text, level: piece.level, lines: lines)
            if piece.level <= 2 { firstHeading = firstHeading ?? builder.headings.last }
        case .heading: builder.append(.paragraph, text, lines: lines)
        case .code where !piece.boldLines.isEmpty: appendManual(piece)
        default: builder.append(piece.kind, text, lines: lines)
        }
    }

    /// Cells of a row become one block, with bars between them, unless the table is there for the layout of the page.
    private mutating func append(row: inout [HTMLContent.Piece]) {
        defer { row = [] }
        guard let first = row.first, let last = row.last else { return }
        var cells: [(cell: Int, pieces: Int, text: String)] = []
        for piece in row {
            let text = text(piece).utf8Lines.map { String($0.trimmed) }.joined(separator: " ")
            if let index = cells.indices.last, cells[index].cell == piece.cell {
                cells[index].pieces += 1
                cells[index].text += " " + text
            } else {
                cells.append((piece.cell, 1, text))
            }
        }
        let isRow =
            row.allSatisfy { $0.kind == .paragraph } && cells.allSatisfy { $0.pieces <= Self.mostPiecesOfCell }
            && row.reduce(0) { $0 + $1.text.count } <= Self.longestRow
        guard isRow, cells.count > 1 else {
            for piece in row { append(piece) }
            return
        }
        builder.append(
            .tableRow, cells.map(\.text).joined(separator: " | "),
            lines: lines.lines(of: first.source.lowerBound..<max(first.source.upperBound, last.source.upperBound)))
    }

    /// A manual in one `pre`: its headings are the bold lines at the margin, below a blank line, among indented ones.
    private mutating func appendManual(_ piece: HTMLContent.Piece) {
        let bytes = content.bytes
        let first = lines.lines(of: piece.source).lowerBound
        var (start, line, startLine) = (piece.text.lowerBound, first, first)
        for bold in piece.boldLines {
            let standsAlone =
                (bold.upperBound >= piece.text.upperBound || bytes[bold.upperBound] == 0x0A)
                && (bold.lowerBound < start + 2
                    || bytes[bold.lowerBound - 1] == 0x0A && bytes[bold.lowerBound - 2] == 0x0A)
            guard standsAlone, bold.lowerBound >= start, bold.upperBound <= piece.text.upperBound else { continue }
            line = startLine + bytes[start..<bold.lowerBound].count { $0 == 0x0A }
            builder.append(
                .code, String(decoding: bytes[start..<bold.lowerBound], as: UTF8.self),
                lines: startLine...max(startLine, line - 1))
            builder.appendHeading(String(decoding: bytes[bold], as: UTF8.self), level: 6, lines: line...line)
            (start, startLine) = (min(bold.upperBound + 1, piece.text.upperBound), line + 1)
        }
        line = startLine + bytes[start..<piece.text.upperBound].count { $0 == 0x0A }
        builder.append(
            .code, String(decoding: bytes[start..<piece.text.upperBound], as: UTF8.self), lines: startLine...line)
    }
}
