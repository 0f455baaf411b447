/// Definitions of Python: what is indented below them belongs to them.
struct IndentedDefinitions {
    private(set) var definitions: [SourceDefinition] = []

    init(lines: SourceLines) {
        var open: [(definition: Int, indentation: Int, isClass: Bool)] = []
        var brackets = 0
        var lastLine = 0
        for line in 0..<lines.count where lines.hasCode(line) {
            let code = lines.code(line)
            let isString = lines.masked[lines.ranges[line]].first { $0 != 0x20 && $0 != 0x09 } == SourceMask.string
            let indentation = lines.indentation(line)
            let definition = Self.definition(code)
            if definition != nil, indentation == 0 { brackets = 0 }
            // Lines within brackets and strings are indented as their author likes.
            if brackets == 0, !(isString && indentation == 0 && open.count > 0 && lastLine + 1 == line) {
                while let last = open.last, last.indentation >= indentation {
                    definitions[last.definition].lines = definitions[last.definition].lines.lowerBound...lastLine
                    open.removeLast()
                }
                if let (name, isClass) = definition, open.last?.isClass ?? true {
                    open.append((definitions.count, indentation, isClass))
                    definitions.append(SourceDefinition(names: [name], lines: line...line))
                }
            }
            for byte in code.utf8 {
                switch byte {
                case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): brackets += 1
                case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): brackets = max(0, brackets - 1)
                default: break
                }
            }
            lastLine = line
        }
        for last in open {
            definitions[last.definition].lines = definitions[last.definition].lines.lowerBound...lastLine
        }
    }

    private static func definition(_ code: String) -> (name: String, isClass: Bool)? {
        var rest = code[...].trimmed
        if rest.hasPrefix("async ") { rest = rest.dropFirst(6).trimmed }
        let isClass = rest.hasPrefix("class ")
        guard isClass || rest.hasPrefix("def ") else { return nil }
        let name = rest.dropFirst(isClass ? 6 : 4).trimmed.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        return name.isEmpty ? nil : (name + (isClass ? "" : "()"), isClass)
    }
}
