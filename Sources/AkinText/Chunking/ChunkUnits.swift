import AkinCore

/// The indivisible parts a text is packed from: sentences, headings, rows of tables, lines of code, and parts of those
/// that are too long.
struct ChunkUnits {
    /// A heading begins a section once the section before it has so many tokens, so that a row of headings with a line
    /// each stays together.
    private static let leastSectionTokens = 32

    /// (count + 1) where each unit starts, in Unicode scalars; the last is the text's end.
    private let starts: [UInt32]
    /// (count + 1) tokens that begin before each start.
    private let tokensBefore: [UInt32]
    /// (count) how well the text can be cut behind each unit.
    let borders: [ChunkBorder]
    /// The sections in order: no piece reaches over the border of two.
    private(set) var sections: [Range<Int>] = []

    var count: Int { borders.count }

    /// Where a unit starts, in Unicode scalars; of the number `count`, the text's end.
    func start(of unit: Int) -> Int { Int(starts[unit]) }

    /// Tokens that begin inside a range of units.
    func tokens(in range: Range<Int>) -> Int { Int(tokensBefore[range.upperBound] - tokensBefore[range.lowerBound]) }

    /// - Parameters:
    ///   - blocks: the text's, in order; without any, blank lines are its only structure.
    init(text: String, tokenStarts: TokenStarts, maximumTokens: Int, blocks: [TextBlock]) {
        let scalars = ScalarText(text)
        var finder = UnitFinder(scalars: scalars, tokenStarts: tokenStarts, maximumTokens: maximumTokens)
        var headings: [Int] = []
        let inner = blocks.filter { $0.range.lowerBound >= 0 && $0.range.lowerBound < scalars.count }
        for (index, block) in inner.enumerated() {
            // What stands between blocks belongs to the one before it.
            let start = index == 0 ? 0 : finder.end
            let end = index + 1 < inner.count ? max(start, inner[index + 1].range.lowerBound) : scalars.count
            guard start < end else { continue }
            if block.kind == .heading { headings.append(finder.count) }
            finder.add(block: block.kind, start..<end)
            finder.setLastBorder(
                ChunkBorder(
                    after: block.kind, previous: index > 0 ? inner[index - 1].kind : nil,
                    next: index + 1 < inner.count ? inner[index + 1].kind : nil))
        }
        if inner.isEmpty { finder.add(unstructured: 0..<scalars.count) }
        (starts, tokensBefore, borders) = (finder.starts, finder.tokensBefore, finder.borders)
        sections = sections(headings: headings)
    }

    private func sections(headings: [Int]) -> [Range<Int>] {
        var sections: [Range<Int>] = []
        var start = 0
        for unit in headings where unit > start && unit < count && borders[unit - 1] > .none {
            guard tokens(in: start..<unit) >= Self.leastSectionTokens else { continue }
            sections.append(start..<unit)
            start = unit
        }
        return sections + [start..<count]
    }
}
