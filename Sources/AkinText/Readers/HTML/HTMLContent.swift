/// What a page holds, piece by piece, while it is scanned: the texts between the borders of its blocks, each with the
/// element it stands in.
///
/// There is no tree; the elements are kept as regions in the order of their opening tags, each with its parent, so that
/// what holds for a part of the page is found by going over them once. Elements may be left open and be closed in any
/// order. O(n): no search goes back further than a bounded number of open elements.
struct HTMLContent {
    /// An element that sets its contents apart.
    struct Region {
        var parent: Int
        var name: String
        var part: HTMLElement.Part
        /// Whether a closing tag was found for it, or for what it stands in. What is never closed is not trusted.
        var isClosed = false
        var textBytes = 0
        var linkBytes = 0
        var links = 0
        /// Links to the pages before, after and above this one.
        var linksOn = 0
        /// Links to places of the same page.
        var localLinks = 0
        /// Whether a heading of the first level stands in it.
        var holdsTitle = false
    }

    /// A text between two borders of blocks.
    struct Piece {
        var kind: TextBlock.Kind
        /// Of a heading.
        var level: Int
        var region: Int
        /// The row and the cell of the table the text stands in, each counted over the page; 0 outside tables.
        var row: Int
        var cell: Int
        /// Where the text stands in `bytes`.
        var text: Range<Int>
        /// Where the text comes from, in bytes of the page.
        var source: Range<Int>
        var linkBytes: Int
        /// Whether the whole text is a link to another page.
        var isLink = false
        /// Lines of code in bold type that stand at the margin.
        var boldLines: [Range<Int>] = []
    }

    enum Item {
        case piece(Piece)
        /// The headings of this level and of deeper ones end.
        case close(level: Int)
    }

    private struct Open {
        var name: String
        var isInline: Bool
        var region: Int
        var kind: TextBlock.Kind
        var level: Int
        var row: Int
        var cell: Int
        var isLink = false
        var isLocalLink = false
        var leadsOn = false
        /// For an inline element that is left out: the piece it began in and where.
        var cut: (items: Int, start: Int)?
        /// Whether the contents are left out only if they are a mark, such as a paragraph sign that links to itself.
        var isMark = false
        /// The headings that end with the element.
        var endsLevel: Int?
        var boldStart: Int?
    }

    private(set) var bytes: [UInt8] = []
    private(set) var items: [Item] = []
    private(set) var regions = [Region(parent: -1, name: "", part: .content, isClosed: true)]
    /// Where the scanner is, in bytes of the page.
    var position = 0
    private var piece: Piece?
    /// Of the piece: where it begins in `bytes`, its bytes within links, and where its last byte comes from.
    private var (pieceStart, linkBytes, awayBytes, lastPosition) = (0, 0, 0, 0)
    private var pendingSpace = false
    private var pendingBreak = false
    private var stack: [Open] = []
    private var openCounts: [String: Int] = [:]
    private var (rows, cells) = (0, 0)
    private var preformattedDepth = 0
    private var linkDepth = 0
    /// Open links to other pages.
    private var awayDepth = 0
    private var listDepth = 0

    private static let root = Open(
        name: "", isInline: false, region: 0, kind: .paragraph, level: 0, row: 0, cell: 0)
    /// Levels of headings that are none of h1 to h6: titles of figures and the like, and terms of lists by their depth.
    private static let longestBoldLine = 120
    private static let titleLevel = 7
    private static let termLevel = 8

    private var current: Open { stack.last ?? Self.root }
    var isPreformatted: Bool { preformattedDepth > 0 }

    // MARK: Text

    mutating func append(_ byte: UInt8) { append(byte, preformatted: isPreformatted) }

    mutating func append(_ text: String) {
        for byte in text.utf8 { append(byte) }
    }

    mutating func append(_ byte: UInt8, preformatted: Bool) {
        let isSpace = byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
        if isSpace {
            guard preformatted else {
                pendingSpace = true
                return
            }
            if piece == nil, byte == 0x0A || byte == 0x0D { return }
        }
        if piece == nil { beginPiece() }
        if bytes.count > pieceStart {
            if pendingBreak {
                bytes.append(0x0A)
            } else if pendingSpace {
                bytes.append(0x20)
            }
        }
        (pendingSpace, pendingBreak) = (false, false)
        bytes.append(byte)
        if linkDepth > 0 { linkBytes += 1 }
        if awayDepth > 0 { awayBytes += 1 }
        lastPosition = position
    }

    private mutating func beginPiece() {
        let open = current
        (pieceStart, linkBytes, awayBytes) = (bytes.count, 0, 0)
        piece = Piece(
            kind: isPreformatted ? .code : open.kind, level: open.level, region: open.region, row: open.row,
            cell: open.cell, text: bytes.count..<bytes.count, source: position..<position + 1, linkBytes: 0)
    }

