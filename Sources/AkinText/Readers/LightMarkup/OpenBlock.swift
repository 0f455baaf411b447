/// The block that a reader of lines is in, with the lines of it so far.
struct OpenBlock {
    private(set) var kind = TextBlock.Kind.paragraph
    private(set) var texts: [String] = []
    private var first = 0
    private var last = 0

    var isEmpty: Bool { texts.isEmpty }

    /// Begins another block; the one before has been taken.
    mutating func begin(_ kind: TextBlock.Kind) {
        self.kind = kind
        texts = []
    }

    /// - Parameter number: the line of the file, from 1.
    mutating func add(_ text: some StringProtocol, at number: Int) {
        if texts.isEmpty { first = number }
        // Blank lines at the end are no part of the block.
        if text.contains(where: { !$0.isWhitespace }) || texts.isEmpty { last = max(first, number) }
        texts.append(String(text))
    }

    /// Appends the block to a text, and begins a paragraph.
    ///
    /// - Parameter separator: what stands between lines; code keeps its lines.
    mutating func end(in builder: inout BlockTextBuilder, resolving inline: (String) -> String = { $0 }) {
        if !texts.isEmpty {
            let text = texts.joined(separator: "\n")
            builder.append(kind, kind == .code ? text : inline(text), lines: first...last)
        }
        begin(.paragraph)
    }
}

extension Substring {
    /// Whether the text consists of at least so many of one mark, and which.
    func ruleMark(atLeast count: Int) -> Character? {
        let text = trimmed
        guard let mark = text.first, text.utf8.count >= count, mark.isASCII, !mark.isLetter, !mark.isNumber,
            mark != " ",
            text.utf8.allSatisfy({ $0 == mark.asciiValue })
        else { return nil }
        return mark
    }

    /// Whether the line begins an item of a list: a bullet or a number, then a blank.
    var beginsItem: Bool {
        let text = trimmed
        guard let first = text.first else { return false }
        if "-*+•–".contains(first) { return text.dropFirst().first.map { $0 == " " || $0 == "\t" } ?? false }
        let rest = text.drop { $0 == "(" }
        let number = rest.prefix { $0.isNumber || $0 == "#" }
        let mark: Substring = number.isEmpty && rest.first?.isLetter == true ? rest.prefix(1) : number
        guard !mark.isEmpty, mark.utf8.count <= 4 else { return false }
        let after = rest[mark.endIndex...]
        return (after.first == "." || after.first == ")") && after.dropFirst().first == " "
    }
}
