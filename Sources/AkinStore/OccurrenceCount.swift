import GRDB
import GRDBSQLite

/// The SQL function `akin_occurrences(passage_search)`: how often the phrases of a full-text expression stand in a row.
///
/// FTS5 knows where words stand and `bm25()` counts that, but beside it walks over all matches once more and looks up
/// the length of each row.
enum OccurrenceCount {
    static let name = "akin_occurrences"

    /// Makes the function known to a connection.
    static func register(_ database: Database) throws {
        let api = unsafe FTS5.api(database)
        let code = unsafe api.pointee.xCreateFunction(
            UnsafeMutablePointer(mutating: api), name, nil,
            { extensionAPI, row, context, _, _ in
                var count: CInt = 0
                guard let extensionAPI = unsafe extensionAPI,
                    let counts = unsafe extensionAPI.pointee.xInstCount
                else { return }
                let code = unsafe counts(row, &count)
                if code == SQLITE_OK {
                    unsafe sqlite3_result_int64(context, Int64(count))
                } else {
                    unsafe sqlite3_result_error_code(context, code)
                }
            }, nil)
        guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }
}
