/// A word, value or sign of a filter's text.
struct FilterToken {
    enum Kind: Equatable {
        /// A bare word: a field's name or a word of the language.
        case word(String)
        /// A field's name between backticks or brackets.
        case quotedName(String)
        case text(String)
        case number(Double)
        case comparison(DocumentFilter.Comparison)
        case open, close, comma, end
    }

    let kind: Kind
    /// Unicode scalars of the filter's text.
    let range: Range<Int>
}

/// The words of the language, which can be the names of fields only between backticks.
enum FilterWord: String, CaseIterable {
    case and, or, not
    case `in`, between, contains, starts, ends, with, exists, `is`
    case null
    case `true`, `false`

    /// A word of the language in any case.
    init?(_ word: String) {
        self.init(rawValue: word.lowercased())
    }
}
