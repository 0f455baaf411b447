/// What each line of a Markdown text is (CommonMark 0.31, sections 4.2 to 4.6 and 5, as far as blocks need them).
struct MarkdownLines {
    enum Kind: Equatable {
        case blank, paragraph, code, html, quote, item, row, rule
        /// Nothing but a comment, or a part of one.
        case comment
        /// Indented like code, where no paragraph is open.
        case indented
        case heading(String, level: Int)
        /// Makes the so many lines before it a heading.
        case underline(String, level: Int, lines: Int)
    }

    /// An element in which a line can be no heading.
    private enum Element {
        /// Code between lines of at least so many of a mark.
        case fence(mark: Character, length: Int)
        /// HTML that ends with a line that holds one of these, in lower case.
        case html(ends: [String])
        /// `<!-- … -->`.
        case comment

        var kind: Kind {
            switch self {
            case .fence: .code
            case .html: .html
            case .comment: .comment
            }
        }
    }

    private var element: Element?
    /// The lines of the paragraph that is open, which an underline makes a heading.
    private var paragraph: [Substring] = []
    /// Whether the text begins with a line of dashes, whose counterpart ends a block that is not front matter, and
    /// underlines nothing.
    private var isInOpeningRules = false
    /// A heading has no more lines than this.
    private static let mostLines = 8

    /// The lines that are nothing but comments, numbered from 0. A comment that never ends is none.
    ///
    /// - Parameter text: without front matter.
    /// - Returns: where the comment that never ends begins, too.
    static func comments(in text: String) -> (lines: [Int], unclosed: Int?) {
        guard text.contains("<!--") else { return ([], nil) }
        var lines = MarkdownLines(text)
        var comments: [Int] = []
        var open: Int?
        for (number, line) in text.utf8Lines.enumerated() {
            if lines.judge(line) == .comment { comments.append(number) }
            if case .comment? = lines.element { open = open ?? number } else { open = nil }
        }
        if let open { comments.removeAll { $0 >= open } }
        return (comments, open)
    }

    /// Begins before the first line of a text without front matter.
    init(_ text: String) {
        var lines = text.utf8Lines
        isInOpeningRules = lines.next()?.trimmed == "---"
    }

    /// Judges the next line.
    mutating func judge(_ line: Substring) -> Kind {
        let indentation = line.prefix { $0 == " " }.count
        let trimmed = line.trimmed
        if let open = element { return judge(trimmed, in: open, indentation: indentation) }
        guard !trimmed.isEmpty else {
            paragraph = []
            return .blank
        }
        // Lines indented by four columns are code, or continue a paragraph.
        if indentation >= 4 || line.dropFirst(indentation).first == "\t" {
            guard !paragraph.isEmpty else { return .indented }
            append(trimmed)
            return .paragraph
        }
        if let opened = Self.opening(trimmed) {
            paragraph = []
            if case .fence = opened {
                element = opened
                return .code
            }
            return judge(trimmed, in: opened, indentation: 0)
        }
        if let (title, level) = Self.numberSignTitle(trimmed) {
            paragraph = []
            return title.isEmpty ? .paragraph : .heading(title, level: level)
        }
        if isInOpeningRules, !paragraph.isEmpty, trimmed == "---" {
            (isInOpeningRules, paragraph) = (false, [])
            return .rule
        }
        if (1...Self.mostLines).contains(paragraph.count), let level = Self.underlineLevel(trimmed) {
            defer { paragraph = [] }
            return .underline(paragraph.joined(separator: " "), level: level, lines: paragraph.count)
        }
        if Self.continuesParagraph(trimmed) {
            append(trimmed)
            return .paragraph
        }
        paragraph = []
        switch trimmed.first {
        case ">": return .quote
        case "|": return .row
        default: return trimmed.utf8.count >= 3 && Set(trimmed).subtracting("-*_ ").isEmpty ? .rule : .item
        }
    }

    /// Judges a line of an element, which may be its last.
    private mutating func judge(_ line: Substring, in open: Element, indentation: Int) -> Kind {
        element = Self.closes(open, line, indentation: indentation) ? nil : open
        // What follows a comment on its line is no part of it.
        if case .comment = open, let rest = Self.commentEnd(line), !rest.isBlank { return .html }
        return open.kind
    }

    private mutating func append(_ line: Substring) {
        if paragraph.count <= Self.mostLines { paragraph.append(line) }
    }

    /// The title and the level of `# Title`, or `# Title #`; nil for other lines.
    private static func numberSignTitle(_ line: Substring) -> (String, level: Int)? {
        let marks = line.prefix { $0 == "#" }.count
        guard (1...6).contains(marks), line.dropFirst(marks).first?.isWhitespace ?? true else { return nil }
        let title = line.dropFirst(marks).trimmed
        let closing = title.reversed().prefix { $0 == "#" }.count
        let open = title.dropLast(closing)
        let isClosed = closing > 0 && (open.isEmpty || open.last?.isWhitespace == true)
        return (String(isClosed ? open.trimmed : title), marks)
    }

    private static func underlineLevel(_ line: Substring) -> Int? {
        if line.utf8.count >= 2, line.allSatisfy({ $0 == "=" }) { return 1 }
        return line.utf8.count >= 3 && line.allSatisfy { $0 == "-" } ? 2 : nil
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

    private static func opening(_ line: Substring) -> Element? {
        for mark in ["`", "~"] as [Character] {
            let length = line.prefix { $0 == mark }.count
            // A line of backticks that contains more of them is code within a line.
            if length >= 3, mark == "~" || !line.dropFirst(length).contains(mark) {
                return .fence(mark: mark, length: length)
            }
        }
        guard line.first == "<" else { return nil }
        let start = line.prefix(12).lowercased()
        if start.hasPrefix("<!--") { return .comment }
        for tag in ["script", "pre", "style", "textarea"] where start.hasPrefix("<\(tag)") {
            let next = start.dropFirst(tag.count + 1).first
            if next == nil || next == ">" || next?.isWhitespace == true {
                return .html(ends: ["</script>", "</pre>", "</style>", "</textarea>"])
            }
        }
        return nil
    }

    private static func closes(_ element: Element, _ line: Substring, indentation: Int) -> Bool {
        switch element {
        case .fence(let mark, let length): indentation < 4 && line.count >= length && line.allSatisfy { $0 == mark }
        case .html(let ends): line.contains("</") && ends.contains(where: line.lowercased().contains)
        case .comment: commentEnd(line) != nil
        }
    }

    /// What stands behind the end of a comment; nil where the line does not end one.
    private static func commentEnd(_ line: Substring) -> Substring? {
        // The opening of a comment holds no end of its own: `<!-->`.
        let body = line.hasPrefix("<!--") ? line.dropFirst(4) : line
        return body.firstRange(of: "-->").map { body[$0.upperBound...] }
    }
}
