/// How well a text can be cut behind one of its units; a later case is a better place.
enum ChunkBorder: Int, Comparable, Sendable {
    /// Behind a heading or the header of a table: what follows belongs to it.
    case none
    /// Behind a sentence, a line of code, or the paragraph that introduces a list or a table.
    case sentence
    /// Behind an item of a list, a row of a table, or the lines of code before a blank one.
    case item
    /// Behind a paragraph, a list, a table or other block.
    case paragraph
    /// Before a heading.
    case section

    static func < (left: ChunkBorder, right: ChunkBorder) -> Bool { left.rawValue < right.rawValue }

    /// Behind the last unit of a block.
    ///
    /// - Parameters:
    ///   - previous: the kind of the block before it; nil for the first block.
    ///   - next: the kind of the block after it; nil for the last block.
    init(after kind: TextBlock.Kind, previous: TextBlock.Kind?, next: TextBlock.Kind?) {
        let isHeader = kind == .tableRow && previous != .tableRow && next == .tableRow
        if kind == .heading || isHeader {
            self = .none
        } else if next == .heading {
            self = .section
        } else if let next, next == kind, kind == .listItem || kind == .tableRow {
            self = .item
        } else if next == .listItem || next == .tableRow || next == .code {
            self = .sentence
        } else {
            self = .paragraph
        }
    }
}
