import AkinCore
import AkinMigrations
import Crypto
import Foundation
import GRDB

/// What is defined in a store's file, tables, indexes, views and triggers, by which formats differ.
struct Schema: Equatable {
    /// One row of `sqlite_schema`.
    struct Definition: Equatable {
        let kind: String
        let name: String
        let sql: String

        /// Breaks of lines and other white space make no difference.
        static func == (one: Definition, other: Definition) -> Bool {
            one.title == other.title
                && (one.sql == other.sql
                    || one.sql.split(whereSeparator: \.isWhitespace) == other.sql.split(whereSeparator: \.isWhitespace))
        }

        /// Kind and name, such as `table passage`.
        var title: String { "\(kind) \(name)" }

        /// Whether SQLite or FTS5 made it to keep what belongs to another definition. The wording may differ from
        /// version to version.
        fileprivate var isKeptBySQLite: Bool {
            kind == "table" && (name.hasPrefix("sqlite_") || Schema.tablesOfKeywordIndex.contains(name)) && !isActive
        }

        /// Whether it makes SQLite do more than keep rows where it is read, written or checked: triggers, views,
        /// virtual tables, and tables and indexes that compute or refuse values.
        var isActive: Bool {
            let upper = sql.uppercased()
            switch kind {
            case "table":
                let words = Set(upper.split { !$0.isLetter })
                return words.contains("VIRTUAL") || words.contains("CHECK") || words.contains("GENERATED")
                    || words.contains("AS")
            case "index":
                // Only a list of columns: no expressions, no condition, no rule for the rows.
                let parts = upper.split(separator: "(", omittingEmptySubsequences: false)
                return parts.count != 2 || !upper.hasSuffix(")") || upper.hasPrefix("CREATE UNIQUE")
                    || upper.contains("COLLATE")
            default: return true
            }
        }
    }

    /// By title.
    private let definitions: [String: Definition]

    fileprivate static let tablesOfKeywordIndex = Set(
        ["data", "idx", "content", "docsize", "config"].map { "passage_search_\($0)" })

    /// That of a database, less the tables that SQLite and FTS5 make for themselves.
    init(of database: Database) throws {
        let rows = try Row.fetchAll(database, sql: "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        var definitions: [String: Definition] = [:]
        for row in rows {
            func text(_ index: Int) -> String { String.fromDatabaseValue(row[index]) ?? "" }
            let definition = Definition(kind: text(0), name: text(1), sql: text(2))
            if !definition.isKeptBySQLite { definitions[definition.title] = definition }
        }
        self.definitions = definitions
    }

    /// That of the stores of a format.
    init(format: Int) throws {
        self = try DatabaseQueue().write { database in
            for step in 0..<format { try database.execute(sql: Migrations.all[step].sql) }
            return try Schema(of: database)
        }
    }

    /// The formats whose definitions are all here, newest first. The first of them is the store's.
    static func format(of schema: Schema) throws -> Int? {
        try (1...Migrations.all.count).reversed().first { try schema.differences(from: Schema(format: $0)).isEmpty }
    }

    /// What is defined differently here, or not at all, by title.
    func differences(from expected: Schema) -> [String] {
        expected.definitions.filter { definitions[$0.key] != $0.value }.keys.sorted()
    }

    /// Definitions that are here and not there.
    func additions(to expected: Schema) -> [Definition] {
        definitions.filter { expected.definitions[$0.key] == nil }.values.sorted { $0.title < $1.title }
    }

    /// The first 16 hexadecimal digits of SHA-256 over all definitions.
    var digest: String {
        var hash = SHA256()
        for definition in definitions.values.sorted(by: { $0.title < $1.title }) {
            hash.update(data: Data("\(definition.title)\u{0}\(definition.sql)\u{0}".utf8))
        }
        return hash.finalize().prefix(8).hexadecimal
    }
}

extension Store {
    /// Whether a file's header names another format than the one its tables have, as after a changed bit.
    package static func tellsAWrongFormat(_ path: String) -> Bool {
        var configuration = Configuration()
        configuration.readonly = true
        let path = StoreFile.canonical(path)
        guard (try? Companions.requirePlain(besides: path, isWriter: false)) != nil else { return false }
        let found = try? DatabaseQueue(path: path, configuration: configuration).read { database in
            (try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0, try Schema(of: database))
        }
        guard let (told, schema) = found, told != formatVersion, let current = try? Schema(format: formatVersion) else {
            return false
        }
        return schema == current
    }
}
