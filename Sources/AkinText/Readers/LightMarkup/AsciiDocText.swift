/// AsciiDoc as its reader sees it: sections, delimited blocks and inline marks resolved, attributes and comments left
/// out.
struct AsciiDocText {
    private var builder = BlockTextBuilder()
    private var block = OpenBlock()
    private let cellStyle = /\s\d*[.+*<>^]*[aehlmsdv]?$/
    private var title: String?
    /// The line that ends the block of code, the comment or the table that is open.
    private var fence: (line: String, kind: Fence)?
    private var cells: [String] = []
    private var firstCell = 0

    private enum Fence { case code, comment, table }

    static func fill(_ record: inout TextRecord) {
        var page = AsciiDocText()
        page.read(LineTable(record.text))
        page.builder.fill(&record)
        record.title = page.title
    }

    private mutating func end() { block.end(in: &builder, resolving: AsciiDocInline.text) }

    private mutating func read(_ lines: LineTable) {
        var index = 0
        while index < lines.count {
            let (line, number) = (lines[index], index + 1)
            index += 1
            if let open = fence {
                readFenced(line, in: open, at: number)
                continue
            }
            if line.isBlank {
                if !isIndentedCode { end() }
                isIndentedCode = false
                continue
            }
            if open(line) { continue }
            if isSkipped(line) {
                if line.first == "[" || line.hasPrefix("//") == false { end() }
                continue
            }
            if let (text, level) = Self.heading(line) {
                head(text, level: level, lines: number...number)
            } else if block.isEmpty, index < lines.count, let level = Self.underlineLevel(lines[index], below: line) {
                head(line, level: level, lines: number...number + 1)
                index += 1
            } else if line.trimmed == "+" {
                end()
            } else if line.first == ".", let second = line.dropFirst().first, second.isLetter {
                end()
                block.add(line.dropFirst(), at: number)
                end()
            } else {
                add(line, at: number)
            }
        }
        if case .table? = fence?.kind { endRow(at: lines.count) }
        end()
    }

    private var isIndentedCode = false

    private mutating func add(_ line: Substring, at number: Int) {
        let text = line.trimmed
        if text.utf8.count < 300, !text.contains("http"), let (term, rest) = Self.term(text) {
            // A term of a list; several terms may have one description.
            if !(block.kind == .listItem && isTerm) { end() }
            if block.isEmpty { block.begin(.listItem) }
            block.add(term, at: number)
            if !rest.isEmpty { block.add(rest, at: number) }
            isTerm = rest.isEmpty
            return
        }
        isTerm = false
        if Self.beginsItem(text) {
            end()
            block.begin(.listItem)
            block.add(text, at: number)
        } else if block.isEmpty, line.first == " " || line.first == "\t" {
            block.begin(.code)
            isIndentedCode = true
            block.add(line, at: number)
        } else {
            block.add(block.kind == .code ? line : text, at: number)
        }
    }

    private var isTerm = false

    /// The term before two colons or more, or two semicolons, that a blank or the line's end follows, and what follows.
    private static func term(_ text: Substring) -> (term: Substring, rest: Substring)? {
        let bytes = text.utf8
        var place = bytes.index(after: bytes.startIndex)
        while place < bytes.endIndex {
            let mark = bytes[place]
            guard mark == UInt8(ascii: ":") || mark == UInt8(ascii: ";") else {
                place = bytes.index(after: place)
                continue
            }
            let end = bytes[place...].firstIndex { $0 != mark } ?? bytes.endIndex
            let count = bytes.distance(from: place, to: end)
            if count >= 2, mark == UInt8(ascii: ":") || count == 2, end == bytes.endIndex || bytes[end] <= 0x20 {
                return (text[..<place], text[end...].trimmed)
            }
            place = end
        }
        return nil
    }

    private mutating func head(_ text: Substring, level: Int, lines: ClosedRange<Int>) {
        end()
        let heading = AsciiDocInline.text(of: String(text.trimmed))
        title = title ?? heading
        builder.appendHeading(heading, level: level, lines: lines)
    }