    /// Ends the piece; what follows is another one.
    mutating func endPiece() {
        (pendingSpace, pendingBreak) = (false, false)
        guard var ended = piece else { return }
        piece = nil
        ended.text = pieceStart..<bytes.count
        ended.source = ended.source.lowerBound..<max(ended.source.lowerBound, lastPosition) + 1
        ended.linkBytes = min(linkBytes, ended.text.count)
        ended.isLink = awayBytes * 10 >= ended.text.count * 9
        guard bytes[ended.text].contains(where: { !$0.isHTMLSpace }) else {
            bytes.removeLast(ended.text.count)
            return
        }
        regions[ended.region].textBytes += ended.text.count
        regions[ended.region].linkBytes += ended.linkBytes
        if ended.kind == .heading, ended.level == 1, !ended.isLink { regions[ended.region].holdsTitle = true }
        items.append(.piece(ended))
    }

    /// Ends the line within a piece.
    mutating func breakLine() {
        if isPreformatted {
            if piece != nil { append(0x0A, preformatted: true) }
        } else {
            pendingBreak = piece != nil
        }
    }

    mutating func space() { pendingSpace = true }

    // MARK: Elements

    mutating func open(_ name: String, _ attributes: HTMLAttributes) {
        if HTMLElement.void.contains(name) {
            switch name {
            case "br": breakLine()
            case "hr": border()
            case "img", "input": space()
            default: break
            }
            return
        }
        let isInline = !HTMLElement.blocks.contains(name)
        if !isInline {
            closeImplied(before: name)
            border()
        } else if name == "a" {
            pop(through: ["a"], before: nil)
        }
        var open = current
        (open.name, open.isInline) = (name, isInline)
        (open.cut, open.isMark, open.endsLevel, open.boldStart) = (nil, false, nil, nil)
        (open.isLink, open.isLocalLink, open.leadsOn) = (false, false, false)
        if isInline {
            openInline(name, attributes, &open)
        } else {
            openBlock(name, attributes, &open)
        }
        stack.append(open)
        openCounts[name, default: 0] += 1
    }

    private mutating func openInline(_ name: String, _ attributes: HTMLAttributes, _ open: inout Open) {
        if name == "a", attributes.isLink {
            (open.isLink, open.isLocalLink, open.leadsOn) = (true, attributes.isLocalLink, attributes.leadsOn)
            if !attributes.isLocalLink { awayDepth += 1 }
            linkDepth += 1
        }
        let isAid = if case .aid = HTMLElement.part(name, attributes) { true } else { false }
        open.isMark = name == "a" && attributes.isLocalLink && !isAid
        if isAid || open.isMark || name == "button" { open.cut = (items.count, bytes.count) }
        if isPreformatted, name == "b" || name == "strong", piece == nil || bytes.last == 0x0A {
            open.boldStart = bytes.count
        }
    }

    private mutating func openBlock(_ name: String, _ attributes: HTMLAttributes, _ open: inout Open) {
        open.region = regions.count
        regions.append(
            Region(parent: current.region, name: name, part: HTMLElement.part(name, attributes)))
        switch name {
        case "li": open.kind = .listItem
        case "blockquote": open.kind = .quote
        case "ul", "ol", "dl", "dd", "table":
            if open.kind != .quote { open.kind = .paragraph }
            if name == "table" { (open.row, open.cell) = (0, 0) }
            if name == "dl" {
                listDepth += 1
                open.endsLevel = Self.termLevel + listDepth
            }
        case "dt": (open.kind, open.level) = (.heading, Self.termLevel + listDepth)
        case "tr":
            rows += 1
            (open.kind, open.row, open.cell) = (.paragraph, rows, 0)
        case "td", "th":
            cells += 1
            if open.row == 0 {
                rows += 1
                open.row = rows
                // Cells without a row make one until their table ends.
                if let last = stack.indices.last, stack[last].row == 0 { stack[last].row = rows }
            }
            (open.kind, open.cell) = (.paragraph, cells)
        case "pre", "listing", "xmp", "plaintext": preformattedDepth += 1
        case "p", "div", "span", "caption", "summary":
            if attributes.names.contains("title"), open.kind == .paragraph, open.row == 0 {
                (open.kind, open.level) = (.heading, Self.titleLevel)
                if let last = stack.indices.last, stack[last].endsLevel == nil {
                    stack[last].endsLevel = Self.titleLevel
                }
            }
        default:
            if let level = HTMLElement.headingLevel(name) { (open.kind, open.level) = (.heading, level) }
        }
    }

