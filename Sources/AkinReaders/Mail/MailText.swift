import AkinText

/// The plain text of a mail in blocks: what its author wrote as paragraphs, what it answers and the signature as
/// quotations.
enum MailText {
    static func add(_ body: String, isFlowed: Bool, dropsSpace: Bool, to text: inout DocumentText) {
        var lines: [(depth: Int, text: String)] = []
        var isOpen = false
        for line in body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let (depth, content) = unquoted(line)
            let isSignature = content == "-- "
            if isOpen, let last = lines.indices.last, lines[last].depth == depth, !isSignature {
                lines[last].text += content
            } else {
                lines.append((depth, content))
            }
            isOpen = isFlowed && !isSignature && content.hasSuffix(" ")
            if isOpen, dropsSpace { lines[lines.count - 1].text.removeLast() }
        }
        var gathered: [String] = []
        var isQuoted = false
        func flush() {
            text.add(paragraphs: gathered.joined(separator: "\n"), isQuoted ? .quote : .paragraph)
            gathered = []
        }
        for (place, line) in lines.enumerated() {
            if line.depth == 0, line.text == "-- " || line.text == "--" {
                flush()
                text.add(paragraphs: lines[(place + 1)...].map(\.text).joined(separator: "\n"), .quote)
                return
            }
            if beginsForwarded(lines[place...]) {
                flush()
                text.add(paragraphs: lines[place...].map(\.text).joined(separator: "\n"), .quote)
                return
            }
            let quotes = line.depth > 0 || introducesQuote(lines[place...])
            if quotes != isQuoted {
                flush()
                isQuoted = quotes
            }
            gathered.append(line.text)
        }
        flush()
    }

    /// How often a line is quoted, and the line itself.
    private static func unquoted(_ line: Substring) -> (depth: Int, text: String) {
        guard line.first == ">" else {
            return (0, String(line.first == " " && line.dropFirst().first == ">" ? line.dropFirst() : line))
        }
        var depth = 0
        var rest = line
        while let first = rest.first, first == ">" || (first == " " && rest.dropFirst().first == ">") {
            if first == ">" { depth += 1 }
            rest = rest.dropFirst()
        }
        return (depth, String(rest.first == " " ? rest.dropFirst() : rest))
    }

    /// Whether lines begin with one such as "On Monday Anna wrote:", which may be broken, before a quotation.
    private static func introducesQuote(_ lines: ArraySlice<(depth: Int, text: String)>) -> Bool {
        let start = lines.prefix(3).prefix { $0.depth == 0 && $0.text.contains { !$0.isWhitespace } }
        guard let end = start.firstIndex(where: { $0.text.trimmed.last == ":" }) else { return false }
        return lines[(end + 1)...].first { !$0.text.allSatisfy(\.isWhitespace) }.map { $0.depth > 0 } ?? false
    }

    /// Whether lines begin as some programs set apart the whole mail that is answered: a line of hyphens with words in
    /// it, or one of underscores, and then the head of that mail.
    private static func beginsForwarded(_ lines: ArraySlice<(depth: Int, text: String)>) -> Bool {
        guard let first = lines.first, first.depth == 0 else { return false }
        let text = first.text.trimmed
        let isLine =
            text.hasPrefix("-----") && text.hasSuffix("-----") && text.contains(where: \.isLetter)
            || text.count >= 20 && text.allSatisfy { $0 == "_" }
        guard isLine, let next = lines.dropFirst().first(where: { !$0.text.trimmed.isEmpty })?.text.trimmed,
            let colon = next.firstIndex(of: ":")
        else { return false }
        let name = next[..<colon].filter { $0 != "*" }
        return (1...20).contains(name.count) && name.allSatisfy { $0.isLetter || $0 == " " || $0 == "-" }
    }
}
