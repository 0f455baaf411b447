/// The lines of a text, without LF or CRLF, found byte by byte; a last line without LF counts.
struct TextLines: Sequence, IteratorProtocol {
    private let text: Substring
    /// Where the lines not handed out yet begin.
    private(set) var rest: String.Index

    init(_ text: String) {
        self.text = text[...]
        rest = text.startIndex
    }

    mutating func next() -> Substring? {
        guard rest < text.endIndex else { return nil }
        let end = text.utf8[rest...].firstIndex(of: 0x0A)
        var line = text[rest..<(end ?? text.endIndex)]
        rest = end.map { text.utf8.index(after: $0) } ?? text.endIndex
        if line.utf8.last == 0x0D { line = Substring(line.unicodeScalars.dropLast()) }
        return line
    }
}

extension String {
    var utf8Lines: TextLines { TextLines(self) }
    /// With each run of white space as one blank, and none at the ends.
    var withFoldedBlanks: String { split { $0.isWhitespace }.joined(separator: " ") }
}

extension Substring {
    /// Without white space at both ends.
    var trimmed: Substring {
        var scalars = unicodeScalars
        while let first = scalars.first, first.isWhiteSpaceOrBreak { scalars.removeFirst() }
        while let last = scalars.last, last.isWhiteSpaceOrBreak { scalars.removeLast() }
        return Substring(scalars)
    }
}
