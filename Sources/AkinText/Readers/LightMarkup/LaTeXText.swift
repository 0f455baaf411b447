/// LaTeX as its reader sees it: sections as headings, commands without their names, formulas as they are.
struct LaTeXText {
    private var builder = BlockTextBuilder()
    private var title: String?
    private let source: [UInt8]
    private let lines: LineIndex
    private var index = 0
    private var text: [UInt8] = []
    private var kind = TextBlock.Kind.paragraph
    private var start = 0
    private var tables = 0
    private var missing: Set<String> = []
    /// How deep in arguments of arguments the text stands.
    private let depth: Int

    /// An argument is no longer than this in bytes; a brace that is never closed ends nothing.
    private static let longestArgument = 10_000
    private static let longestFormula = 3000
    private static let deepestArgument = 4

    static func fill(_ record: inout TextRecord) {
        var page = LaTeXText(Array(record.text.utf8))
        page.read()
        page.builder.fill(&record)
        record.title = page.title
    }

    private init(_ source: [UInt8], depth: Int = 0) {
        (self.source, lines, self.depth) = (source, LineIndex(source), depth)
    }

    /// Where a mark stands next, within so many bytes. What the rest of the file does not hold is not looked for again.
    private mutating func find(_ mark: String, from place: Int, within limit: Int = .max) -> Int? {
        let wanted = Array(mark.utf8)
        guard let first = wanted.first, !missing.contains(mark), place < source.count else { return nil }
        let rest = source[place...].prefix(limit)
        var search = place
        while let found = rest[search...].firstIndex(of: first) {
            if source[found...].starts(with: wanted) { return found }
            search = found + 1
        }
        if limit == .max { missing.insert(mark) }
        return nil
    }

    private mutating func read() {
        if let body = find("\\begin{document}", from: 0) {
            if let place = find("\\title", from: 0), place < body {
                index = place + 6
                skipOption()
                title = argument().flatMap { plain($0) }
            }
            index = body + 16
        }
        start = index
        while index < source.count { step() }
        end()
    }

    // MARK: Blocks

    private mutating func end(next: TextBlock.Kind = .paragraph) {
        var shown = String(decoding: text, as: UTF8.self)
        if kind != .code {
            shown = shown.utf8Lines.map { $0.split { $0 == " " || $0 == "\t" }.joined(separator: " ") }.joined(
                separator: "\n")
        }
        if !shown[...].isBlank {
            builder.append(kind, shown, lines: lines.lines(of: start..<max(start + 1, min(index, source.count))))
        }
        (text, kind) = ([], next)
        start = index
    }

    private mutating func add(_ string: String) {
        if text.isEmpty { start = min(index, max(0, source.count - 1)) }
        text += Array(string.utf8)
    }

    private mutating func step() {
        let byte = source[index]
        switch byte {
        case UInt8(ascii: "\\"): command()
        case UInt8(ascii: "%"): index = (source[index...].firstIndex(of: 0x0A) ?? source.count - 1) + 1
        case UInt8(ascii: "{"), UInt8(ascii: "}"): index += 1
        case UInt8(ascii: "~"):
            add(" ")
            index += 1
        case UInt8(ascii: "$"): formula()
        case UInt8(ascii: "&") where tables > 0:
            add(" | ")
            index += 1
        case UInt8(ascii: "-") where source[index...].starts(with: "--".utf8):
            let isLong = source[index...].starts(with: "---".utf8)
            add(isLong ? "—" : "–")
            index += isLong ? 3 : 2
        case UInt8(ascii: "`") where source[index...].starts(with: "``".utf8):
            add("“")
            index += 2
        case UInt8(ascii: "'") where source[index...].starts(with: "''".utf8):
            add("”")
            index += 2
        case 0x0A:
            index += 1
            let next = source[index...].first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
            if next == 0x0A {
                end(next: kind == .listItem || kind == .quote ? kind : .paragraph)
            } else if !text.isEmpty {
                add("\n")
            }
        default:
            if text.isEmpty { start = index }
            text.append(byte)
            index += 1
        }
    }

