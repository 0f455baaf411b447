/// Which line breaks of a text say something, and which only wrap a paragraph.
///
/// A line is wrapped where the first word of the next one would not have fitted into it: the breaks of code, of tables, of
/// lists and of verse come earlier than that. Lines that are indented, that begin a block, or that look like code or like
/// a row of a table stand by themselves.
package enum LineFlow {
    /// A paragraph is not wrapped into less.
    private static let leastWidth = 40
    /// Lines that a person wrapped end a little before the longest does.
    private static let filledShare = 0.75

    /// The places of the line breaks that count, ascending: those of `\n`, or `\r` alone, in Unicode scalars.
    ///
    /// - Parameter isCode: whether every line counts.
    /// - Complexity: O(n).
    package static func breaks(in scalars: [Unicode.Scalar], isCode: Bool = false) -> [Int] {
        let scalars = ScalarText(scalars)
        let lines = lines(of: scalars)
        guard lines.count > 1 else { return [] }
        var kept: [Int] = []
        var group = 0..<0
        var width = 0
        for (index, (line, next)) in zip(lines, lines.dropFirst()).enumerated() {
            if !group.contains(index) {
                let end = lines[index...].firstIndex { $0.isBlank } ?? lines.count
                group = index..<max(index + 1, end)
                width = lines[group].map { $0.text.count }.max() ?? 0
            }
            let wraps =
                !isCode && !line.isBlank && !next.isBlank && line.text.lowerBound == line.start
                && next.text.lowerBound == next.start && !standsAlone(line, in: scalars)
                && !LineShape.beginsBlock(scalars, from: next.start) && !standsAlone(next, in: scalars)
                && isFilled(line, before: next, in: scalars, width: width)
            if !wraps { kept.append(line.end) }
        }
        return kept
    }

    private struct Line {
        var start: Int
        /// Where its break stands.
        var end: Int
        /// Without the white space around it.
        var text: Range<Int>
        var isBlank: Bool { text.isEmpty }
    }

    private static func lines(of scalars: ScalarText) -> [Line] {
        var lines: [Line] = []
        var start = 0
        func line(_ end: Int) -> Line {
            let first = (start..<end).first { !scalars[$0].isWhiteSpaceOrBreak } ?? end
            let last = (first..<end).last { !scalars[$0].isWhiteSpaceOrBreak } ?? end - 1
            return Line(start: start, end: end, text: first..<max(first, last + 1))
        }
        for place in scalars.indices {
            let isBreak =
                scalars[place] == "\n"
                || scalars[place] == "\r" && (place + 1 == scalars.count || scalars[place + 1] != "\n")
            guard isBreak else { continue }
            lines.append(line(place))
            start = place + 1
        }
        if start < scalars.count { lines.append(line(scalars.count)) }
        return lines
    }

    /// Whether a line is a statement, a row of a table or a heading.
    private static func standsAlone(_ line: Line, in scalars: ScalarText) -> Bool {
        let text = scalars[line.text]
        guard let last = text.last else { return false }
        if last == "{" || last == "}" || last == ";" || last == "\\" || last == "|" { return true }
        if LineShape.isHeading(scalars, from: line.text.lowerBound) || text.contains("\t") { return true }
        return zip(text, text.dropFirst()).contains { $0 == " " && $1 == "|" }
    }

    private static func isFilled(_ line: Line, before next: Line, in scalars: ScalarText, width: Int) -> Bool {
        let word = scalars[next.text].prefix { !$0.isWhiteSpaceOrBreak }.count
        return width >= leastWidth && Double(line.text.count + 1 + word) > filledShare * Double(width)
    }
}
