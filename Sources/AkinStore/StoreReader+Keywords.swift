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

    private func scores(
        _ sql: String, _ arguments: StatementArguments, of expression: String, limit: Int = .max,
        isAllowed: (Int64) throws -> Bool = { _ in true }
    ) throws -> [(passage: Int64, score: Double)] {
        do {
            var scores: [(passage: Int64, score: Double)] = []
            let cursor = try rows(sql, arguments)
            while scores.count < limit, let row = try cursor.next() {
                let passage: Int64 = try row.decode(atIndex: 0)
                if try isAllowed(passage) { scores.append((passage, try row.decode(atIndex: 1))) }
            }
            return scores
        } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR && !error.isMalformed {
            throw AkinError(
                .invalidArgument,
                "The keyword expression \(expression) cannot be read: \(error.message ?? "unknown reason").")
        }
    }
}
