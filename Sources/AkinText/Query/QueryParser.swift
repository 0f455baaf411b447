/// Finds the syntax in a question, in one pass.
struct QueryParser {
    /// More parts with syntax are no question that somebody wrote.
    static let mostRows = 100
    static let mostRowWords = 200
    private static let titleMark = "title:"
    /// A text without any of these has no syntax.
    private static let marks = Set("-\"*:".utf8)

    private let text: String
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var parts: [SearchQuery.Part] = []
    private var rowCount = 0
    private var hasLoneQuote = false
    /// Where the text behind the last part with syntax begins.
    private var textStart = 0
    private var meaning: [Unicode.Scalar] = []
    private var firstExclusion: Range<Int>?

    /// - Parameter mayOnlyExclude: whether the query may name nothing to look for.
    /// - Complexity: O(n).
    static func parse(_ text: String, mayOnlyExclude: Bool) throws(QuerySyntaxError) -> SearchQuery {
        guard text.utf8.contains(where: Self.marks.contains) else { return SearchQuery(literal: text) }
        var parser = QueryParser(text)
        try parser.run()
        if let exclusion = parser.firstExclusion, !mayOnlyExclude, !parser.namesSomething {
            throw parser.error(
                exclusion, "it says only what to leave out",
                "Add a word to look for, or a space behind the dash to look for this one")
        }
        return SearchQuery(
            parts: parser.parts, meaning: KeywordText.string(parser.meaning[...]), hasLoneQuote: parser.hasLoneQuote)
    }

    private init(_ text: String) {
        self.text = text
        scalars = Array(text.unicodeScalars)
    }

    private mutating func run() throws(QuerySyntaxError) {
        while position < scalars.count {
            if let row = row(at: position) {
                try take(row)
            } else {
                if scalars[position] == "\"" { hasLoneQuote = hasLoneQuote || phrase(at: position) == nil }
                position = textEnd
            }
        }
        takeText()
    }

    /// Where the text that begins here ends: behind a pair of quotation marks without a word between, else behind one
    /// scalar.
    private var textEnd: Int {
        guard scalars[position] == "\"", let phrase = phrase(at: position) else { return position + 1 }
        return phrase.upperBound + 1
    }

    private var namesSomething: Bool {
        parts.contains { part in
            switch part {
            case .words(let text): !KeywordText.phrases(of: text).isEmpty
            case .row(let row): row.demand != .excluded
            }
        }
    }

    // MARK: Finding

    /// A row that begins at a place, with where it stands and where its words stand in it.
    private struct FoundRow {
        var whole: Range<Int>
        var words: Range<Int>
        var demand: SearchQuery.Demand
        var isPrefix = false
        var inTitle = false
    }

    private func row(at start: Int) -> FoundRow? {
        guard beginsWord(start) else { return quoted(at: start) }
        if scalars[start] == "-", start + 1 < scalars.count {
            let next = start + 1
            guard scalars[next] == "\"" || scalars[next].isLetter else { return nil }
            guard var row = titled(at: next) ?? quoted(at: next) ?? word(at: next) else { return nil }
            row.whole = start..<row.whole.upperBound
            row.demand = .excluded
            return row
        }
        if let row = titled(at: start) ?? quoted(at: start) { return row }
        return word(at: start, isWanted: \.isPrefix)
    }

    private func beginsWord(_ place: Int) -> Bool { place == 0 || scalars[place - 1].properties.isWhitespace }

    private func titled(at start: Int) -> FoundRow? {
        let end = start + Self.titleMark.count
        guard end < scalars.count, string(start..<end).lowercased() == Self.titleMark,
            var row = quoted(at: end) ?? (scalars[end].isWordScalar ? word(at: end) : nil)
        else { return nil }
        row.whole = start..<row.whole.upperBound
        row.demand = .required
        row.inTitle = true
        return row
    }