    /// `== Title` or `## Title`, without its marks.
    private static func heading(_ line: Substring) -> (text: Substring, level: Int)? {
        guard let mark = line.first, mark == "=" || mark == "#" else { return nil }
        let marks = line.prefix(7).prefix { $0 == mark }
        let text = line[marks.endIndex...]
        guard marks.count <= 6, text.first == " " || text.first == "\t", !text.isBlank else { return nil }
        return (text, marks.count)
    }

    private static func underlineLevel(_ rule: Substring, below line: Substring) -> Int? {
        guard let mark = rule.ruleMark(atLeast: 3), let level = ["=": 1, "-": 2, "~": 3, "^": 4, "+": 5][String(mark)],
            abs(rule.trimmed.utf8.count - line.trimmed.unicodeScalars.count) <= 2, line.first != " "
        else { return nil }
        return level
    }

    /// Opens a delimited block; false for another line.
    private mutating func open(_ line: Substring) -> Bool {
        let text = line.trimmed
        if text.hasPrefix("|===") || text.hasPrefix("!===") {
            end()
            fence = (String(text), .table)
            return true
        }
        if text.hasPrefix("```") {
            end()
            block.begin(.code)
            fence = ("```", .code)
            return true
        }
        guard let mark = text.ruleMark(atLeast: 4), block.isEmpty || mark != "-" && mark != "=" || true else {
            return false
        }
        switch mark {
        case "-", ".", "+":
            end()
            block.begin(.code)
            fence = (String(text), .code)
        case "/":
            end()
            fence = (String(text), .comment)
        case "=", "*", "_": end()
        default: return false
        }
        return true
    }

    private mutating func readFenced(_ line: Substring, in open: (line: String, kind: Fence), at number: Int) {
        if line.trimmed == open.line {
            if case .table = open.kind { endRow(at: number) }
            end()
            fence = nil
            return
        }
        switch open.kind {
        case .comment: break
        case .code: block.add(line, at: number)
        case .table:
            if line.isBlank { return endRow(at: number) }
            let parts = line.split(separator: "|", omittingEmptySubsequences: false).map { String($0.trimmed) }
            if line.trimmed.first == "|" || parts.count > 1 {
                // A row stands on a line of its own, or each cell does, with a blank line behind the row.
                if parts.count > 2 { endRow(at: number) }
                if cells.isEmpty { firstCell = number }
                cells += parts.dropFirst().map { $0.contains(" ") ? $0.replacing(cellStyle, with: "") : $0 }
                if parts.count > 2 { endRow(at: number + 1) }
            } else if let last = cells.indices.last {
                cells[last] += " " + line.trimmed
            }
        }
    }

    private mutating func endRow(at number: Int) {
        let texts = cells.map { AsciiDocInline.text(of: $0) }
        builder.append(.tableRow, texts.joined(separator: " | "), lines: firstCell...max(firstCell, number - 1))
        cells = []
    }

    /// Attributes, anchors, comments and macros that stand for other files.
    private func isSkipped(_ line: Substring) -> Bool {
        if line.hasPrefix("//") { return true }
        if line.first == "[", line.trimmed.last == "]", block.isEmpty || line.hasPrefix("[[") { return true }
        if line.first == ":" {
            let name = line.dropFirst().prefix { $0.isLetter || $0.isNumber || "-_!".contains($0) }
            let after = line[name.endIndex...]
            return !name.isEmpty && after.first == ":" && (after.count == 1 || after.dropFirst().first == " ")
        }
        guard let colon = line.firstIndex(of: ":"), line[colon...].contains("[") else { return false }
        return Self.skippedMacros.contains(String(line[..<colon].prefix(20)))
    }

    private static let skippedMacros: Set<String> = [
        "include", "image", "video", "audio", "ifdef", "ifndef", "ifeval", "endif", "toc", "indexterm", "indexterm2",
    ]

    /// Bullets and dots by their depth, numbers, and the numbers of callouts.
    private static func beginsItem(_ text: Substring) -> Bool {
        let mark = text.prefix { $0 != " " }
        guard let first = mark.first, mark.count < text.count, mark.count <= 6 else { return false }
        if "*-.".contains(first) { return mark.allSatisfy { $0 == first } }
        return first == "<" && mark.last == ">" || mark.last == "." && mark.dropLast().allSatisfy(\.isNumber)
    }
}
