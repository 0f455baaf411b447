/// A question, cut where it has syntax.
///
/// ```
/// query     = { word | phrase | prefix | title | exclusion }
/// phrase    = '"' words '"'                      "memory leak"
/// prefix    = word "*"                           roll*
/// title     = "title:" ( word | phrase | prefix )
/// exclusion = "-" ( word | phrase | prefix | title )
/// ```
///
/// Phrases and titles are required, exclusions keep out what has them, and of the words and prefixes any is enough. What
/// is not written exactly so is text:
///
/// * A phrase begins where no word stands before its quotation mark, and has a word in it.
/// * A `*` counts behind two letters or more, at the end of a word that no `*` begins.
/// * `title:` counts at the beginning of a word, before a word or a phrase.
/// * A `-` counts at the beginning of a word, before a letter or a phrase: `-5` and `--no-verify` are words.
package struct SearchQuery: Sendable, Equatable {
    /// Whether a passage has to have something, must not have it, or ranks higher with it.
    package enum Demand: Sendable, Equatable { case optional, required, excluded }

    /// Words with syntax about them, which stand one after the other in a text.
    package struct Row: Sendable, Equatable {
        /// The words without the syntax.
        package let text: String
        /// As it was written, with the syntax.
        package let written: String
        package let demand: Demand
        /// Whether the last word may go on.
        package let isPrefix: Bool
        /// Whether the document's title has the row, and not the passage.
        package let inTitle: Bool
    }

    package enum Part: Sendable, Equatable {
        /// Text without syntax, of which any word is enough.
        case words(String)
        case row(Row)
    }

    /// In the order in which they were written.
    package let parts: [Part]
    /// What is meant, as an encoder reads it: the query without what it excludes and without the marks of syntax. A
    /// query without syntax is its own meaning.
    package let meaning: String
    /// Whether a quotation mark without a partner was taken as text.
    package let hasLoneQuote: Bool

    /// A query whose words mean nothing but themselves.
    package init(literal text: String) {
        self.init(parts: [.words(text)], meaning: text, hasLoneQuote: false)
    }

    init(parts: [Part], meaning: String, hasLoneQuote: Bool) {
        (self.parts, self.meaning, self.hasLoneQuote) = (parts, meaning, hasLoneQuote)
    }

    package var rows: [Row] {
        parts.compactMap { part in
            if case .row(let row) = part { row } else { nil }
        }
    }
}
