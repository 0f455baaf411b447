/// A part of a stored document's text.
public struct DocumentExcerpt: Sendable, Hashable {
    /// The text of the part.
    public var text: String
    /// Where it stands, in Unicode scalars of the document's text; where parts between were left out, from the first
    /// to the last.
    public var range: Range<Int>
    /// The lines of the file that it stands on, from 1; nil where that is not known.
    public var lines: ClosedRange<Int>?
    /// Whether each line of `text` is one of `lines`. It is not where a file is read in other lines than it has, as
    /// HTML is.
    public var isLineByLine: Bool

    package init(text: String, range: Range<Int>, lines: ClosedRange<Int>?, isLineByLine: Bool) {
        self.text = text
        self.range = range
        self.lines = lines
        self.isLineByLine = isLineByLine
    }
}
