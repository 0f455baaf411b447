/// The lines of a troff file as they are to be read: comments, definitions of macros and what is meant for paper only
/// left out, lines that go on joined.
struct RoffLines {
    struct Line {
        /// A line of text as it is, or a request with its dot.
        var text: Substring
        /// From 1.
        var number: Int
    }

    private(set) var lines: [Line] = []

    /// More conditions than this stand on no line.
    private static let mostConditions = 8
    /// Bytes from which on a line is not joined to the next one.
    private static let longestLine = 10_000

    init(_ text: String) {
        var pending: (text: String, number: Int)?
        // How deep the block is that is left out, and how many blocks that are read are open.
        var skipped = 0
        var endOfDefinition: String?
        var lastCondition = true
        for (index, raw) in text.utf8Lines.enumerated() {
            var line = raw
            let number = pending?.number ?? index + 1
            if pending != nil {
                pending?.text += raw
                if Self.goesOn(raw), pending?.text.utf8.count ?? 0 < Self.longestLine {
                    pending?.text.unicodeScalars.removeLast()
                    continue
                }
                line = pending.map { Substring($0.text) } ?? ""
                pending = nil
            }
            if let end = endOfDefinition {
                if Self.request(line)?.name == end || line == "..", end == "." || line.hasPrefix(".") {
                    endOfDefinition = nil
                }
                continue
            }
            if skipped > 0 {
                skipped += Self.count("\\{", in: line) - Self.count("\\}", in: line)
                continue
            }
            if Self.goesOn(line), line.utf8.count < Self.longestLine {
                pending = (String(line.dropLast()), number)
                continue
            }
            // A line of a block may be a request itself.
            var condition = Self.request(line)
            var conditions = 0
            while let found = condition, ["if", "ie", "el"].contains(found.name), conditions < Self.mostConditions {
                conditions += 1
                let holds: Bool
                (holds, line) = Self.judge(found.name, found.rest, lastCondition)
                if found.name == "ie" { lastCondition = holds }
                guard holds else {
                    skipped = max(0, Self.count("\\{", in: line) - Self.count("\\}", in: line))
                    line = ""
                    break
                }
                line = Self.withoutBraces(line)
                condition = Self.request(line)
            }
            if line.isEmpty, condition != nil { continue }
            if let found = Self.request(line) {
                switch found.name {
                case "de", "de1", "am", "ig", "dei":
                    let words = found.rest.split(separator: " ")
                    endOfDefinition =
                        found.name == "ig"
                        ? words.first.map(String.init) ?? "." : words.dropFirst().first.map(String.init) ?? "."
                    continue
                case "": continue
                default: break
                }
            } else if line.hasPrefix("\\}") {
                continue
            }
            lines.append(Line(text: line, number: number))
        }
        if let open = pending { lines.append(Line(text: Substring(open.text), number: open.number)) }
    }

    /// Whether a line ends with a backslash that stands for itself.
    private static func goesOn(_ line: Substring) -> Bool { line.hasSuffix("\\") && !line.hasSuffix("\\\\") }

    /// The name of a request and what stands after it; the name is empty for a comment; nil for a line of text.
    static func request(_ line: Substring) -> (name: String, rest: Substring)? {
        guard let first = line.first, first == "." || first == "'" else { return nil }
        let after = line.dropFirst().drop { $0 == " " || $0 == "\t" }
        if first == "'", after.startIndex == line.index(after: line.startIndex),
            after.first.map({ $0.isLetter || $0 == "\\" }) != true
        {
            return nil
        }
        if after.isEmpty || after.hasPrefix("\\\"") || after.hasPrefix("\\#") { return ("", "") }
        if after.hasPrefix("\\}") { return ("", "") }
        let name = after.prefix { $0 != " " && $0 != "\t" && $0 != "\\" }
        guard !name.isEmpty else { return ("", "") }
        return (String(name), after[name.endIndex...].drop { $0 == " " || $0 == "\t" })
    }

    /// Whether a condition holds when a manual is read on a terminal, and what it is for.
    private static func judge(_ name: String, _ rest: Substring, _ last: Bool) -> (Bool, Substring) {
        if name == "el" { return (!last, rest) }
        var condition = rest
        var isNegated = false
        if condition.first == "!" {
            isNegated = true
            condition = condition.dropFirst().drop { $0 == " " }
        }
        let word: Substring
        if let mark = condition.first, mark == "'" || mark == "\"" {
            // A comparison of strings ends with the third mark.
            var marks = 0
            word = condition.prefix { character in
                if character == mark { marks += 1 }
                return marks < 3
            }
            return (isNegated, condition[word.endIndex...].dropFirst().drop { $0 == " " })
        }
        word = condition.prefix { $0 != " " && $0 != "\t" && $0 != "{" }
        let end =
            condition[word.endIndex...].first == "{" && word.hasSuffix("\\")
            ? condition.index(before: word.endIndex) : word.endIndex
        let holds = condition[..<end] == "n"
        return (holds != isNegated, condition[end...].drop { $0 == " " || $0 == "\t" })
    }

    private static func count(_ mark: String, in line: Substring) -> Int {
        guard line.utf8.contains(UInt8(ascii: "\\")) else { return 0 }
        return zip(line.utf8, line.utf8.dropFirst()).count { $0 == UInt8(ascii: "\\") && $1 == mark.utf8.last }
    }

    private static func withoutBraces(_ line: Substring) -> Substring {
        guard line.utf8.contains(UInt8(ascii: "\\")) else { return line }
        let text = line.replacing("\\{", with: "").replacing("\\}", with: "")
        return text[...].trimmed == "\\" ? "" : Substring(text).drop { $0 == " " }
    }

    /// The arguments of a request: words, or texts in quotes in which a quote is doubled.
    static func arguments(_ rest: Substring) -> [Substring] {
        var arguments: [Substring] = []
        var index = rest.startIndex
        while index < rest.endIndex {
            if rest[index] == " " || rest[index] == "\t" {
                index = rest.index(after: index)
                continue
            }
            if rest[index...].hasPrefix("\\\"") { break }
            if rest[index] == "\"" {
                var text = ""
                index = rest.index(after: index)
                while index < rest.endIndex {
                    if rest[index] == "\"" {
                        let next = rest.index(after: index)
                        guard next < rest.endIndex, rest[next] == "\"" else { break }
                        index = next
                    }
                    text.append(rest[index])
                    index = rest.index(after: index)
                }
                if index < rest.endIndex { index = rest.index(after: index) }
                arguments.append(Substring(text))
                continue
            }
            let begin = index
            while index < rest.endIndex, rest[index] != " ", rest[index] != "\t" {
                // An escaped blank is part of a word.
                if rest[index] == "\\", rest.index(after: index) < rest.endIndex { index = rest.index(after: index) }
                index = rest.index(after: index)
            }
            arguments.append(rest[begin..<index])
        }
        return arguments
    }
}
