import AkinCore
import GRDB

/// The numbers from which SQLite continues when it assigns row ids (the table `sqlite_sequence`, which has no rules for
/// its values).
enum RowSequences {
    /// Tables whose new rows would not get ids that can be and that no row has had.
    static func faults(_ database: Database) throws -> [String] {
        try RowLimits.sequences.sorted { $0.key < $1.key }.compactMap { table, range in
            let key = table == "change" ? "sequence" : "id"
            let rows = try Row.fetchAll(
                database, sql: "SELECT seq, typeof(seq) = 'integer' FROM sqlite_sequence WHERE name = ?",
                arguments: [table])
            let greatest = try Int64.fetchOne(database, sql: "SELECT max(\(key)) FROM \(table)")
            guard rows.count <= 1, !(rows.isEmpty && greatest != nil) else { return table }
            guard let row = rows.first else { return nil }
            guard Bool.fromDatabaseValue(row[1]) == true, let given = Int64.fromDatabaseValue(row[0]),
                given >= greatest ?? 0,
                given < range.upperBound
            else { return table }
            return nil
        }
    }

    static func message(_ table: String) -> String {
        "The number after which rows of table \(table) get their ids is damaged."
    }

    /// - Throws: `AkinError(.invalidData)` where new rows would get wrong ids.
    static func requireSound(_ database: Database, path: String) throws {
        guard let table = try faults(database).first else { return }
        throw AkinError(
            .invalidData, "The store \(path) cannot be written. \(message(table))", remedy: .mendStore,
            cause: DatabaseError(resultCode: .SQLITE_CORRUPT, message: "sqlite_sequence"))
    }
}
