/// A page written for troff, with the macros of man or mdoc, as its reader sees it: without fonts and requests, its
/// sections as headings, what is printed line by line as code.
struct RoffText {
    private var builder = BlockTextBuilder()
    private var escapes = RoffEscapes()
    private var mdoc = MdocMacros()
    private(set) var title: String?

    /// The text of the block that is open.
    private var text = ""
    private var kind = TextBlock.Kind.paragraph
    private var lines: ClosedRange<Int>?
    private var isFilled = true
    /// Where the next line of text goes: into the heading or the tag that a macro without arguments began.
    private enum Awaited {
        case nothing, heading(level: Int), tag, moreTag
    }
    private var awaited = Awaited.nothing
    private var link: String?
    /// What the section called NAME says first.
    private var isInName = false

    static func fill(_ record: inout TextRecord) {
        var page = RoffText()
        page.read(RoffLines(record.text).lines)
        page.builder.fill(&record)
        record.title = page.title
    }

    /// Whether a text is written for troff: its first line is a request or a comment, and one near it begins a page.
    static func isLikely(_ text: String) -> Bool {
        var isFirst = true
        for line in text.utf8Lines.prefix(400) where !line.isBlank {
            if isFirst {
                guard RoffLines.request(line) != nil else { return false }
                isFirst = false
            }
            if let name = RoffLines.request(line)?.name,
                ["TH", "Dd", "Dt", "SH", "Sh", "so", "NH", "PP", "LP"].contains(name)
            {
                return true
            }
        }
        return false
    }

    private mutating func read(_ source: [RoffLines.Line]) {
        var index = 0
        while index < source.count {
            let line = source[index]
            index += 1
            if let request = RoffLines.request(line.text) {
                if request.name == "TS" {
                    endBlock()
                    var table = RoffTable()
                    while index < source.count, RoffLines.request(source[index].text)?.name != "TE" {
                        table.read(source[index].text, number: source[index].number)
                        index += 1
                    }
                    index += 1
                    for row in table.rows {
                        let cells = row.cells.map { escapes.text($0[...]).withFoldedBlanks }.filter { !$0.isEmpty }
                        builder.append(.tableRow, cells.joined(separator: " | "), lines: row.lines)
                    }
                } else {
                    take(request.name, request.rest, at: line.number)
                }
            } else {
                add(line.text, at: line.number)
            }
        }
        endBlock()
    }

    // MARK: Text

    private mutating func add(_ line: Substring, at number: Int) { put(escapes.text(line), at: number) }

    /// Adds a line of text that is resolved.
    private mutating func put(_ line: String, at number: Int, joined: Bool = false) {
        switch awaited {
        case .heading(let level):
            awaited = .nothing
            return head(line, level: level, at: number)
        case .tag where !line[...].isBlank:
            awaited = .nothing
            return tag(line, at: number)
        case .moreTag where !line[...].isBlank:
            awaited = .nothing
            return tag(line, at: number, isMore: true)
        default: break
        }
        if isFilled, line[...].isBlank { return endBlock() }
        if text.isEmpty {
            lines = number...number
        } else if !joined {
            // A line that begins with a blank begins a new one.
            let breaks = !isFilled || line.first == " " || text.hasSuffix("\n")
            if !text.hasSuffix("\n") { text += breaks ? "\n" : " " }
        }
        text += isFilled ? String(line[...].trimmed) : line
        extend(to: number)
    }

    private mutating func extend(to number: Int) {
        if let start = lines?.lowerBound { lines = start...max(start, number) }
    }

    private mutating func endBlock(next: TextBlock.Kind = .paragraph) {
        if isInName, isFilled, !text.isEmpty {
            isInName = false
            nameTitle()
        }
        builder.append(isFilled ? kind : .code, text, lines: lines)
        (text, lines, kind) = ("", nil, next)
    }

    private mutating func head(_ heading: String, level: Int, at number: Int) {
        endBlock()
        isFilled = true
        isInName = heading[...].trimmed.uppercased() == "NAME"
        builder.appendHeading(heading, level: level, lines: number...number)
    }

    /// Begins an item by its tag; more tags of the same item stand on lines of their own.
    private mutating func tag(_ tag: String, at number: Int, isMore: Bool = false) {
        if !isMore { endBlock(next: .listItem) }
        if text.isEmpty { lines = number...number } else if !text.hasSuffix("\n") { text += "\n" }
        text += tag[...].trimmed
        if !["•", "-", "*", "o", "·"].contains(text) { text += "\n" }
        extend(to: number)
    }

