import AkinCore

/// Texts in columns of a terminal.
enum TerminalWidth {
    static func columns(_ text: String) -> Int { TextColumns.width(text) }

    /// The text in exactly `width` columns: cut with `…`, or filled with spaces. Control characters become spaces.
    static func fitted(_ text: String, to width: Int) -> String {
        let cut = cut(text, to: width)
        return cut + String(repeating: " ", count: max(0, width - columns(cut)))
    }

    /// The text in at most `width` columns, the last of them `…` when it was cut. Control characters become spaces.
    static func cut(_ text: String, to width: Int) -> String {
        TextColumns.cut(text.map { isControl($0) ? " " : $0 }, to: width)
    }

    /// The text in lines of at most `width` columns, broken at spaces; a longer word has a line of its own.
    static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, columns(last) + 1 + columns(String(word)) <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    private static func isControl(_ character: Character) -> Bool {
        character.unicodeScalars.contains(where: VisibleText.isHidden)
    }
}
