import AkinText

/// Gathers the blocks of a document and its text, as readers meet them.
///
/// Beyond `BlockTextBuilder` it takes texts as documents have them: with white space that means nothing, with NUL, and
/// parts that another reader has made.
struct DocumentText {
    private var builder = BlockTextBuilder()

    var blocks: [TextBlock] { builder.blocks }
    /// The page, slide or sheet from which blocks come.
    var page: Int? {
        get { builder.page }
        set { builder.page = newValue }
    }
    /// The headings that what comes next stands under.
    var headings: [String] { builder.headings }

    /// Adds a heading, under which stands what follows, up to the next one of its level or above.
    ///
    /// - Parameter level: from 1; 0 for a title, under which nothing stands.
    mutating func addHeading(_ heading: String, level: Int) {
        let heading = Self.withoutMarks(heading).collapsed
        guard !heading.isEmpty else { return }
        builder.closeHeadings(from: level)
        append(heading, .heading)
        if level > 0 { builder.openHeading(heading, level: level) }
    }

    /// Names what follows, as a slide's or sheet's name does, without being a part of the text.
    mutating func enter(_ name: String, level: Int) { builder.openHeading(name, level: level) }

    /// Adds a block; white space around it is left out, and within it too but for code.
    mutating func add(_ block: String, _ kind: TextBlock.Kind = .paragraph) {
        guard block.contains(where: { !$0.isWhitespace }) else { return }
        switch kind {
        case .code: append(block.trimmedOfLineEnds, kind)
        // An empty cell is between two tabs.
        case .tableRow: append(block, kind)
        default: append(block.collapsed, kind)
        }
    }

    /// Adds a line of code to the block of code before it; without one it begins a block.
    mutating func addCodeLine(_ line: String) {
        let line = line.replacing("\0", with: "")
        guard let last = blocks.last, last.kind == .code, last.headings == headings, last.page == page else {
            return add(line, .code)
        }
        builder.lengthenLast(by: "\n" + line)
    }

    /// Adds what another reader has made of a part of the document.
    mutating func add(_ record: TextRecord) {
        guard !record.blocks.isEmpty else { return add(paragraphs: record.text) }
        let scalars = Array(record.text.unicodeScalars)
        let outer = headings
        for block in record.blocks {
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars[block.range])
            append(String(text), block.kind, headings: outer + block.headings, page: block.page)
        }
    }

    /// Adds a text without structure: paragraphs with empty lines between them.
    mutating func add(paragraphs: String, _ kind: TextBlock.Kind = .paragraph) {
        var lines: [Substring] = []
        for line in paragraphs.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.allSatisfy(\.isWhitespace) {
                addLines(lines, kind)
                lines = []
            } else {
                lines.append(line)
            }
        }
        addLines(lines, kind)
    }

    private mutating func addLines(_ lines: [Substring], _ kind: TextBlock.Kind) {
        guard !lines.isEmpty else { return }
        append(lines.joined(separator: "\n").trimmed, kind)
    }

    private mutating func append(
        _ block: String, _ kind: TextBlock.Kind, headings given: [String]? = nil, page own: Int? = nil
    ) {
        let block = Self.withoutMarks(block)
        let isClose = builder.blocks.last?.kind == kind && (kind == .tableRow || kind == .listItem)
        builder.append(
            kind, whole: block, separator: isClose ? "\n" : "\n\n", headings: given, page: own)
    }

    /// Without NUL and the marks of where a word may be split, which would hide the word.
    private static func withoutMarks(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0 || $0 == 0xC2 }) else { return text }
        var scalars = text.unicodeScalars
        scalars.removeAll { $0 == "\0" || $0 == "\u{AD}" }
        return String(scalars)
    }

    /// The record of a file's text.
    func record(_ file: FileToRead, title: String? = nil) -> TextRecord {
        let title = (title?.collapsed).flatMap { $0.isEmpty ? nil : $0.replacing("\0", with: "") }
        return TextRecord(id: file.id, title: title, text: builder.text, source: file.source, blocks: blocks)
    }

    /// The record of a file's text.
    ///
    /// - Throws: `FileRefusal` where the file holds no text.
    func requiredRecord(_ file: FileToRead, title: String? = nil, otherwise message: String) throws -> TextRecord {
        guard !blocks.isEmpty else { throw FileRefusal(message) }
        return record(file, title: title)
    }
}

extension StringProtocol {
    /// Without white space at both ends.
    var trimmed: String {
        var view = Substring(self).unicodeScalars
        while let first = view.first, first.properties.isWhitespace { view.removeFirst() }
        while let last = view.last, last.properties.isWhitespace { view.removeLast() }
        return String(view)
    }

    /// On one line, without the tabs that stand between cells.
    var asCell: String { collapsed.replacing("\n", with: " ").replacing("\t", with: " ") }

    /// Without line ends at both ends.
    var trimmedOfLineEnds: String {
        var view = Substring(self)
        while view.first?.isNewline == true { view.removeFirst() }
        while view.last?.isNewline == true { view.removeLast() }
        return String(view)
    }

    /// With single spaces in place of white space, line ends kept as such, and none at both ends.
    var collapsed: String {
        var result = String.UnicodeScalarView()
        var space: Unicode.Scalar?
        for scalar in unicodeScalars {
            if scalar.properties.isWhitespace {
                space = scalar == "\n" || space == "\n" ? "\n" : scalar == "\t" || space == "\t" ? "\t" : " "
            } else {
                if let space, !result.isEmpty { result.append(space) }
                space = nil
                result.append(scalar)
            }
        }
        return String(result)
    }
}
