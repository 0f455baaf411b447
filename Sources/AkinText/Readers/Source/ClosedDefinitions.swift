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
            } else if open.allSatisfy(\.holds), let (name, holds) = Self.definition(trimmed, language) {
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
        line.hasSuffix(" end") || line.hasSuffix(";end") || line.contains(#/^def [^=]*\)? = /#)
    }

    private static func definition(_ line: Substring, _ language: SourceLanguage) -> (String, holds: Bool)? {
        if language == .ruby {
            guard
                let match = line.prefixMatch(of: /(?:(?:private|public|protected)\s+)?(def|class|module)\s+([^\s(;<]+)/)
            else { return nil }
            if match.1 == "def" { return (String(match.2) + "()", false) }
            return match.2.hasPrefix("<<") || match.2.isEmpty ? nil : (String(match.2), true)
        }
        if let match = line.prefixMatch(of: /(?:function\s+)?([\w.:\-]+)\s*\(\s*\)/) {
            return (String(match.1) + "()", false)
        }
        return line.prefixMatch(of: /function\s+([\w.:\-]+)/).map { (String($0.1) + "()", false) }
    }
}

extension Substring {
    /// Whether the next character goes on with a word.
    fileprivate var startsWord: Bool { first.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false }
}
