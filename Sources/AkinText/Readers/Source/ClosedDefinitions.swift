/// Definitions of Ruby and of shells: they end with `end` or `}` in the column they begin in.
struct ClosedDefinitions {
    private(set) var definitions: [SourceDefinition] = []

    init(lines: SourceLines, language: SourceLanguage) {
        let closing = language == .ruby ? "end" : "}"
        var open: [(definition: Int, indentation: Int, holds: Bool)] = []
        for line in 0..<lines.count where lines.hasCode(line) {
            let code = lines.code(line)
            let trimmed = code[...].trimmed
            let indentation = lines.indentation(line)
            if trimmed.hasPrefix(closing), !trimmed.dropFirst(closing.count).startsWord {
                while let last = open.last, last.indentation >= indentation {
                    definitions[last.definition].lines = definitions[last.definition].lines.lowerBound...line
                    open.removeLast()
                }
            } else if open.last?.holds ?? true, let (name, holds) = Self.definition(trimmed, language) {
                let isWhole = language == .ruby ? Self.isWhole(trimmed) : trimmed.hasSuffix("}")
                if !isWhole { open.append((definitions.count, indentation, holds)) }
                definitions.append(SourceDefinition(names: [name], lines: line...line))
            }
        }
        for last in open {
            definitions[last.definition].lines = definitions[last.definition].lines.lowerBound...max(0, lines.count - 1)
        }
    }

    private static func isWhole(_ line: Substring) -> Bool {
        line.hasSuffix(" end") || line.hasSuffix(";end") || line.hasPrefix("def ") && line.prefix(200).contains(" = ")
    }

    private static func definition(_ line: Substring, _ language: SourceLanguage) -> (String, holds: Bool)? {
        var words = line.prefix(500).split(maxSplits: 3, omittingEmptySubsequences: true) { $0 == " " || $0 == "\t" }[
            ...]
        if language == .ruby {
            if let first = words.first, ["private", "public", "protected"].contains(first) { words.removeFirst() }
            guard words.count > 1, let keyword = words.first, ["def", "class", "module"].contains(keyword) else {
                return nil
            }
            let name = words[words.startIndex + 1].prefix { !"(;<".contains($0) }
            guard !name.isEmpty else { return nil }
            return keyword == "def" ? (name + "()", false) : (String(name), true)
        }
        let isNamed = words.first == "function"
        if isNamed { words.removeFirst() }
        guard let first = words.first else { return nil }
        let name = first.prefix { $0.isLetter || $0.isNumber || "_.:-".contains($0) }
        let after = line[name.endIndex...].trimmed
        guard !name.isEmpty, isNamed || after.hasPrefix("()") || after.hasPrefix("( )") else { return nil }
        return (name + "()", false)
    }
}

extension Substring {
    /// Whether the next character goes on with a word.
    fileprivate var startsWord: Bool { first.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false }
}
