/// A text that is kept as its file has it, but for lines that are left out, while a reader marks the blocks in it by
/// their lines.
///
/// ```swift
/// var marked = MarkedText("# One\n\nText.\n")
/// marked.markHeading("One", level: 1, lines: 0..<1)
/// marked.mark(.paragraph, lines: 2..<3)
/// ```
struct MarkedText {
    let text: String
    /// The lines; those that are left out are empty.
    let lines: LineTable
    private(set) var blocks: [TextBlock] = []
    private var path = HeadingPath()
    /// The line of the file, from 1, that the text begins at.
    private let firstLine: Int

    /// - Parameter omitted: lines numbered from 0, ascending, that are no part of the text.
    init(_ text: String, firstLine: Int = 1, omitting omitted: [Int] = []) {
        self.firstLine = firstLine
        lines = LineTable(text, omitting: omitted)
        guard !omitted.isEmpty else {
            self.text = text
            return
        }
        var (kept, number, next) = ([UInt8](), 0, omitted[...])
        for byte in text.utf8 {
            let isKept = next.first != number
            if isKept { kept.append(byte) }
            if byte == 0x0A {
                if !isKept { next.removeFirst() }
                number += 1
            }
        }
        self.text = String(decoding: kept, as: UTF8.self)
    }

    /// The headings that the next block stands under, outermost first.
    var headings: [String] { path.titles }

    /// Marks a heading on lines numbered from 0; what follows stands under it.
    mutating func markHeading(_ title: String, level: Int, lines: Range<Int>) {
        path.close(from: level)
        mark(.heading, lines: lines)
        path.open(title, level: level)
    }

    /// Puts what is marked from now on under a name.
    mutating func openHeading(_ title: String, level: Int) { path.open(title, level: level) }

    mutating func closeHeadings(from level: Int) { path.close(from: level) }

    /// Marks a block on lines numbered from 0, without the blank ones at its ends; one of blank lines only is none.
    mutating func mark(_ kind: TextBlock.Kind, lines range: Range<Int>) {
        var range = range.clamped(to: 0..<lines.count)
        while let last = range.last, lines[last].isBlank { range = range.dropLast() }
        while let first = range.first, lines[first].isBlank { range = range.dropFirst() }
        guard let last = range.last else { return }
        let end = lines.scalar(ofLine: last) + lines[last].unicodeScalars.count
        blocks.append(
            block: TextBlock(
                kind: kind, headings: path.titles, lines: firstLine + range.lowerBound...firstLine + last,
                range: lines.scalar(ofLine: range.lowerBound)..<end))
    }

    /// Gives a record the text and its blocks.
    func fill(_ record: inout TextRecord) { (record.text, record.blocks) = (text, blocks) }
}

extension Substring {
    /// Whether nothing is seen of it.
    var isBlank: Bool { unicodeScalars.allSatisfy(\.isWhiteSpaceOrBreak) }
    /// The columns of the blanks it begins with; a tab goes on to the next multiple of eight.
    var indentation: Int {
        var columns = 0
        for byte in utf8 {
            if byte == 0x20 { columns += 1 } else if byte == 0x09 { columns += 8 - columns % 8 } else { break }
        }
        return columns
    }
}