    /// Spells the title as the section NAME does, since heads of pages are often in capitals.
    private mutating func nameTitle() {
        guard let title, let end = title.firstIndex(of: "(") else { return }
        let name = String(text.prefix { !$0.isWhitespace && $0 != "," })
        if name.lowercased() == title[..<end].lowercased() { self.title = name + title[end...] }
    }

    // MARK: Requests

    private mutating func take(_ name: String, _ rest: Substring, at number: Int) {
        switch name {
        case "TH", "Dt":
            let words = RoffLines.arguments(rest).map { escapes.text($0) }
            if title == nil, let first = words.first, !first.isEmpty {
                title = words.count > 1 && !words[1].isEmpty ? "\(first)(\(words[1]))" : first
            }
        case "SH", "NH", "SS", "SY":
            let heading = RoffLines.arguments(rest).map { escapes.text($0) }.joined(separator: " ")
            if name == "SY" {
                endBlock()
                put(heading, at: number)
            } else if heading[...].isBlank {
                awaited = .heading(level: name == "SS" ? 2 : 1)
            } else {
                head(heading, level: name == "SS" ? 2 : 1, at: number)
            }
        case "PP", "LP", "P", "HP", "sp", "Sp", "RS", "RE", "YS", "bp", "ti", "in":
            if isFilled || name != "in" && name != "ti" { endParagraph() }
        case "TP": awaited = .tag
        case "TQ": awaited = .moreTag
        case "IP":
            let words = RoffLines.arguments(rest)
            if let first = words.first, !first.isEmpty {
                tag(escapes.text(first), at: number)
            } else {
                endBlock(next: .listItem)
            }
        case "br":
            if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
        case "nf", "EX", "Vb":
            endBlock()
            isFilled = false
        case "fi", "EE", "Ve":
            endBlock()
            isFilled = true
        case "B", "I", "SM", "SB", "R", "BR", "IR", "RB", "RI", "BI", "IB": font(name, rest, at: number)
        case "UR", "MT": link = RoffLines.arguments(rest).first.map { escapes.text($0) }
        case "UE", "ME":
            if let link, !link.isEmpty {
                put("<\(link)>" + RoffLines.arguments(rest).map { escapes.text($0) }.joined(), at: number)
            }
            link = nil
        case "OP": put("[\(RoffLines.arguments(rest).map { escapes.text($0) }.joined(separator: " "))]", at: number)
        case "ds":
            let name = rest.prefix { $0 != " " && $0 != "\t" }
            let value = rest[name.endIndex...].drop { $0 == " " || $0 == "\t" }
            escapes.define(String(name), String(value.first == "\"" ? value.dropFirst() : value))
        default: takeMdoc(name, rest, at: number)
        }
    }

    private mutating func endParagraph() {
        if isFilled { endBlock() } else if !text.isEmpty { text += "\n" }
    }

    private mutating func font(_ name: String, _ rest: Substring, at number: Int) {
        let words = RoffLines.arguments(rest).map { escapes.text($0) }
        // Without arguments the font is that of the next line.
        guard !words.isEmpty else { return }
        put(words.joined(separator: name.utf8.count == 2 && name != "SM" && name != "SB" ? "" : " "), at: number)
    }

    private mutating func takeMdoc(_ name: String, _ rest: Substring, at number: Int) {
        switch name {
        case "Sh", "Ss":
            head(mdoc.text(of: rest, escapes: escapes), level: name == "Sh" ? 1 : 2, at: number)
        case "Pp", "Lp", "Bl", "El", "Rs", "Re":
            if name == "Bl" { mdoc.beginList(rest) } else if name == "El" { mdoc.endList() }
            endBlock()
        case "It":
            if mdoc.isInTable {
                endBlock()
                let cells = rest.split(separator: " Ta ").flatMap { $0.split(separator: "\t") }
                let texts = cells.map { mdoc.text(of: $0, escapes: escapes) }
                builder.append(.tableRow, texts.joined(separator: " | "), lines: number...number)
            } else if rest.isEmpty {
                endBlock(next: .listItem)
            } else {
                tag(
                    mdoc.text(of: rest, escapes: escapes), at: number,
                    isMore: kind == .listItem && text.hasSuffix("\n") && mdoc.lastWasItem)
            }
        case "Bd", "Ed":
            endBlock()
            isFilled = name == "Ed" || !(rest.contains("-literal") || rest.contains("-unfilled"))
        case "D1", "Dl":
            endBlock()
            builder.append(.code, mdoc.text(of: rest, escapes: escapes), lines: number...number)
        case "Dd", "Os", "Sm", "Bk", "Ek": break
        default:
            guard let call = mdoc.line(name, rest, escapes: escapes) else { return }
            if !call.text.isEmpty { put(call.text, at: number, joined: call.isAttached && !text.isEmpty) }
        }
        mdoc.lastWasItem = name == "It"
    }
}
