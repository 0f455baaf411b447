/// Plain text is kept as it is; its paragraphs, and the lines that are plainly headings, are marked: those underlined,
/// and those with a number such as `4.1.2.` at the margin between blank lines.
enum PlainText {
    private static let longestHeading = 100

    static func markBlocks(of record: inout TextRecord) {
        var marked = MarkedText(record.text)
        let lines = marked.lines
        var start = 0
        var kind = TextBlock.Kind.paragraph
        func end(at line: Int, next: TextBlock.Kind = .paragraph) {
            marked.mark(kind, lines: start..<line)
            (start, kind) = (line, next)
        }
        var index = 0
        while index < lines.count {
            if lines[index].isBlank {
                end(at: index)
                index += 1
                start = index
                continue
            }
            if start == index, let (level, count) = heading(at: index, in: lines) {
                marked.markHeading(String(lines[index].trimmed), level: level, lines: index..<index + count)
                index += count
                start = index
                continue
            }
            if lines[index].beginsItem, lines[index].indentation < 8, "-*+•".contains(lines[index].trimmed.first ?? " ")
            {
                end(at: index, next: .listItem)
            }
            index += 1
        }
        end(at: lines.count)
        marked.fill(&record)
    }

    /// The level of a heading and its lines.
    private static func heading(at index: Int, in lines: LineTable) -> (level: Int, lines: Int)? {
        let line = lines[index]
        guard line.utf8.count <= longestHeading, line.first != " ", line.first != "\t", !line.beginsBullet else {
            return nil
        }
        let length = line.trimmed.unicodeScalars.count
        if index + 1 < lines.count, let mark = lines[index + 1].ruleMark(atLeast: 3), "=-~^\"".contains(mark),
            abs(lines[index + 1].trimmed.utf8.count - length) <= 2, line.ruleMark(atLeast: 3) == nil
        {
            return (["=": 1, "-": 2, "~": 3][mark] ?? 4, 2)
        }
        guard index == 0 || lines[index - 1].isBlank, index + 1 < lines.count, lines[index + 1].isBlank,
            let depth = numberDepth(line)
        else { return nil }
        // Below a heading stands text; items of a list follow each other.
        guard let next = lines[(index + 1)...].prefix(4).first(where: { !$0.isBlank }),
            numberDepth(next).map({ $0 > depth }) ?? true, depth > 1 || !followsNumber(index, in: lines)
        else { return nil }
        return (depth, 1)
    }

    /// Whether the text above is a line with a number too, as in a list.
    private static func followsNumber(_ index: Int, in lines: LineTable) -> Bool {
        let above = lines[..<index].suffix(4).last { !$0.isBlank }
        return above.map { numberDepth($0) == 1 } ?? false
    }

    /// How many numbers a heading such as `4.1.2.  Title` or `Appendix A.  Title` begins with.
    private static func numberDepth(_ line: Substring) -> Int? {
        guard let last = line.last, !".,;:".contains(last), let first = line.first, first.isNumber || first.isUppercase
        else { return nil }
        let isAppendix = line.hasPrefix("Appendix ")
        let words = line.split(maxSplits: isAppendix ? 2 : 1, omittingEmptySubsequences: true) { $0 == " " }.suffix(2)
        guard words.count == 2, let number = words.first, let title = words.last?.trimmed.first,
            title.isUppercase || title.isNumber || title == "\""
        else { return nil }
        let parts = number.split(separator: ".")
        guard let letter = parts.first, letter.count == 1 && letter.first?.isUppercase == true || letter.isNumeral,
            parts.dropFirst().allSatisfy(\.isNumeral)
        else { return nil }
        // A number alone is a year or an amount.
        return number.last != "." && parts.count == 1 && !isAppendix ? nil : parts.count
    }
}

extension Substring {
    fileprivate var beginsBullet: Bool { first.map { "-*+•|#>".contains($0) } ?? true }
    fileprivate var isNumeral: Bool { (1...3).contains(utf8.count) && utf8.allSatisfy { (0x30...0x39).contains($0) } }
}
