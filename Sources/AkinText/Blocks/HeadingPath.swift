/// The headings that a place of a text stands under, while the text is read from its beginning.
package struct HeadingPath: Sendable {
    /// More headings than this are nested in no text; deeper ones take the place of the last.
    private static let maximumDepth = 16
    /// The longest heading kept, in Unicode scalars: a page can make a heading of all its text, and each block repeats
    /// its headings.
    private static let maximumLength = 200

    /// The headings, outermost first.
    package private(set) var titles: [String] = []
    private var levels: [Int] = []

    package init() {}

    /// Ends every heading of this level or a deeper one.
    package mutating func close(from level: Int) {
        while let last = levels.last, last >= level {
            levels.removeLast()
            titles.removeLast()
        }
    }

    /// Begins what stands under a heading. Levels order headings and need not be without gaps.
    package mutating func open(_ title: String, level: Int) {
        close(from: level)
        let title = Self.shortened(title)
        guard !title.isEmpty else { return }
        if levels.count == Self.maximumDepth {
            levels.removeLast()
            titles.removeLast()
        }
        levels.append(level)
        titles.append(title)
    }

    /// The text on one line, cut where it is too long for a heading.
    private static func shortened(_ title: String) -> String {
        var line = String.UnicodeScalarView()
        var pendingBlank = false
        var length = 0
        for scalar in title.unicodeScalars {
            guard !scalar.isWhiteSpaceOrBreak else {
                pendingBlank = length > 0
                continue
            }
            if length >= maximumLength { break }
            if pendingBlank { line.append(" ") }
            line.append(scalar)
            length += pendingBlank ? 2 : 1
            pendingBlank = false
        }
        return String(line)
    }
}
