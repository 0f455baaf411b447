extension TextBlock {
    /// The whole of a text that is its file's own, line by line: enough to find the line of every passage.
    ///
    /// - Parameter line: the line of the file that the text begins on.
    /// - Returns: none for a text without anything to see.
    static func fileText(_ text: String, kind: Kind = .paragraph, fromLine line: Int = 1) -> [TextBlock] {
        guard text.hasVisibleText else { return [] }
        let breaks = LineBreaks(of: text)
        return [TextBlock(kind: kind, lines: line...line + breaks.lineCount - 1, range: 0..<breaks.scalarCount)]
    }
}
