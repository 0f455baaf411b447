extension TextBlock {
    /// The whole of a text that is its file's own, line by line: enough to find the line of every passage.
    ///
    /// - Parameter line: the line of the file that the text begins on.
    /// - Returns: none for a text without anything to see.
    static func fileText(_ text: String, kind: Kind = .paragraph, fromLine line: Int = 1) -> [TextBlock] {
        guard text.hasVisibleText else { return [] }
        let (scalars, breaks) = (text.unicodeScalars, text.lineBreaks)
        // A break at the very end begins no line.
        let count = breaks.last == scalars.count - 1 ? breaks.count - 1 : breaks.count
        return [TextBlock(kind: kind, lines: line...line + count, range: 0..<scalars.count)]
    }
}
