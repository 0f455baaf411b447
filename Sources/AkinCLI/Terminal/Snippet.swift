import Foundation

/// The part of a passage that best shows why it was found, with the query's words bold.
struct Snippet {
    let paragraph: Paragraph

    /// - Parameter columns: the width of the whole snippet, over all its lines.
    init(of text: String, query: QueryTerms, columns: Int) {
        let characters = DisplayText.oneLine(text)
        let matches = query.matches(in: characters)
        let window = Snippet.window(in: characters, matches: matches, columns: columns)
        var bold = Set<Int>()
        for match in matches { bold.formUnion(match.range) }
        var pieces = window.map { Paragraph.Piece(character: characters[$0], isBold: bold.contains($0)) }
        if window.lowerBound > 0 { pieces.insert(Paragraph.Piece(character: "…", isBold: false), at: 0) }
        if window.upperBound < characters.count { pieces.append(Paragraph.Piece(character: "…", isBold: false)) }
        paragraph = Paragraph(pieces: pieces)
    }

    /// The stretch of at most `columns` columns that holds the most different words of the query; the beginning when
    /// none is there.
    private static func window(in characters: [Character], matches: [QueryTerms.Match], columns: Int) -> Range<Int> {
        let whole = end(from: 0, in: characters, columns: columns)
        guard whole < characters.count else { return 0..<whole }
        var best = (start: 0, terms: 0)
        for match in matches.prefix(200) {
            let start =
                match.range.lowerBound < whole / 2
                ? 0 : wordStart(at: max(0, match.range.lowerBound - columns / 5), in: characters)
            let last = end(from: start, in: characters, columns: columns - 2)
            let terms = Set(
                matches.lazy.filter { $0.range.lowerBound >= start && $0.range.upperBound <= last }.map(\.term)
            ).count
            if terms > best.terms { best = (start, terms) }
        }
        var last = end(from: best.start, in: characters, columns: columns - 2)
        if last < characters.count, let space = characters[best.start..<last].lastIndex(of: " "),
            space > best.start + (last - best.start) / 2
        {
            last = space
        }
        return best.start..<last
    }

    /// Where `columns` columns from `start` end.
    private static func end(from start: Int, in characters: [Character], columns: Int) -> Int {
        var width = 0
        for position in start..<characters.count {
            width += DisplayText.width(characters[position])
            if width > columns { return position }
        }
        return characters.count
    }

    /// The first word that begins at or after a position, unless it is far away, as in text without spaces.
    private static func wordStart(at position: Int, in characters: [Character]) -> Int {
        guard position > 0 else { return 0 }
        let near = characters[(position - 1)..<min(characters.count, position + 15)]
        return near.firstIndex(of: " ").map { $0 + 1 } ?? position
    }
}
