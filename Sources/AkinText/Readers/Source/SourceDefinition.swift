/// A definition in a source file: of a function, a type or what else holds definitions.
struct SourceDefinition: Equatable {
    /// The names to it from the definition it stands in: `Store` and `close()` for `Store::close`.
    var names: [String]
    /// The lines, from 0, from its comment to its end.
    var lines: ClosedRange<Int>
}

/// The definitions of a source file, those before that hold others.
enum SourceDefinitions {
    static func find(in source: [UInt8], language: SourceLanguage) -> [SourceDefinition] {
        let mask = SourceMask(source, language: language)
        let lines = SourceLines(source: source, masked: mask.bytes)
        let found: [SourceDefinition] =
            switch language {
            case .python: IndentedDefinitions(lines: lines).definitions
            case .ruby, .shell: ClosedDefinitions(lines: lines, language: language).definitions
            case .sql: StatementDefinitions(lines: lines).definitions
            default: BracedDefinitions(lines: lines, language: language).definitions
            }
        return found.map { definition in
            var definition = definition
            definition.lines = lines.withComment(definition.lines)
            return definition
        }
    }
}

/// The lines of a source file beside the same lines without comments and strings.
struct SourceLines {
    let source: [UInt8]
    let masked: [UInt8]
    /// Where the lines stand, without LF.
    let ranges: [Range<Int>]

    init(source: [UInt8], masked: [UInt8]) {
        (self.source, self.masked) = (source, masked)
        var ranges: [Range<Int>] = []
        var start = 0
        for (index, byte) in source.enumerated() where byte == 0x0A {
            ranges.append(start..<index)
            start = index + 1
        }
        if start < source.count { ranges.append(start..<source.count) }
        self.ranges = ranges
    }

    var count: Int { ranges.count }

    /// The code of a line, comments and strings as blanks.
    func code(_ line: Int) -> String { code(in: ranges[line]) }

    func code(in range: Range<Int>) -> String {
        String(decoding: masked[range].lazy.map { $0 <= SourceMask.string ? 0x20 : $0 }, as: UTF8.self)
    }

    func indentation(_ line: Int) -> Int {
        Substring(String(decoding: source[ranges[line]].prefix(200), as: UTF8.self)).indentation
    }

    /// Whether a line holds code or strings, not only comments.
    func hasCode(_ line: Int) -> Bool {
        masked[ranges[line]].contains { $0 != SourceMask.comment && $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
    }

    private func isCommentOrAttribute(_ line: Int) -> Bool {
        let bytes = masked[ranges[line]].drop { $0 == 0x20 || $0 == 0x09 }
        guard let first = bytes.first, first != 0x0D else { return false }
        if first == SourceMask.comment { return !hasCode(line) }
        // An attribute on a line of its own.
        return first == UInt8(ascii: "@") || bytes.starts(with: "#[".utf8) || bytes.starts(with: "template".utf8)
            || first == UInt8(ascii: "[") && bytes.last { $0 != 0x0D && $0 != 0x20 } == UInt8(ascii: "]")
    }

    /// The lines of a definition with the comment and the attributes right above it.
    func withComment(_ lines: ClosedRange<Int>) -> ClosedRange<Int> {
        var first = lines.lowerBound
        // A longer comment is the file's.
        let limit = max(0, first - 400)
        while first > limit, isCommentOrAttribute(first - 1) { first -= 1 }
        return first...lines.upperBound
    }
}