    /// A formula between dollars, as it is.
    private mutating func formula() {
        let isDisplay = source[index...].starts(with: "$$".utf8)
        let mark = isDisplay ? "$$" : "$"
        guard let close = find(mark, from: index + mark.utf8.count, within: Self.longestFormula) else {
            add("$")
            index += 1
            return
        }
        keep(through: close + mark.utf8.count)
    }

    private mutating func keep(through end: Int) {
        add(String(decoding: source[index..<min(end, source.count)], as: UTF8.self))
        index = min(end, source.count)
    }

    // MARK: Commands

    private mutating func command() {
        let begin = index
        index += 1
        guard index < source.count else { return }
        guard source[index].isASCIILetter else { return mark(begin) }
        var end = index
        while end < source.count, source[end].isASCIILetter { end += 1 }
        let name = String(decoding: source[index..<end], as: UTF8.self)
        index = end
        if index < source.count, source[index] == UInt8(ascii: "*") { index += 1 }
        if let level = LaTeXNames.sections[name] {
            skipOption()
            self.end()
            let place = index
            guard let title = argument(), let shown = plain(title) else { return }
            if self.title == nil, level <= 3 { self.title = shown }
            builder.appendHeading(shown, level: level, lines: lines.lines(of: begin..<max(index, place + 1)))
            return
        }
        switch name {
        case "begin": beginEnvironment(begin)
        case "end":
            let environment = argument().map { String(decoding: $0, as: UTF8.self) } ?? ""
            if environment.hasPrefix("tabular") || environment == "longtable" { tables = max(0, tables - 1) }
            if environment == "document" { index = source.count }
            self.end()
        case "item":
            self.end(next: .listItem)
            if index < source.count, source[index] == UInt8(ascii: "["),
                let close = source[index...].prefix(300).firstIndex(of: UInt8(ascii: "]"))
            {
                add((plain(source[(index + 1)..<close]) ?? "") + ": ")
                index = close + 1
            }
        case "title", "caption":
            skipOption()
            let value = argument().flatMap { plain($0) }
            if name == "title" {
                title = title ?? value
            } else if let value {
                builder.append(.paragraph, value, lines: lines.lines(of: begin..<index))
            }
        case "footnote", "footnotetext":
            if let note = argument(), let shown = plain(note) { add(" (\(shown))") }
        case "verb":
            if index < source.count, let close = source[(index + 1)...].prefix(500).firstIndex(of: source[index]) {
                add(String(decoding: source[(index + 1)..<close], as: UTF8.self))
                index = close + 1
            }
        case "url", "texttt", "path":
            if let value = argument() {
                add(name == "texttt" ? plain(value) ?? "" : String(decoding: value, as: UTF8.self))
            }
        default:
            if let letter = LaTeXNames.letters[name] {
                add(letter)
                if source[index...].starts(with: "{}".utf8) {
                    index += 2
                } else {
                    index += source[index...].first == 0x20 && letter.count == 1 ? 1 : 0
                }
            } else {
                if let count = LaTeXNames.dropped[name] {
                    if name == "newcommand" || name == "renewcommand", source[index...].first == UInt8(ascii: "\\") {
                        index += 1
                    }
                    for _ in 0..<count {
                        skipOption()
                        _ = argument()
                    }
                } else {
                    skipOption()
                }
            }
        }
    }

