/// Definitions of SQL: statements that create something.
struct StatementDefinitions {
    private(set) var definitions: [SourceDefinition] = []

    init(lines: SourceLines) {
        var open: (name: String, start: Int, hasBody: Bool)?
        // Between pairs of `$$`, semicolons end nothing.
        var isInBody = false
        var hasBegun = false
        let create =
            #/
            \s*create\s+(?:or\s+replace\s+)?
            (?:(?:temp|temporary|unique|virtual|materialized|recursive|global|local|unlogged|definer\s*=\s*\S+)\s+)*
            (table|view|function|procedure|trigger|index|type|schema|domain|sequence|database)\s+
            (?:if\s+not\s+exists\s+)?([^\s(;,]+)
            /#.ignoresCase()
        for line in 0..<lines.count where lines.hasCode(line) {
            let written = lines.code(line)
            let code = written.lowercased()
            if open == nil {
                guard let match = written.prefixMatch(of: create) else { continue }
                let kind = match.1.lowercased()
                let name = match.2.filter { !"\"`[]".contains($0) }
                let isRoutine = ["function", "procedure", "trigger"].contains(kind)
                open = (name + (kind == "function" || kind == "procedure" ? "()" : ""), line, isRoutine)
                (isInBody, hasBegun) = (false, false)
            }
            guard let statement = open else { continue }
            if code.split(separator: "$", omittingEmptySubsequences: false).count % 4 == 3 { isInBody.toggle() }
            let trimmed = code[...].trimmed
            if statement.hasBody, !isInBody, trimmed == "begin" || trimmed.hasSuffix(" begin") { hasBegun = true }
            let ends = trimmed.hasSuffix(";") && !isInBody && (!hasBegun || trimmed.hasPrefix("end"))
            if ends {
                definitions.append(SourceDefinition(names: [statement.name], lines: statement.start...line))
                open = nil
            }
        }
        if let open {
            definitions.append(
                SourceDefinition(names: [open.name], lines: open.start...max(open.start, lines.count - 1)))
        }
    }
}
