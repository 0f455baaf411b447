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
    package static let version = 2

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

    /// Whether a text can have characters of scripts without spaces, or width forms: all are encoded in three bytes or
    /// more.
    static func mayHoldUnspaced(_ text: String) -> Bool { text.utf8.contains { $0 >= 0xE0 } }

    /// An FTS5 expression that finds texts with any of the query's words; nil when the query has no word.
    ///
    /// Every term is quoted and holds letters, marks and digits only, so that FTS5 takes no part of a query for an
    /// operator.
    ///
    /// - Parameter findsOlderText: Whether to look for the words as they are written too, as search texts of before
    ///   version 2 have them.
    /// - Complexity: O(n).
    package static func matchExpression(_ query: String, findsOlderText: Bool = false) -> String? {
        var seen: Set<String> = []
        var terms: [String] = []
        func add(_ word: String, prefix: Bool = false) {
            guard terms.count < maximumTerms, seen.insert(word.lowercased() + (prefix ? "*" : "")).inserted else {
                return
            }
            terms.append("\"\(word)\"" + (prefix ? "*" : ""))
        }
        for segment in KeywordSegment.searched(query) + (findsOlderText ? KeywordSegment.segments(of: query) : []) {
            guard terms.count < maximumTerms else { break }
            switch segment {
            case .spaced(let scalars):
                for word in scalars.split(whereSeparator: { !$0.isWordScalar })
                where word.contains(where: \.isTokenScalar) {
                    var view = String.UnicodeScalarView()
                    view.append(contentsOf: word)
                    add(String(view))
                }
            case .unspaced(let units):
                if units.count == 1 {
                    add(units[0], prefix: true)
                } else {
                    for index in 1..<units.count { add(units[index - 1] + units[index]) }
                }
            }
        }
        return terms.isEmpty ? nil : terms.joined(separator: " OR ")
    }

    /// The words of a match expression that asks for any of some words and for nothing else; nil for one with prefixes,
    /// columns or other operators.
    package static func words(ofExpression expression: String) -> [String]? {
        var words: [String] = []
        for part in expression.split(separator: " OR ", omittingEmptySubsequences: false) {
            let word = part.dropFirst().dropLast()
            guard part.utf8.count > 2, part.first == "\"", part.last == "\"", !word.contains("\"") else { return nil }
            words.append(String(word))
        }
        return words
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
