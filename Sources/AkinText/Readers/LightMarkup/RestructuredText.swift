/// reStructuredText as its reader sees it: sections, directives and inline marks resolved, comments and targets left
/// out.
struct RestructuredText {
    private var builder = BlockTextBuilder()
    private var block = OpenBlock()
    private let inline = InlineMarkup()
    private let directive = /(?:\|[^|]+\|\s+)?([A-Za-z][\w:.+\-]*)\s?::(?:\s+(\S.*))?/.dotMatchesNewlines()
    private let footnote = /\[[#*\w\-]+\]\s+(\S.*)/.dotMatchesNewlines()
    private let lines: LineTable
    private var index = 0
    private var title: String?
    /// The marks of the levels of sections in the order they occur; those with a line above too are doubled.
    private var levels: [String] = []
    /// The indentations of descriptions that are open: of functions, classes and the like.
    private var descriptions: [Int] = []

    /// Levels of descriptions come after those of sections.
    private static let descriptionLevel = 100
    private static let codeDirectives: Set<String> = [
        "code", "code-block", "sourcecode", "parsed-literal", "literalinclude", "prompt", "doctest", "testcode", "math",
        "highlight-block", "ipython", "productionlist", "graphviz", "console", "command-output",
    ]
    private static let skippedDirectives: Set<String> = [
        "image", "raw", "index", "toctree", "contents", "include", "highlight", "default-role", "meta", "role",
        "module",
        "currentmodule", "py:module", "py:currentmodule", "sectionauthor", "moduleauthor", "codeauthor", "sectnum",
        "header",
        "footer", "target-notes", "replace", "unicode", "date", "tabularcolumns", "automodule", "autoclass",
        "autofunction",
        "automethod", "autosummary", "testsetup", "testcleanup", "program", "local", "restructuredtext-test-directive",
    ]

    static func fill(_ record: inout TextRecord) {
        var page = RestructuredText(lines: LineTable(record.text))
        page.read()
        page.builder.fill(&record)
        record.title = page.title
    }

    private init(lines: LineTable) { self.lines = lines }

    private mutating func end() { block.end(in: &builder, resolving: inline.restructuredText) }

    private mutating func read() {
        while index < lines.count {
            let line = lines[index]
            if line.isBlank {
                if block.kind != .code { end() }
                index += 1
                continue
            }
            closeDescriptions(before: line.indentation)
            if readSection() || readTable() { continue }
            let text = line.trimmed
            if text.hasPrefix(".. ") || text == ".." {
                end()
                readExplicit(line)
            } else if text.hasPrefix("__ ") {
                index += 1
            } else if text.hasPrefix(">>> "), block.isEmpty {
                readCode(whileIndented: nil)
            } else {
                readText(line)
            }
        }
        end()
    }

    // MARK: Sections

    private mutating func readSection() -> Bool {
        let line = lines[index]
        guard line.first != " ", line.first != "\t" else { return false }
        if let mark = line.ruleMark(atLeast: 2), index + 2 < lines.count, lines[index + 2].ruleMark(atLeast: 2) == mark,
            !lines[index + 1].isBlank, lines[index + 1].trimmed.unicodeScalars.count <= line.trimmed.utf8.count + 2
        {
            end()
            head(lines[index + 1].trimmed, style: "\(mark)\(mark)", lines: index...index + 2)
            index += 3
            return true
        }
        if line.ruleMark(atLeast: 4) != nil, block.isEmpty {
            // A transition.
            index += 1
            return true
        }
        if block.isEmpty, index + 1 < lines.count, let mark = lines[index + 1].ruleMark(atLeast: 2),
            lines[index + 1].first == mark, !"|".contains(mark), line.ruleMark(atLeast: 2) == nil,
            lines[index + 1].trimmed.utf8.count + 1 >= min(line.trimmed.unicodeScalars.count, 40),
            mark != ":" || lines[index + 1].trimmed.utf8.count > 2
        {
            head(line.trimmed, style: "\(mark)", lines: index...index + 1)
            index += 2
            return true
        }
        return false
    }

    private mutating func head(_ text: Substring, style: String, lines: ClosedRange<Int>) {
        descriptions = []
        if !levels.contains(style) { levels.append(style) }
        let level = (levels.firstIndex(of: style) ?? 0) + 1
        let heading = inline.restructuredText(String(text))
        title = title ?? heading
        builder.appendHeading(heading, level: level, lines: lines.lowerBound + 1...lines.upperBound + 1)
    }

    private mutating func closeDescriptions(before indentation: Int) {
        guard let last = descriptions.last, indentation <= last else { return }
        end()
        while let last = descriptions.last, indentation <= last { descriptions.removeLast() }
        builder.closeHeadings(from: Self.descriptionLevel + descriptions.count)
    }

    // MARK: Tables

    private mutating func readTable() -> Bool {
        let text = lines[index].trimmed
        if text.hasPrefix("+-") || text.hasPrefix("+="), text.hasSuffix("+") {
            end()
            readGrid()
            return true
        }
        if text.hasPrefix("=="), text.contains(" "), text.utf8.allSatisfy({ $0 == UInt8(ascii: "=") || $0 == 0x20 }) {
            end()
            readColumns()
            return true
        }
        return false
    }

    private mutating func row(_ cells: [String], from first: Int, through last: Int) {
        let texts = cells.map { inline.restructuredText($0.withFoldedBlanks) }
        guard texts.contains(where: { !$0.isEmpty }) else { return }
        builder.append(.tableRow, texts.joined(separator: " | "), lines: first + 1...last + 1)
    }

    private mutating func readGrid() {
        var cells: [String] = []
        var first = index
        while index < lines.count {
            let text = lines[index].trimmed
            if text.first == "+" {
                row(cells, from: first, through: max(first, index - 1))
                (cells, first) = ([], index + 1)
            } else if text.first == "|" {
                for (place, cell) in text.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
                    .enumerated()
                {
                    if place < cells.count { cells[place] += " " + cell } else { cells.append(String(cell)) }
                }
            } else {
                break
            }
            index += 1
        }
        row(cells, from: first, through: max(first, index - 1))
    }

    private mutating func readColumns() {
        let border = Array(lines[index].unicodeScalars)
        var starts: [Int] = []
        for (place, scalar) in border.enumerated() where scalar == "=" && (place == 0 || border[place - 1] != "=") {
            starts.append(place)
        }
        var cells: [String] = []
        var first = index + 1
        var borders = 0
        while index < lines.count {
            let line = lines[index]
            if line.trimmed.hasPrefix("==") || line.trimmed.hasPrefix("--"),
                line.utf8.allSatisfy({ [0x20, 0x3D, 0x2D].contains($0) })
            {
                row(cells, from: first, through: max(first, index - 1))
                cells = []
                if line.trimmed.hasPrefix("==") { borders += 1 }
                index += 1
                // The lower border is the third, or the second where there is no header.
                if borders >= 2, index >= lines.count || lines[index].isBlank { return }
                continue
            }
            if line.isBlank,
                borders == 0 || index + 1 < lines.count && lines[index + 1].indentation < (starts.first ?? 0)
            {
                break
            }
            let scalars = Array(line.unicodeScalars)
            // Cells beyond the line's end are none, or many short lines below a wide border would fill the memory.
            let parts = starts.prefix { $0 < scalars.count }.enumerated().map { place, start -> String in
                let end = place + 1 < starts.count ? min(starts[place + 1], scalars.count) : scalars.count
                return String(String.UnicodeScalarView(scalars[start..<end]))
            }
            let goesOn = parts.first.map { $0[...].isBlank } ?? true
            if goesOn, !cells.isEmpty {
                for (place, part) in parts.enumerated() {
                    if place < cells.count { cells[place] += " " + part } else { cells.append(part) }
                }
            } else {
                row(cells, from: first, through: max(first, index - 1))
                (cells, first) = (parts, index)
            }
            index += 1
        }
        row(cells, from: min(first, lines.count - 1), through: max(first, index - 1))
    }

    // MARK: Directives, comments, targets

    private mutating func readExplicit(_ line: Substring) {
        let indentation = line.indentation
        let text = line.trimmed.dropFirst(2).trimmed
        index += 1
        guard let match = text.wholeMatch(of: directive) else {
            if let note = text.wholeMatch(of: footnote) {
                block.add(note.1, at: index)
                return
            }
            // A comment or a target.
            skipBody(deeperThan: indentation)
            return
        }
        let (name, argument) = (match.1.lowercased(), match.2.map(String.init) ?? "")
        if Self.skippedDirectives.contains(name) {
            skipBody(deeperThan: indentation)
        } else if Self.codeDirectives.contains(name) {
            skipOptions(deeperThan: indentation)
            readCode(whileIndented: indentation)
        } else if name.contains(":") && name != "rst:directive" || Self.isDescription(name) {
            skipOptions(deeperThan: indentation)
            builder.appendHeading(
                inline.restructuredText(argument), level: Self.descriptionLevel + descriptions.count,
                lines: index...index)
            descriptions.append(indentation)
        } else {
            if !argument.isEmpty, name != "figure", name != "list-table", name != "csv-table", name != "only",
                name != "rubric"
            {
                block.add(argument, at: index)
            } else if !argument.isEmpty, name != "figure", name != "only" {
                block.add(argument, at: index)
                end()
            }
            skipOptions(deeperThan: indentation)
        }
    }

    private static func isDescription(_ name: String) -> Bool {
        [
            "function", "class", "method", "attribute", "data", "exception", "classmethod", "staticmethod", "decorator",
            "property", "option", "envvar", "setting", "describe", "object", "confval", "macro", "type", "var",
            "member",
            "cmdoption", "opcode", "django-admin", "django-admin-option", "templatetag", "templatefilter",
            "fieldlookup",
        ].contains(name)
    }

    /// Whether a line is a field or an option: `:name: value`.
    private static func isField(_ text: Substring) -> Bool {
        guard text.first == ":" else { return false }
        let name = text.dropFirst().prefix { $0 != ":" && $0 != "`" }
        return !name.isEmpty && text[name.endIndex...].first == ":"
            && text[name.endIndex...].dropFirst().first.map { $0 == " " } ?? true
    }

    private mutating func skipBody(deeperThan indentation: Int) {
        while index < lines.count, lines[index].isBlank || lines[index].indentation > indentation { index += 1 }
    }

    private mutating func skipOptions(deeperThan indentation: Int) {
        while index < lines.count, lines[index].indentation > indentation,
            Self.isField(lines[index].trimmed)
        {
            index += 1
        }
    }

    /// Reads code: what is indented deeper, or with nil a session up to the next blank line.
    private mutating func readCode(whileIndented indentation: Int?) {
        end()
        block.begin(.code)
        while index < lines.count {
            let line = lines[index]
            if let indentation {
                guard line.isBlank || line.indentation > indentation else { break }
                if line.isBlank, block.isEmpty {
                    index += 1
                    continue
                }
            } else if line.isBlank {
                break
            }
            block.add(line, at: index + 1)
            index += 1
        }
        end()
    }

    // MARK: Text

    private mutating func readText(_ line: Substring) {
        let text = line.trimmed
        if text.beginsItem {
            end()
            block.begin(.listItem)
        } else if block.isEmpty, Self.isField(text) {
            block.begin(.listItem)
        }
        index += 1
        guard text.hasSuffix("::") else {
            block.add(text.hasPrefix("| ") ? text.dropFirst(2) : text, at: index)
            return
        }
        // The code below is indented.
        let shown = text.dropLast(2).trimmed
        if !shown.isEmpty { block.add(shown == text.dropLast(2) ? shown + ":" : String(shown), at: index) }
        let start = index
        while index < lines.count, lines[index].isBlank { index += 1 }
        if index < lines.count, lines[index].indentation > line.indentation, index > start || shown.isEmpty {
            readCode(whileIndented: line.indentation)
        }
    }
}
