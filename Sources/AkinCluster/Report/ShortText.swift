/// Texts shortened to fit into a report.
enum ShortText {
    /// The text on one line, with runs of white space made one space. A longer text is cut at a word's end within
    /// `limit` characters, and ends with `…`.
    static func line(_ text: String, limit: Int) -> String {
        var line = ""
        var length = 0
        var lastSpace: String.Index?
        var pendingSpace = false
        for character in text {
            if character.isWhitespace || character.isNewline {
                pendingSpace = length > 0
                continue
            }
            if length + (pendingSpace ? 1 : 0) >= limit {
                // A space that is far back would cut too much, as in text written without spaces.
                if !pendingSpace, let lastSpace, line.distance(from: lastSpace, to: line.endIndex) < limit / 4 {
                    line = String(line[..<lastSpace])
                }
                return line + "…"
            }
            if pendingSpace {
                lastSpace = line.endIndex
                line.append(" ")
                length += 1
                pendingSpace = false
            }
            line.append(character)
            length += 1
        }
        return line
    }
}
