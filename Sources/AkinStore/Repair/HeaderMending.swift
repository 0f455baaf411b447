package import AkinCore
import AkinMigrations
import Foundation
import GRDB

extension Store {
    /// A header that was wrong about its store, and was corrected.
    package struct HeaderMending: Sendable {
        package let finding: StoreFinding
        package let done: String
    }

    /// Finds whether a file whose header does not say so is a store of a known format, so that no file of another
    /// program or of a newer Akin is ever repaired.
    ///
    /// | SQLite reads its definitions as | what becomes of it |
    /// |---|---|
    /// | those of the format it tells, with Akin's id | nothing here |
    /// | exactly those of a format, its rows whole | the two numbers of the header are mended |
    /// | exactly those of a format, its rows damaged | nothing here: it is rebuilt |
    /// | anything else, with another id or a newer format | it is refused |
    /// | nothing at all | nothing here: its pages tell |
    ///
    /// No connection of this process to the file may be open.
    ///
    /// - Returns: nil when nothing was done.
    /// - Throws: `AkinError(.invalidData)` for a file of another program, `.incompatible` for one of a newer Akin; both
    ///   are left as they are.
    package static func mendHeader(path given: String, lockTimeout: Duration = .seconds(10)) throws -> HeaderMending? {
        let path = StoreFile.canonical(given)
        guard let identity = applicationID(inFileAt: path) else { return nil }
        let isMarked = identity == StoreFile.applicationID
        // Damage to what SQLite reads first is judged later, from the pages.
        guard
            let (told, schema) = try? looking(
                at: path,
                { database in
                    (try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0, try Schema(of: database))
                })
        else { return nil }
        let format = try Schema.format(of: schema)
        if isMarked, told == format || (format == nil && told <= formatVersion) { return nil }
        let unknown = try schema.additions(to: Schema(format: format ?? formatVersion)).map(\.title)
        guard let format, unknown.isEmpty else {
            let names = unknown.isEmpty ? "" : " and has \(SchemaCheck.listed(unknown))"
            guard isMarked else {
                throw AkinError(
                    .invalidData,
                    "\(path) is an SQLite file of another program\(names), and was left as it is.",
                    remedy: .giveAnother(.store))
            }
            if told <= formatVersion { return nil }
            throw AkinError(
                .incompatible,
                "\(path) was written by a newer Akin (format \(told), this one knows \(formatVersion))\(names), and was left as it is: upgrade."
            )
        }
        guard (try? looking(at: path, hasWholeRows)) == true else { return nil }
        try FileLock(ofStore: path).withLock(timeout: lockTimeout) {
            try translatingErrors(path: path) {
                try DatabaseQueue(path: path, configuration: Connections.configuration()).writeWithoutTransaction {
                    database in
                    try database.execute(
                        sql: "PRAGMA application_id = \(StoreFile.applicationID); PRAGMA user_version = \(format)")
                    try Connections.checkpoint(database)
                }
            }
        }
        let wrong = isMarked ? "format \(told)" : "another program"
        return HeaderMending(
            finding: StoreFinding(
                .file, .invalid,
                "The header of \(path) says that it is of \(wrong), but it is a whole store of format \(format)."),
            done: "The header on its first page was corrected; nothing else was changed.")
    }

    /// Nil where the file does not begin as SQLite's do.
    private static func applicationID(inFileAt path: String) -> Int32? {
        guard let file = try? FileHandle(forReadingFrom: URL(fileURLWithPath: path)) else { return nil }
        defer { try? file.close() }
        return (try? file.read(upToCount: SQLiteHeader.length)).flatMap { SQLiteHeader($0) }?.applicationID
    }

    /// Reads by a connection that changes nothing and, where there is no log, leaves nothing beside the file.
    private static func looking<T>(at path: String, _ body: (Database) throws -> T) throws -> T {
        var configuration = Connections.configuration()
        configuration.readonly = true
        let place = StoreFile.size(of: path + "-wal") == 0 ? StoreFile.immutableAddress(of: path) ?? path : path
        return try DatabaseQueue(path: place, configuration: configuration).read(body)
    }

    /// Whether a database of Akin's definitions is sound, and what it holds was written by Akin.
    private static func hasWholeRows(_ database: Database) throws -> Bool {
        guard try String.fetchAll(database, sql: "PRAGMA quick_check(1)") == ["ok"] else { return false }
        let uuid = try String.fetchOne(database, sql: "SELECT value FROM store WHERE key = 'uuid'")
        guard uuid.flatMap(UUID.init(uuidString:)) != nil else { return false }
        return try RowChecksum.allCases.allSatisfy { table in
            guard try database.tableExists(table.rawValue) else { return true }
            let hasChecksums = try database.columns(in: table.rawValue).contains { $0.name == "checksum" }
            let altered = "SELECT EXISTS (SELECT 1 FROM \(table.rawValue) WHERE \(table.isAltered))"
            return try !hasChecksums || Bool.fetchOne(database, sql: altered) == false
        }
    }
}
