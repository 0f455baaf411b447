/// Source code is kept as it is written. Each definition is a block under the names that lead to it; what stands
/// between them is code too.
enum SourceText {
    static func markBlocks(of record: inout TextRecord, fileName: String) {
        var marked = MarkedText(record.text)
        if let language = SourceLanguage(fileName: fileName) {
            mark(SourceDefinitions.find(in: Array(record.text.utf8), language: language), in: &marked)
        } else {
            markParts(0..<marked.lines.count, in: &marked)
        }
        marked.fill(&record)
    }

    private static func mark(_ definitions: [SourceDefinition], in marked: inout MarkedText) {
        /// Names of a definition have levels of their own.
        let levelsOfDefinition = 4
        var open: [Int] = []
        var next = 0
        func end(before line: Int) {
            while let last = open.last, last < line {
                marked.mark(.code, lines: next..<last + 1)
                next = max(next, last + 1)
                open.removeLast()
                marked.closeHeadings(from: open.count * levelsOfDefinition)
            }
        }
        for definition in definitions {
            end(before: definition.lines.lowerBound)
            let start = max(next, definition.lines.lowerBound)
            if open.isEmpty { markParts(next..<start, in: &marked) } else { marked.mark(.code, lines: next..<start) }
            next = start
            for (index, name) in definition.names.prefix(levelsOfDefinition).enumerated() {
                marked.openHeading(name, level: open.count * levelsOfDefinition + index)
            }
            open.append(definition.lines.upperBound)
        }
        end(before: .max)
        markParts(next..<marked.lines.count, in: &marked)
    }

    /// Marks code without definitions: what stands between blank lines that a line at the margin follows.
    private static func markParts(_ lines: Range<Int>, in marked: inout MarkedText) {
        var start = lines.lowerBound
        for line in lines.dropFirst() where marked.lines[line - 1].isBlank && marked.lines[line].indentation == 0 {
            marked.mark(.code, lines: start..<line)
            start = line
        }
        marked.mark(.code, lines: start..<lines.upperBound)
    }
}