    private func quoted(at start: Int) -> FoundRow? {
        guard scalars[start] == "\"", let content = phrase(at: start), holdsWord(content) else { return nil }
        return FoundRow(whole: start..<content.upperBound + 1, words: content, demand: .required)
    }

    /// What stands between a quotation mark that no word stands before and the next one; nil where there is none.
    private func phrase(at start: Int) -> Range<Int>? {
        guard start == 0 || !scalars[start - 1].isWordScalar,
            let end = scalars[(start + 1)...].firstIndex(of: "\"")
        else { return nil }
        return start + 1..<end
    }

    /// Everything up to the next white space, without a star behind its last word; nil where it is not wanted or holds
    /// no word.
    private func word(at start: Int, isWanted: (FoundRow) -> Bool = { _ in true }) -> FoundRow? {
        let end = scalars[start...].firstIndex { $0.properties.isWhitespace } ?? scalars.count
        var row = FoundRow(whole: start..<end, words: start..<end, demand: .optional)
        let last = scalars[start..<end].lastIndex { $0.isWordScalar || $0 == "*" } ?? start
        if scalars[last] == "*", scalars[start] != "*",
            scalars[start..<last].reversed().prefix(while: \.isWordScalar).count(where: \.isTokenScalar) > 1
        {
            row.isPrefix = true
            row.words = start..<last
        }
        return isWanted(row) && holdsWord(row.words) ? row : nil
    }

    private func holdsWord(_ range: Range<Int>) -> Bool {
        !KeywordText.phrases(of: string(range)).isEmpty
    }

    // MARK: Taking

    private mutating func take(_ row: FoundRow) throws(QuerySyntaxError) {
        let content = string(row.words)
        rowCount += 1
        guard rowCount <= Self.mostRows else {
            throw error(
                row.whole, "more than \(Self.mostRows) parts with syntax stand before the end of this one",
                "Ask several questions")
        }
        let count = KeywordText.phrases(of: content).first?.words.count ?? 0
        guard count <= Self.mostRowWords else {
            throw error(row.whole, "the phrase has more than \(Self.mostRowWords) words", "Write a shorter one")
        }
        takeText()
        // Phrases end at their quotation marks; within other words these are text.
        hasLoneQuote = hasLoneQuote || content.contains("\"")
        parts.append(
            .row(
                SearchQuery.Row(
                    text: content, written: string(row.whole), demand: row.demand, isPrefix: row.isPrefix,
                    inTitle: row.inTitle)))
        position = row.whole.upperBound
        if row.demand == .excluded {
            firstExclusion = firstExclusion ?? row.whole
            // What is left reads as if the exclusion had never stood there.
            while position < scalars.count, scalars[position].properties.isWhitespace { position += 1 }
        } else {
            meaning += scalars[row.words]
            // Marks that follow the star.
            if row.isPrefix { meaning += scalars[row.words.upperBound + 1..<row.whole.upperBound] }
        }
        textStart = position
    }

    /// Takes what stands before the position.
    private mutating func takeText() {
        let text = scalars[textStart..<position]
        meaning += text
        if text.contains(where: { !$0.properties.isWhitespace }) { parts.append(.words(KeywordText.string(text))) }
    }

    private func string(_ range: Range<Int>) -> String { KeywordText.string(scalars[range]) }

    private func error(_ range: Range<Int>, _ reason: String, _ hint: String) -> QuerySyntaxError {
        QuerySyntaxError(text: text, range: range, reason: reason, hint: hint)
    }
}

extension SearchQuery {
    /// Reads a question with its syntax.
    ///
    /// - Parameter mayOnlyExclude: whether it may name nothing to look for, as where a vector is given beside it.
    /// - Throws: `QuerySyntaxError` for a query that only excludes, has more than 100 parts with syntax, or a phrase of
    ///   more than 200 words.
    package init(parsing text: String, mayOnlyExclude: Bool = false) throws(QuerySyntaxError) {
        self = try QueryParser.parse(text, mayOnlyExclude: mayOnlyExclude)
    }
}
