/// The text of a record while a reader puts it together from blocks.
///
/// ```swift
/// var builder = BlockTextBuilder()
/// builder.appendHeading("Results", level: 1, lines: 1...1)
/// builder.append(.paragraph, "Nothing moved.", lines: 3...4)
/// builder.fill(&record)
/// ```
///
/// Blocks are separated by blank lines; items of one list and rows of one table, and a heading and what stands below
/// it, by a line break.
package struct BlockTextBuilder: Sendable {
    package private(set) var text = ""
    package private(set) var blocks: [TextBlock] = []
    /// The page that the blocks appended from now on stand on, from 1.
    package var page: Int?
    private var path = HeadingPath()
    /// The Unicode scalars of `text`.
    private var length = 0

    package init() {}

    package var isEmpty: Bool { blocks.isEmpty }
    /// The headings that the next block stands under, outermost first.
    package var headings: [String] { path.titles }

    /// Appends a heading; what follows stands under it, up to one of the same level or a higher one.
    ///
    /// - Parameter level: 1 for the outermost; any whole numbers that ascend with the depth.
    package mutating func appendHeading(_ title: String, level: Int, lines: ClosedRange<Int>? = nil) {
        path.close(from: level)
        append(.heading, title, lines: lines)
        path.open(title, level: level)
    }

    /// Puts what follows under a name that is no part of the text, such as a sheet's.
    package mutating func openHeading(_ title: String, level: Int) { path.open(title, level: level) }

    /// Ends the headings of this level and deeper ones.
    package mutating func closeHeadings(from level: Int) { path.close(from: level) }

    /// Appends a block, without the blank lines before it and the white space behind it. A text of white space only is
    /// left out.
    ///
    /// - Parameter lines: the lines of the file, from 1, that the block comes from.
    package mutating func append(_ kind: TextBlock.Kind, _ text: String, lines: ClosedRange<Int>? = nil) {
        let content = text.withoutBlankEdges
        guard !content.isEmpty else { return }
        let isClose = blocks.last.map { $0.kind == .heading || $0.kind == kind && kind.isPacked } ?? false
        append(kind, whole: content, separator: isClose ? "\n" : "\n\n", lines: lines)
    }

    /// Appends a block as it is.
    ///
    /// - Parameters:
    ///   - separator: what stands between it and the block before, where there is one.
    ///   - headings: what it stands under, in place of the headings that are open.
    ///   - own: its page, in place of `page`.
    package mutating func append(
        _ kind: TextBlock.Kind, whole content: some StringProtocol, separator: String, headings: [String]? = nil,
        page own: Int? = nil, lines: ClosedRange<Int>? = nil
    ) {
        guard !content.isEmpty else { return }
        if !blocks.isEmpty {
            text += separator
            length += separator.utf8.count
        }
        let start = length
        text += content
        length += content.unicodeScalars.count
        blocks.append(
            block: TextBlock(
                kind: kind, headings: headings ?? path.titles, page: own ?? page, lines: lines, range: start..<length))
    }

    /// Adds a text to the end of the last block.
    package mutating func lengthenLast(by content: String) {
        guard let last = blocks.indices.last else { return }
        text += content
        length += content.unicodeScalars.count
        blocks[last].range = blocks[last].range.lowerBound..<length
    }

    /// Gives a record the text and its blocks.
    package func fill(_ record: inout TextRecord) {
        record.text = text
        record.blocks = blocks
    }
}

extension TextBlock.Kind {
    /// Whether blocks of the kind that follow each other stand on lines one below the other.
    fileprivate var isPacked: Bool { self == .listItem || self == .tableRow }
}

extension String {
    /// Without the blank lines it begins with, and without the white space it ends with. The first line keeps the
    /// blanks before its words, which are part of code.
    fileprivate var withoutBlankEdges: Substring {
        let scalars = unicodeScalars
        var start = scalars.startIndex
        var index = start
        while index < scalars.endIndex, scalars[index].isWhiteSpaceOrBreak {
            let isBreak = scalars[index].isLineBreak
            index = scalars.index(after: index)
            if isBreak { start = index }
        }
        guard index < scalars.endIndex else { return "" }
        var end = scalars.endIndex
        while end > index, scalars[scalars.index(before: end)].isWhiteSpaceOrBreak { end = scalars.index(before: end) }
        return Substring(scalars[start..<end])
    }
}
