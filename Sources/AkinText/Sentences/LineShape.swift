/// Lines that are blocks of their own: headings, list items, table rows, code fences.
enum LineShape {
    /// Whether the line at `begin` is a heading as in Markdown: one to six `#` and a space.
    static func isHeading(_ scalars: ScalarText, from begin: Int) -> Bool {
        var index = begin
        while index < scalars.count, index < begin + 7, scalars[index] == "#" { index += 1 }
        let marks = index - begin
        return marks >= 1 && marks <= 6 && index < scalars.count && scalars[index] == " "
    }

    /// Whether the line whose first visible scalar is at `begin` starts a block: a heading, list item, quotation, table
    /// row or code fence.
    static func beginsBlock(_ scalars: ScalarText, from begin: Int) -> Bool {
        guard begin < scalars.count else { return true }
        let second = begin + 1 < scalars.count ? scalars[begin + 1] : " "
        switch scalars[begin] {
        case "#": return isHeading(scalars, from: begin)
        case "-", "*", "+", "\u{2022}", "\u{2023}", "\u{25E6}", "\u{2013}", "\u{2014}", "\u{00B7}", ">":
            return second == " " || second == "\t"
        case "|": return true
        case "`", "~": return second == scalars[begin] && begin + 2 < scalars.count && scalars[begin + 2] == second
        case "=": return second == "="
        default: return beginsNumberedItem(scalars, from: begin)
        }
    }

    /// `1. `, `12) `, `a) `: a number of up to three digits or one letter, a mark, and white space.
    private static func beginsNumberedItem(_ scalars: ScalarText, from begin: Int) -> Bool {
        var index = begin
        while index < scalars.count, index < begin + 3, scalars[index].isDigit { index += 1 }
        let isNumber = index > begin
        if !isNumber, scalars[begin].isLowerCase { index += 1 }
        guard index > begin, index + 1 < scalars.count else { return false }
        let mark = scalars[index]
        return (mark == ")" || (isNumber && mark == ".")) && scalars[index + 1].isWhiteSpaceOrBreak
    }
}
