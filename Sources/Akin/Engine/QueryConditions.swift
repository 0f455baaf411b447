import AkinStore
import AkinText

/// What the syntax of a query demands of passages, as sets that are read from the keyword index once a question.
///
/// A phrase and an excluded word are looked for in what keyword search reads of a passage: the title of its document,
/// the headings above it and its text. `title:` is about the document's title alone.
struct QueryConditions {
    /// The passages that have all that is required, without the excluded ones; nil where nothing is required.
    let required: RowSet?
    /// The passages that have anything that is excluded.
    let excluded: RowSet

    /// Nil where the query demands nothing.
    ///
    /// - Parameter postings: finds the store's postings, if they are wanted.
    /// - Complexity: a walk over the matches of each condition.
    init?(
        _ query: SearchQuery, findsOlderText: Bool, reader: any StoreReading, postings: () throws -> PostingsLookup
    ) throws {
        let demands = query.rows.filter { $0.demand != .optional }
        guard !demands.isEmpty else { return nil }
        var required: RowSet?
        var excluded = RowSet([])
        for row in demands {
            let passages = try Self.passages(with: row, findsOlderText: findsOlderText, reader, postings)
            if row.demand == .excluded {
                excluded = excluded.union(passages)
            } else {
                required = required?.intersection(passages) ?? passages
            }
        }
        self.required = required?.subtracting(excluded)
        self.excluded = excluded
    }

    func allows(_ passage: Int64) -> Bool { required?.contains(passage) ?? !excluded.contains(passage) }

    func allowed(among rows: RowSet) -> RowSet {
        required.map { rows.intersection($0) } ?? rows.subtracting(excluded)
    }

    private static func passages(
        with row: SearchQuery.Row, findsOlderText: Bool, _ reader: any StoreReading,
        _ postings: () throws -> PostingsLookup
    ) throws -> RowSet {
        let phrases = try row.phrases(findsOlderText: findsOlderText) { try reader.keywordTokens(of: $0).first }
        let expression = phrases.map(\.expression).joined(separator: " OR ")
        guard row.inTitle else {
            return try postings().passages(with: phrases, reader: reader)
                ?? reader.passages(matchExpression: expression)
        }
        // The index has the title in the text of each passage and does not say where it ends.
        let wanted = try phrases.map { phrase in (phrase, try phrase.words.flatMap(reader.keywordTokens)) }
        let documents = try reader.documents(matchExpression: expression) { title in
            let shown = PreparedDocument.shownTitle(title) ?? ""
            let tokens = try reader.keywordTokens(of: KeywordText.searchText(shown) ?? shown)
            return wanted.contains { $0.isHeld(by: tokens, asTokens: $1) }
        }
        return try reader.passages(ofDocuments: documents)
    }
}