    mutating func close(_ name: String) {
        let isInline = !HTMLElement.blocks.contains(name)
        guard let count = openCounts[name], count > 0 else {
            if !isInline { border() }
            return
        }
        let stops: Set<String> =
            switch name {
            case "table": []
            case "td", "th", "tr", "tbody", "thead", "tfoot", "caption": ["table"]
            default: ["td", "th"]
            }
        pop(through: [name], before: isInline ? nil : stops)
        if !isInline { border() }
    }

    /// Ends the elements whose closing tags may be left out before this one opens.
    private mutating func closeImplied(before name: String) {
        if name != "body", openCounts["p", default: 0] > 0 { pop(through: ["p"], before: nil) }
        if HTMLElement.endsHeading.contains(name) {
            pop(through: ["h1", "h2", "h3", "h4", "h5", "h6"], before: nil)
        }
        switch name {
        case "li": pop(through: ["li"], before: ["ul", "ol", "td", "th", "menu"])
        case "dt", "dd": pop(through: ["dt", "dd"], before: ["dl", "td", "th"])
        case "td", "th": pop(through: ["td", "th"], before: ["tr", "table"])
        case "tr": pop(through: ["tr"], before: ["table"])
        case "option": pop(through: ["option"], before: ["select"])
        default: break
        }
    }

    /// Closes the nearest open element of these names and all within it.
    ///
    /// - Parameter stops: elements that are not looked beyond; nil to look at elements within the line only.
    private mutating func pop(through names: Set<String>, before stops: Set<String>?) {
        guard names.contains(where: { openCounts[$0, default: 0] > 0 }) else { return }
        var depth = stack.count - 1
        let last = max(0, stack.count - 500)
        while depth >= last {
            let open = stack[depth]
            if names.contains(open.name) { break }
            if let stops { if stops.contains(open.name) { return } } else if !open.isInline { return }
            depth -= 1
        }
        guard depth >= last else { return }
        while stack.count > depth { closeLast(isClosed: true) }
    }

    private mutating func closeLast(isClosed: Bool) {
        guard let open = stack.popLast() else { return }
        openCounts[open.name, default: 1] -= 1
        if open.isInline {
            closeInline(open)
            return
        }
        let wasPreformatted = ["pre", "listing", "xmp", "plaintext"].contains(open.name)
        if wasPreformatted {
            endPiece()
            preformattedDepth -= 1
        } else {
            border()
        }
        regions[open.region].isClosed = isClosed
        if open.name == "dl" { listDepth -= 1 }
        if let level = open.endsLevel { items.append(.close(level: level)) }
    }

    private mutating func closeInline(_ open: Open) {
        if open.isLink {
            linkDepth -= 1
            regions[open.region].links += 1
            if open.isLocalLink { regions[open.region].localLinks += 1 } else { awayDepth -= 1 }
            if open.leadsOn || Self.leadsOn(bytes[max(0, bytes.count - 16)...]) { regions[open.region].linksOn += 1 }
        }
        if let start = open.boldStart, piece != nil, start < bytes.count, bytes.count - start < Self.longestBoldLine,
            !bytes[start...].contains(0x0A),
            bytes[start] != 0x20, bytes[start] != 0x09
        {
            piece?.boldLines.append(start..<bytes.count)
        }
        guard let cut = open.cut, cut.items == items.count, cut.start <= bytes.count, piece != nil else { return }
        guard !open.isMark || Self.isMark(bytes[cut.start...]) else { return }
        let removed = bytes.count - cut.start
        guard removed > 0 else { return }
        bytes.removeLast(removed)
        linkBytes = max(0, linkBytes - removed)
        piece?.boldLines.removeAll { $0.upperBound > cut.start }
        pendingSpace = true
        if bytes.count <= pieceStart { piece = nil }
    }

    /// Whether a link's text is only a sign by which a heading links to itself.
    private static func isMark(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.count <= 12 else { return false }
        let sign = String(decoding: text, as: UTF8.self).filter { !$0.isWhitespace }
        return sign.isEmpty || ["¶", "#", "§", "🔗", "⚓", "∞", "\u{F0C1}", "⚓︎", "†"].contains(sign)
    }

    private static func leadsOn(_ text: ArraySlice<UInt8>) -> Bool {
        let words = String(decoding: text, as: UTF8.self).lowercased().split { !$0.isLetter }
        return words.last.map { ["prev", "previous", "next", "up"].contains($0) } ?? false
    }

    /// Sets apart what follows; within `pre`, ends the line.
    private mutating func border() {
        guard isPreformatted else { return endPiece() }
        if piece != nil, bytes.last != 0x0A { append(0x0A, preformatted: true) }
    }

    /// Ends the page.
    mutating func end() {
        endPiece()
        while !stack.isEmpty { closeLast(isClosed: false) }
        regions[0].isClosed = true
    }
}
