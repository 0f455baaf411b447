/// Text in the form that SQLite's FTS5 (`porter unicode61`) indexes, and queries in its language.
///
/// FTS5 takes a run of Chinese for one long word. Here such a run becomes its overlapping pairs of characters and its
/// last character alone: `汉字典` is kept as `汉字 字典 典`. A query of two characters or more then matches by pairs, one of a
/// single character by prefix, wherever in a run it stands. The same holds for kana, Thai, Lao, Burmese, Khmer and
/// Hangul. Texts and queries are folded in the same way (`KeywordFolding`), so that a word is found however it is
/// written.
package enum KeywordText {
    /// The version of the search texts. A change of what `searchText` returns raises it, and `akin optimize` then
    /// rebuilds the search texts of older stores.
    package static let version = 3

    /// A word that no text has. It stands between texts that are indexed together, so that no phrase runs from one into
    /// the next; FTS5 takes private-use characters for letters.
    private static let boundary = "\u{FFFFD}"

    /// The most terms of a match expression; the rest of a longer query is left out.
    package static let maximumTerms = 200

    /// The text to index in place of `text`; nil when `text` itself serves.
    /// - Complexity: O(n).
    package static func searchText(_ text: String) -> String? {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return nil }
        let folding = KeywordFolding.shared
        let isTakenAsWritten = text.unicodeScalars.allSatisfy {
            !folding.changes($0) && !$0.beginsBigramUnit && !$0.isHangulSyllable && !$0.isWidthForm
        }
        guard !isTakenAsWritten else { return nil }
        var result = String.UnicodeScalarView()
        for segment in KeywordSegment.searched(text) {
            switch segment {
            case .spaced(let scalars):
                result.append(contentsOf: scalars)
            case .unspaced(let units):
                if let last = result.last, !last.isWhiteSpaceOrBreak { result.append(" ") }
                for (index, unit) in units.enumerated() {
                    result.append(contentsOf: unit.unicodeScalars)
                    if index + 1 < units.count { result.append(contentsOf: units[index + 1].unicodeScalars) }
                    result.append(" ")
                }
            }
        }
        return String(result)
    }

    /// The text to index for texts that belong together, such as a title and what stands below it; nil where there is
    /// one text that itself serves.
    ///
    /// Behind the texts follow the parts of names from programs among their words: see `Identifiers`.
    /// - Complexity: O(n).
    package static func searchText(ofParts parts: [String]) -> String? {
        let texts = parts.map { searchText($0) ?? $0 }
        let names = Identifiers.partsBesideWords(of: texts).map { $0.joined(separator: " ") }
        guard texts.count > 1 || !names.isEmpty else { return parts.first.flatMap { searchText($0) } }
        return (texts + names).joined(separator: " \(boundary) ")
    }

    /// Whether a text can have characters of scripts without spaces, or width forms: all are encoded in three bytes or
    /// more.
    static func mayHoldUnspaced(_ text: String) -> Bool { text.utf8.contains { $0 >= 0xE0 } }

    /// An FTS5 expression that finds texts with any of the query's words; nil when the query has no word.
    ///
    /// - Parameter findsOlderText: Whether to look for the words as they are written too, as search texts of before
    ///   version 2 have them.
    /// - Complexity: O(n).
    package static func matchExpression(_ query: String, findsOlderText: Bool = false) -> String? {
        var terms = MatchTerms()
        addWords(of: query, to: &terms, findsOlderText: findsOlderText)
        return terms.expression
    }

    /// Adds each word of a text, until there are `maximumTerms` terms.
    ///
    /// - Parameters:
    ///   - identifiers: Whether the names of programs among the words are looked for in their parts too: see
    ///     `Identifiers`.
    ///   - leftOut: Words in lower case that are not added, unless they are written in capitals, as names are.
    /// - Complexity: O(n).
    package static func addWords(
        of text: String, to terms: inout MatchTerms, findsOlderText: Bool = false, identifiers: Bool = false,
        leavingOut leftOut: Set<String> = []
    ) {
        func add(_ phrase: MatchPhrase) {
            if terms.phrases.count < maximumTerms { terms.add(phrase) }
        }
        for segment in KeywordSegment.searched(text) + (findsOlderText ? KeywordSegment.segments(of: text) : []) {
            guard terms.phrases.count < maximumTerms else { break }
            switch segment {
            case .spaced(let scalars):
                let words = wordRanges(in: scalars)
                for word in words.lazy.map({ string(scalars[$0]) })
                where !leftOut.contains(word.prefix(1).lowercased() + word.dropFirst()) {
                    add(MatchPhrase([word]))
                }
                if identifiers { Identifiers.add(in: scalars, words: words, to: &terms) }
            case .unspaced(let units):
                if units.count == 1 {
                    add(MatchPhrase(units, isPrefix: true))
                } else {
                    for index in 1..<units.count { add(MatchPhrase([units[index - 1] + units[index]])) }
                }
            }
        }
    }

    /// The words of a text as phrases, any of which finds them in their order; empty where there is no word.
    ///
    /// A run of a script without spaces is the row of its pairs. A last word that ends in a single character may go on,
    /// since the text may hold it as the beginning of a pair.
    ///
    /// - Parameters:
    ///   - isPrefix: whether the last word may go on.
    ///   - findsOlderText: as for `matchExpression`.
    /// - Complexity: O(n).
    package static func phrases(of text: String, isPrefix: Bool = false, findsOlderText: Bool = false)
        -> [MatchPhrase]
    {
        let forms = [KeywordSegment.searched(text)] + (findsOlderText ? [KeywordSegment.segments(of: text)] : [])
        var terms = MatchTerms()
        forms.compactMap { phrase(of: $0, isPrefix: isPrefix) }.forEach { terms.add($0) }
        return terms.phrases
    }

    private static func phrase(of segments: [KeywordSegment], isPrefix: Bool) -> MatchPhrase? {
        var words: [String] = []
        // Keyword text has the last character of a run alone too. Where the phrase ends with the run, the text's may go
        // on.
        var run: [String] = []
        for segment in segments {
            switch segment {
            case .spaced(let scalars):
                let ranges = wordRanges(in: scalars)
                guard !ranges.isEmpty else { continue }
                if let unit = run.last { words.append(unit) }
                words += ranges.map { string(scalars[$0]) }
                run = []
            case .unspaced(let units):
                if let unit = run.last { words.append(unit) }
                words += units.indices.dropFirst().map { units[$0 - 1] + units[$0] }
                run = units
            }
        }
        if run.count == 1 { return MatchPhrase(words + run, isPrefix: true) }
        return words.isEmpty ? nil : MatchPhrase(words, isPrefix: isPrefix && run.isEmpty)
    }

    /// Where `unicode61` finds words.
    private static func wordRanges(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
        scalars.split { !$0.isWordScalar }.filter { $0.contains(where: \.isTokenScalar) }.map {
            $0.startIndex..<$0.endIndex
        }
    }

    static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

}

extension Unicode.Scalar {
    /// What `unicode61` makes tokens of: letters, numbers and private-use characters.
    var isTokenScalar: Bool {
        if value < 0x80 { return isLetter || isDigit }
        return switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        case .decimalNumber, .letterNumber, .otherNumber, .privateUse: true
        default: false
        }
    }

    /// A token scalar, or a combining mark between such.
    var isWordScalar: Bool {
        if isTokenScalar { return true }
        guard value >= 0x300 else { return false }
        return switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }
}
