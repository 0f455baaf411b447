/// A part of a text as its author set it apart, and where it stands in its file.
package struct TextBlock: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case heading, paragraph, listItem, tableRow, code, quote
    }

    package var kind: Kind
    /// The headings that the block stands under, outermost first; a heading's own text is not among them. Names of
    /// slides, sheets and declarations count as headings.
    package var headings: [String]
    /// The page, from 1, where the file has pages.
    package var page: Int?
    /// The lines of the file, from 1, where the file is a text of lines.
    package var lines: ClosedRange<Int>?
    /// Where the block stands, half-open, in Unicode scalars of the record's text.
    package var range: Range<Int>

    package init(
        kind: Kind, headings: [String] = [], page: Int? = nil, lines: ClosedRange<Int>? = nil, range: Range<Int>
    ) {
        self.kind = kind
        self.headings = headings
        self.page = page
        self.lines = lines
        self.range = range
    }
}
