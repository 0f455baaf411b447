import Foundation

/// The words of a query, to be marked in a passage. Other endings of the same word match too, and text without spaces
/// matches by pairs of characters.
struct QueryTerms {
    /// A word of the text that is one of the query.
    struct Match {
        let range: Range<Int>
        let term: String
    }

    private var stems = Set<String>()
    private var pairs = Set<String>()

    init(_ query: String) {
        let characters = DisplayText.oneLine(query)
        var short = Set<String>()
        for range in QueryTerms.words(in: characters) {
            let word = String(characters[range])
            if DisplayText.isWide(characters[range.lowerBound]) {
                if range.count == 1 { pairs.insert(word) }
                for start in range.dropLast() { pairs.insert(String(characters[start...(start + 1)])) }
            } else if word.count < 3 || QueryTerms.functionWords.contains(word.lowercased()) {
                short.insert(QueryTerms.stem(word))
            } else {
                stems.insert(QueryTerms.stem(word))
            }
        }
        if stems.isEmpty && pairs.isEmpty { stems = short }
    }

    /// The same terms with more words, such as a passage's own that are near to the query.
    func adding(words: [String]) -> QueryTerms {
        var terms = self
        for word in words {
            let characters = Array(word)
            if characters.first.map(DisplayText.isWide) == true {
                terms.pairs.insert(word)
            } else {
                terms.stems.insert(Self.stem(word))
            }
        }
        return terms
    }

    /// Where the query's words stand, in ascending order.
    func matches(in characters: [Character]) -> [Match] {
        var found: [Match] = []
        for range in QueryTerms.words(in: characters) {
            if DisplayText.isWide(characters[range.lowerBound]) {
                for start in range {
                    for length in 1...2 where start + length <= range.upperBound {
                        let piece = String(characters[start..<(start + length)])
                        if pairs.contains(piece) { found.append(Match(range: start..<(start + length), term: piece)) }
                    }
                }
            } else {
                let stem = QueryTerms.stem(String(characters[range]))
                if stems.contains(stem) { found.append(Match(range: range, term: stem)) }
            }
        }
        return found
    }

    /// Runs of letters and digits; a change between wide and narrow characters ends a run.
    private static func words(in characters: [Character]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        while start < characters.count {
            guard isWordCharacter(characters[start]) else {
                start += 1
                continue
            }
            let wide = DisplayText.isWide(characters[start])
            var end = start + 1
            while end < characters.count && isWordCharacter(characters[end])
                && DisplayText.isWide(characters[end]) == wide
            { end += 1 }
            ranges.append(start..<end)
            start = end
        }
        return ranges
    }

    private static func isWordCharacter(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    /// The word without case, accents and its commonest English endings: enough to show `running` for `runs`.
    private static func stem(_ word: String) -> String {
        // Joiners belong to the letters before them.
        let visible = String(
            String.UnicodeScalarView(word.unicodeScalars.filter { $0.properties.generalCategory != .format }))
        let folded = visible.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
        for ending in ["ings", "ing", "edly", "ies", "ed", "es", "ly", "s", "e", "y"]
        where folded.hasSuffix(ending) && folded.count >= ending.count + 3 {
            let bare = folded.dropLast(ending.count)
            let doubled = bare.last == bare.dropLast().last && bare.count > 3
            return String(doubled ? bare.dropLast() : bare)
        }
        return folded
    }

    private static let functionWords: Set<String> = [
        "the", "and", "for", "with", "that", "this", "from", "are", "was", "were", "who", "what", "how", "does", "did",
        "not", "you", "can",
    ]
}
