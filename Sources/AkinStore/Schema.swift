import AkinMigrations
import GRDB

/// How a store's tables, indexes, views and triggers are defined, by which formats differ.
struct Schema {
    /// SQL by kind and name.
    private let definitions: [String: String]

    /// That of a database, less the tables that SQLite and FTS5 make for themselves, which may differ from version to version.
    init(of database: Database) throws {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT type || ' ' || name, sql FROM sqlite_schema
                WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND NOT (type = 'table' AND name LIKE 'passage_search_%')
                """)
        definitions = Dictionary(
            rows.map { (String.fromDatabaseValue($0[0]) ?? "", String.fromDatabaseValue($0[1]) ?? "") }, uniquingKeysWith: { first, _ in first })
    }

    /// That of the stores of a format.
    init(format: Int) throws {
        self = try DatabaseQueue().write { database in
            for step in 0..<format { try database.execute(sql: Migrations.all[step].sql) }
            return try Schema(of: database)
        }
    }

    /// What is defined otherwise here, or not at all, such as `table passage`. Whatever else there is does no harm.
    func differences(from expected: Schema) -> [String] {
        expected.definitions.filter { definitions[$0.key] != $0.value }.keys.sorted()
    }
}

extension Store {
    /// Whether a file's header tells another format than its tables are of, as after a changed bit.
    package static func tellsAWrongFormat(_ path: String) -> Bool {
        var configuration = Configuration()
        configuration.readonly = true
        let path = StoreFile.canonical(path)
        guard (try? Companions.requirePlain(besides: path, isWriter: false)) != nil else { return false }
        let found = try? DatabaseQueue(path: path, configuration: configuration).read { database in
            (try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0, try Schema(of: database))
        }
        guard let (told, schema) = found, told != formatVersion, let current = try? Schema(format: formatVersion) else { return false }
        return schema.differences(from: current).isEmpty
    }
}
