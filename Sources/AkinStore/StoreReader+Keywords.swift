import AkinCore
import Foundation
import GRDB

extension StoreReader {
    /// The passages that match an FTS5 expression, best first, equals by passage id.
    ///
    /// The score is SQLite's BM25 (k1 = 1.2, b = 0.75) with its sign flipped: larger is better.
    ///
    /// - Throws: `AkinError(.invalidArgument)` when FTS5 cannot read the expression.
    package func keywordSearch(matchExpression: String, limit: Int) throws -> [(passage: Int64, score: Double)] {
        try scores(
            """
            SELECT rowid, -bm25(passage_search) AS score FROM passage_search WHERE passage_search MATCH ?
            ORDER BY score DESC, rowid LIMIT ?
            """, [matchExpression, limit], of: matchExpression)
    }

    /// The passages among those allowed that match an FTS5 expression, best first, equals by passage id.
    ///
    /// Every match is scored and sorted by SQLite; `isAllowed` is called until `limit` allowed ones are found.
    ///
    /// - Throws: as `keywordSearch(matchExpression:limit:)`; whatever `isAllowed` throws.
    package func keywordSearch(
        matchExpression: String, limit: Int, isAllowed: (Int64) throws -> Bool
    ) throws -> [(passage: Int64, score: Double)] {
        try scores(
            """
            SELECT rowid, -bm25(passage_search) AS score FROM passage_search WHERE passage_search MATCH ? ORDER BY score DESC, rowid
            """, [matchExpression], of: matchExpression, limit: limit, isAllowed: isAllowed)
    }

    /// The scores of those among `passages` that match an FTS5 expression.
    ///
    /// - Throws: `AkinError(.invalidArgument)` when FTS5 cannot read the expression.
    /// - Complexity: one walk over all matches, scores only for `passages`.
    package func keywordScores(matchExpression: String, passages: [Int64]) throws -> [Int64: Double] {
        let list = "[\(passages.map(String.init).joined(separator: ","))]"
        // The plus sign keeps SQLite from starting the full-text search again for each passage.
        let found = try scores(
            """
            SELECT rowid, -bm25(passage_search) FROM passage_search
            WHERE passage_search MATCH ? AND +rowid IN (SELECT value FROM json_each(?))
            """, [matchExpression, list], of: matchExpression)
        return Dictionary(found.map { ($0.passage, $0.score) }, uniquingKeysWith: { first, _ in first })
    }

    /// The passages that match an FTS5 expression, without scores.
    ///
    /// - Throws: `AkinError(.invalidArgument)` when FTS5 cannot read the expression.
    /// - Complexity: one walk over all matches.
    package func passages(matchExpression: String) throws -> RowSet {
        try reading(matchExpression) {
            var ids: [Int64] = []
            let cursor = try rows(
                "SELECT rowid FROM passage_search WHERE passage_search MATCH ? ORDER BY rowid", [matchExpression])
            while let row = try cursor.next() { ids.append(try row.decode(atIndex: 0)) }
            return RowSet(ids)
        }
    }

    /// The passages that match an FTS5 expression, ascending, and how often its phrases stand in each.
    ///
    /// - Throws: `AkinError(.invalidArgument)` when FTS5 cannot read the expression.
    /// - Complexity: one walk over all matches.
    package func keywordOccurrences(matchExpression: String) throws -> (passages: [Int64], counts: [UInt32]) {
        try reading(matchExpression) {
            var (passages, counts): ([Int64], [UInt32]) = ([], [])
            let cursor = try rows(
                """
                SELECT rowid, \(OccurrenceCount.name)(passage_search) FROM passage_search WHERE passage_search MATCH ?
                ORDER BY rowid
                """, [matchExpression])
            while let row = try cursor.next() {
                passages.append(try row.decode(atIndex: 0))
                counts.append(try row.decode(atIndex: 1))
            }
            return (passages, counts)
        }
    }

    /// The documents of passages that match an FTS5 expression and whose titles pass a test.
    ///
    /// - Throws: `AkinError(.invalidArgument)` when FTS5 cannot read the expression; whatever `holds` throws.
    /// - Complexity: one walk over all matches, and the test for each of their documents.
    package func documents(matchExpression: String, titleHolds holds: (String) throws -> Bool) throws -> RowSet {
        try reading(matchExpression) {
            var ids: [Int64] = []
            let cursor = try rows(
                """
                SELECT DISTINCT document.id, document.title FROM passage_search
                JOIN passage ON passage.id = passage_search.rowid JOIN document ON document.id = passage.document
                WHERE passage_search MATCH ? AND document.title IS NOT NULL
                """, [matchExpression])
            while let row = try cursor.next() {
                if try holds(row.decode(atIndex: 1)) { ids.append(try row.decode(atIndex: 0)) }
            }
            return try RowSet(ids).checkedDocuments()
        }
    }

    /// The tokens that the keyword index makes of a text, in order: words in lower case without their English endings.
    package func keywordTokens(of text: String) throws -> [String] {
        let terms = try keywordTerms(of: [text])[0]
        return (0..<terms.count).map { String(decoding: terms[$0], as: UTF8.self) }
    }

    private func scores(
        _ sql: String, _ arguments: StatementArguments, of expression: String, limit: Int = .max,
        isAllowed: (Int64) throws -> Bool = { _ in true }
    ) throws -> [(passage: Int64, score: Double)] {
        try reading(expression) {
            var scores: [(passage: Int64, score: Double)] = []
            let cursor = try rows(sql, arguments)
            while scores.count < limit, let row = try cursor.next() {
                let passage: Int64 = try row.decode(atIndex: 0)
                if try isAllowed(passage) { scores.append((passage, try row.decode(atIndex: 1))) }
            }
            return scores
        }
    }

    /// Runs a body that asks FTS5, and says which expression it could not read.
    private func reading<T>(_ expression: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR && !error.isMalformed {
            throw AkinError(
                .invalidArgument,
                "The keyword expression \(expression) cannot be read: \(error.message ?? "unknown reason").")
        }
    }
}
