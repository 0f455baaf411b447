import AkinCore
import AkinStore

extension Database {
    /// A condition on documents: only those that meet it are searched, clustered, exported or deleted.
    ///
    /// It is written in Swift, or in a language of its own that a person can type:
    ///
    /// ```swift
    /// let recent = try await database.search("how do boats float?", filter: .field("year") >= 2020)
    /// let typed = try Database.Filter("lang = \"zh\" and year >= 2020 and not tag in (\"draft\")")
    /// let both = try await database.search("how do boats float?", filter: typed && .source.hasPrefix("notes/"))
    /// print(recent.results.count, both.results.count)
    /// ```
    ///
    /// ## The language
    ///
    /// ```
    /// filter    = and-terms { "or" and-terms }
    /// and-terms = not-term { "and" not-term }
    /// not-term  = { "not" } ( "(" filter ")" | condition )
    /// condition = field ( comparison value                               year >= 2020
    ///                   | [ "not" ] "in" "(" value { "," value } ")"     lang in ("zh", "en")
    ///                   | [ "not" ] "between" value "and" value          date between "2024-01-01" and "2024-06-30"
    ///                   | [ "not" ] "contains" text                      title contains "boat"
    ///                   | [ "not" ] "starts" "with" text                 source starts with "notes/"
    ///                   | [ "not" ] "ends" "with" text                   id ends with ".md"
    ///                   | [ "not" ] "exists"                             author.name exists
    ///                   | "is" [ "not" ] "null" )                        year is null
    /// comparison = "=" | "!=" | "<" | "<=" | ">" | ">="                  == and <> are understood too
    /// value     = text | number | "true" | "false" | "null"
    /// field     = name | "`" any "`" | "[" any "]"
    /// ```
    ///
    /// Words of the language are understood in any letter case; `and` binds closer than `or`, `not` closer than both.
    ///
    /// **Fields.** `id`, `source` and `title` are the document's own, also written `document.id` and so on; every other
    /// name is a key of its metadata. Objects within the metadata are reached by dots: `author.name`. A bare name
    /// consists of letters, digits, `_`, `-` and `.`; any other, and a key called like a word of the language or like a
    /// document's own field, stands between backticks (one within it is doubled) or brackets: `[due date]`, `[source]`.
    /// Names are case-sensitive. Where documents have a key `source` too, a bare `source` gives a warning, and a
    /// deletion refuses it.
    ///
    /// **Values.** Texts stand in `"…"` or `'…'`; `\\ \" \' \n \r \t \uXXXX \u{X…}` are understood within them. Numbers
    /// are written as in JSON, and `.5` and `+5` too. `true` and `false` are kept as these words.
    ///
    /// **Meaning.**
    /// * A field that is missing makes every comparison false, `!=` included. `not` is the complement: `not lang =
    ///   "zh"` holds for documents without `lang`, `lang != "zh"` does not. `field not in (…)` and its like mean `not
    ///   field in (…)`.
    /// * A list matches when any of its values does: a document tagged `red` and `draft` meets both `tag = "red"` and
    ///   `tag != "red"`; `not tag = "draft"` leaves it out.
    /// * Numbers compare only with numbers and texts only with texts: `year = 2020` does not match the text `"2020"`.
    /// * Texts are compared by code points, letter case included. ISO 8601 dates and times are texts whose order is
    ///   that of time as long as they are written alike: `date >= "2024-01-01" and date < "2024-02"`.
    /// * `null`, an empty list and a missing key are the same: no value. `f = null` means `not f exists`, `f != null`
    ///   means `f exists`.
    /// * `between` includes both ends, and one and the same value of a list must lie within it.
    ///
    /// A filter may be 64 KB long, hold 1,000 conditions, lists of 10,000 values and parentheses 64 deep.
    public struct Filter: Sendable {
        let condition: DocumentFilter
        /// The document's own fields that were named by bare names, which might mean keys of the metadata.
        let ambiguousFields: Set<String>

        init(condition: DocumentFilter, ambiguousFields: Set<String> = []) {
            self.condition = condition
            self.ambiguousFields = ambiguousFields
        }

        /// Reads a filter in the language described above.
        ///
        /// - Throws: `AkinError(.invalidArgument)` for a text that is no filter; its message shows the place with a
        ///   caret.
        public init(_ text: String) throws {
            do {
                (condition, ambiguousFields) = try DocumentFilter.parse(text)
            } catch {
                throw AkinError(error)
            }
        }
    }
}

extension Database.Filter: CustomStringConvertible {
    /// The filter in its one canonical form: what `--explain` shows.
    public var description: String { condition.description }
}
