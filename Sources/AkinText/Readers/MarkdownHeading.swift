/// The headings of Markdown (CommonMark 0.31, sections 4.2 to 4.6 as far as headings need them).
struct MarkdownHeading {
    /// An element in which a line can be no heading.
    private enum Block {
        /// Code between lines of at least so many of a mark.
        case fence(mark: Character, length: Int)
        /// HTML that ends with a line that holds one of these, in lower case.
        case html(ends: [String])
    }

    private var block: Block?
    /// The lines of the paragraph that is open, which an underline makes a heading.
    private var paragraph: [Substring] = []
    /// Whether the text begins with a line of dashes, whose counterpart ends a block that is not front matter, and
    /// underlines nothing.
    private var isInOpeningRules = false
    /// A heading has no more lines than this.
    private static let mostLines = 8

    /// The text of the first heading of any level; nil when there is none.
    static func first(in text: String) -> String? {
        var state = MarkdownHeading()
        var lines = text.utf8Lines
        state.isInOpeningRules = lines.next()?.trimmed == "---"
        for line in text.utf8Lines {
            if let title = state.title(at: line) { return title }
        }
        return nil
    }

    private init() {}

    /// The heading that a line is, or makes of the lines before it.
    private mutating func title(at line: Substring) -> String? {
        let indentation = line.prefix { $0 == " " }.count
        let trimmed = line.trimmed
        if let open = block {
            if Self.closes(open, trimmed, indentation: indentation) { block = nil }
            return nil
        }
        guard !trimmed.isEmpty else {
            paragraph = []
            return nil
        }
        // Lines indented by four columns are code, or continue a paragraph.
        if indentation >= 4 || line.dropFirst(indentation).first == "\t" {
            if !paragraph.isEmpty { append(trimmed) }
            return nil
        }
        if let opened = Self.opening(trimmed) {
            block = opened
            paragraph = []
            if case .html = opened, Self.closes(opened, trimmed, indentation: 0) { block = nil }
            return nil
        }
        if let title = Self.numberSignTitle(trimmed) {
            paragraph = []
            return title.isEmpty ? nil : title
        }
        if isInOpeningRules, !paragraph.isEmpty, trimmed == "---" {
            (isInOpeningRules, paragraph) = (false, [])
            return nil
        }
        if (1...Self.mostLines).contains(paragraph.count), Self.isUnderline(trimmed) {
            return paragraph.joined(separator: " ")
        }
        if Self.continuesParagraph(trimmed) { append(trimmed) } else { paragraph = [] }
        return nil
    }

    private mutating func append(_ line: Substring) {
        if paragraph.count <= Self.mostLines { paragraph.append(line) }
    }

    /// `# Title`, or `# Title #`; nil for other lines.
    private static func numberSignTitle(_ line: Substring) -> String? {
        let marks = line.prefix { $0 == "#" }.count
        guard (1...6).contains(marks), line.dropFirst(marks).first?.isWhitespace ?? true else { return nil }
        let title = line.dropFirst(marks).trimmed
        let closing = title.reversed().prefix { $0 == "#" }.count
        let open = title.dropLast(closing)
        return String(closing > 0 && (open.isEmpty || open.last?.isWhitespace == true) ? open.trimmed : title)
    }

    private static func isUnderline(_ line: Substring) -> Bool {
        line.utf8.count >= 2 && line.allSatisfy { $0 == "=" } || line.utf8.count >= 3 && line.allSatisfy { $0 == "-" }
    }

    /// Whether a line can be part of a paragraph, rather than of a list, a quotation or a table.
    private static func continuesParagraph(_ line: Substring) -> Bool {
        guard let first = line.first, first != ">", first != "|" else { return false }
        var rest = line.dropFirst()
        if first.isWholeNumber {
            rest = line.drop { $0.isWholeNumber }
            guard let mark = rest.popFirst(), mark == "." || mark == ")" else { return true }
        } else if !"-+*".contains(first) {
            return true
        }
        return rest.first?.isWhitespace == false
    }

    private static func opening(_ line: Substring) -> Block? {
        for mark in ["`", "~"] as [Character] {
            let length = line.prefix { $0 == mark }.count
            // A line of backticks that contains more of them is code within a line.
            if length >= 3, mark == "~" || !line.dropFirst(length).contains(mark) {
                return .fence(mark: mark, length: length)
            }
        }
        guard line.first == "<" else { return nil }
        let start = line.prefix(12).lowercased()
        if start.hasPrefix("<!--") { return .html(ends: ["-->"]) }
        for tag in ["script", "pre", "style", "textarea"] where start.hasPrefix("<\(tag)") {
            let next = start.dropFirst(tag.count + 1).first
            if next == nil || next == ">" || next?.isWhitespace == true {
                return .html(ends: ["</script>", "</pre>", "</style>", "</textarea>"])
            }
        }
        return nil
    }

    private static func closes(_ block: Block, _ line: Substring, indentation: Int) -> Bool {
        switch block {
        case .fence(let mark, let length): indentation < 4 && line.count >= length && line.allSatisfy { $0 == mark }
        case .html(let ends):
            // The opening of a comment holds no end of its own: `<!-->`.
            ends.contains { line.lowercased().dropFirst($0 == "-->" && line.hasPrefix("<!--") ? 4 : 0).contains($0) }
        }
    }
}
