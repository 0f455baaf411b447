/// Where a passage stands in the file that its document was read from.
///
/// ```swift
/// for result in try await database.search("when does the boat go?").results {
///     if let lines = result.place?.lines { print("\(result.source):\(lines.lowerBound)") }
/// }
/// ```
public struct PassagePlace: Sendable, Hashable, Codable {
    /// The first and the last line of the file, from 1; nil where the file is not a text of lines. A record of a file
    /// stands on the line that it begins at.
    public var lines: ClosedRange<Int>?
    /// The page that the passage begins on, from 1; nil where the file has no pages.
    public var page: Int?
    /// The headings that the passage's beginning stands under, outermost first. Names of slides, sheets and
    /// declarations count as headings.
    public var headings: [String]

    public init(lines: ClosedRange<Int>? = nil, page: Int? = nil, headings: [String] = []) {
        self.lines = lines
        self.page = page
        self.headings = headings
    }

    /// Whether it says nothing.
    package var isEmpty: Bool { lines == nil && page == nil && headings.isEmpty }
}
