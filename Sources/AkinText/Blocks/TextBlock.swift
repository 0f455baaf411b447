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

extension [TextBlock] {
    /// The most blocks of a text, which take some forty megabytes. Only a text made to fill the memory has more.
    private static var most: Int { 1 << 19 }

    /// Adds a block that follows the last one; in a text of too many the last one goes on.
    mutating func append(block: TextBlock) {
        guard count >= Self.most, let last = indices.last else { return append(block) }
        self[last].kind = .paragraph
        self[last].range = self[last].range.lowerBound..<block.range.upperBound
        if let lines = self[last].lines, let end = block.lines?.upperBound {
            self[last].lines = lines.lowerBound...Swift.max(lines.lowerBound, end)
        }
    }
}