    /// A command of one mark.
    private mutating func mark(_ begin: Int) {
        let byte = source[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\\"):
            if tables > 0 { end(next: .tableRow) } else { add("\n") }
            skipOption()
        case UInt8(ascii: "["), UInt8(ascii: "("):
            let close = find(byte == UInt8(ascii: "[") ? "\\]" : "\\)", from: index, within: Self.longestFormula)
            index = begin
            if let close { keep(through: close + 2) } else { index = begin + 2 }
        case UInt8(ascii: "%"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "#"), UInt8(ascii: "_"),
            UInt8(ascii: "{"), UInt8(ascii: "}"):
            add(String(decoding: [byte], as: UTF8.self))
        case UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), 0x0A: add(" ")
        case UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "^"), UInt8(ascii: "\""), UInt8(ascii: "~"):
            accent(byte)
        default: break
        }
    }

    private mutating func accent(_ mark: UInt8) {
        while index < source.count, source[index] == UInt8(ascii: "{") || source[index] == UInt8(ascii: "\\") {
            index += 1
        }
        guard index < source.count, source[index].isASCIILetter, let combining = LaTeXNames.accents[mark] else {
            return
        }
        let glyph = RoffGlyphs.text(
            Substring(
                String(decoding: [mark == UInt8(ascii: "\"") ? UInt8(ascii: ":") : mark, source[index]], as: UTF8.self))
        )
        add(glyph ?? String(decoding: [source[index]], as: UTF8.self) + String(Character(combining)))
        index += 1
        if index < source.count, source[index] == UInt8(ascii: "}") { index += 1 }
    }

    private mutating func beginEnvironment(_ begin: Int) {
        guard let environment = argument().map({ String(decoding: $0, as: UTF8.self) }) else { return }
        if LaTeXNames.formulas.contains(environment) {
            let close = find("\\end{\(environment)}", from: index)
            end()
            index = begin
            start = begin
            keep(through: close.map { $0 + 6 + environment.utf8.count } ?? begin + 6)
            end()
            return
        }
        end(next: ["quote", "quotation", "verse"].contains(environment) ? .quote : .paragraph)
        if LaTeXNames.verbatim.contains(environment) || environment == "comment" {
            let close = find("\\end{\(environment)}", from: index)
            skipOption()
            if environment == "minted" { _ = argument() }
            if environment != "comment", let close {
                kind = .code
                start = index
                text = Array(source[min(index, close)..<close])
                index = close
            }
            index = close ?? index
            end()
        } else if environment.hasPrefix("tabular") || environment == "longtable" {
            tables += 1
            kind = .tableRow
            skipOption()
            if environment == "tabularx" || environment == "tabular*" { _ = argument() }
            _ = argument()
        } else {
            skipOption()
        }
    }

    // MARK: Arguments

    /// Passes an argument in brackets on this line.
    private mutating func skipOption() {
        guard index < source.count, source[index] == UInt8(ascii: "[") else { return }
        let rest = source[index...].prefix(500).prefix { $0 != 0x0A }
        if let close = rest.firstIndex(of: UInt8(ascii: "]")) { index = close + 1 }
    }

    /// The contents of the braces here, which are passed; nil where there are none.
    private mutating func argument() -> ArraySlice<UInt8>? {
        var place = index
        while place < source.count, source[place] == 0x20 || source[place] == 0x0A { place += 1 }
        guard place < source.count, source[place] == UInt8(ascii: "{") else { return nil }
        var depth = 0
        var end = place
        while end < min(source.count, place + Self.longestArgument) {
            switch source[end] {
            case UInt8(ascii: "\\"): end += 1
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            default: break
            }
            if depth == 0 { break }
            end += 1
        }
        guard end < source.count, depth == 0 else { return nil }
        index = end + 1
        return source[(place + 1)..<end]
    }

    /// A short text without its commands; nil when nothing is left.
    private func plain(_ bytes: ArraySlice<UInt8>) -> String? {
        guard depth < Self.deepestArgument else { return nil }
        var part = LaTeXText(Array(bytes), depth: depth + 1)
        // What an argument holds is read by itself, but arguments within it are only unwrapped.
        while part.index < part.source.count {
            if part.source[part.index] == UInt8(ascii: "\\"), let name = part.commandName,
                name == "footnote" || LaTeXNames.sections[name] != nil || name == "texttt"
            {
                part.index += 1 + name.utf8.count
            } else {
                part.step()
            }
        }
        part.end()
        let text = part.builder.text.withFoldedBlanks
        return text.isEmpty ? nil : text
    }

    private var commandName: String? {
        let name = source[(index + 1)...].prefix { $0.isASCIILetter }
        return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
    }
}
