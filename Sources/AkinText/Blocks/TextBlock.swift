/// A part of a text as its author set it apart, and where it stands in its file.
public struct TextBlock: Hashable, Sendable, Codable {
    /// What a block is in its text.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// A heading.
        case heading
        /// Running text.
        case paragraph
        /// One item of a list.
        case listItem
        /// One row of a table.
        case tableRow
        /// Source code, or other text whose lines and spaces count.
        case code
        /// What somebody else wrote: a quotation, the text that a mail answers, a signature.
        case quote
    }

    /// What the block is.
    public var kind: Kind
    /// The headings that the block stands under, outermost first; a heading's own text is not among them. Names of
    /// slides, sheets and declarations count as headings.
    public var headings: [String]
    /// The page, from 1, where the file has pages.
    public var page: Int?
    /// The lines of the file, from 1, where the file is a text of lines.
    public var lines: ClosedRange<Int>?
    /// Where the block stands, half-open, in Unicode scalars of the record's text.
    public var range: Range<Int>

    /// Makes a block of a text.
    public init(
        kind: Kind, headings: [String] = [], page: Int? = nil, lines: ClosedRange<Int>? = nil, range: Range<Int>
    ) {
        self.kind = kind
        self.headings = headings
        self.page = page
        self.lines = lines
        self.range = range
    }
}
