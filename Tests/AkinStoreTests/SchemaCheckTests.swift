import AkinCore
import AkinStore
import AkinTestSupport
import Crypto
import Foundation
import GRDB
import Testing

/// What strangers define in a store is never run.
@Suite struct SchemaCheckTests {
    /// Titles of what is planted, and the SQL that plants it.
    static let planted = [
        (
            "trigger evil",
            "CREATE TRIGGER evil AFTER INSERT ON passage BEGIN DELETE FROM vector WHERE passage = new.id; END"
        ),
        (
            "trigger endless",
            """
            CREATE TRIGGER endless AFTER INSERT ON document BEGIN
                INSERT INTO store (key, value)
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 'x', i FROM n WHERE i < 0;
            END
            """
        ),
        (
            "view endless",
            "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
        ),
        ("table other_search", "CREATE VIRTUAL TABLE other_search USING fts5 (text)"),
        ("index evil", "CREATE INDEX evil ON passage (length(hex(zeroblob(1000)) || text))"),
        ("index evil", "CREATE UNIQUE INDEX evil ON document (source)"),
        ("index evil", "CREATE INDEX evil ON document (source) WHERE source > ''"),
        ("table slow", "CREATE TABLE slow (a CHECK (length(hex(zeroblob(a))) > 1))"),
        ("table slow", "CREATE TABLE slow (a, b AS (hex(zeroblob(a))))"),
        ("trigger passage_search_insert", "DROP TRIGGER passage_search_insert"),
        (
            "trigger passage_search_delete",
            "DROP TRIGGER passage_search_delete; CREATE TRIGGER passage_search_delete AFTER DELETE ON passage BEGIN SELECT 1; END"
        ),
        (
            "view passage_search_text",
            "DROP VIEW passage_search_text; CREATE VIEW passage_search_text AS SELECT id, 'x' AS text FROM passage"
        ),
        ("index document_source", "DROP INDEX document_source"),
        ("table document", "ALTER TABLE document ADD COLUMN note TEXT DEFAULT 'x'"),
        ("table document", "ALTER TABLE document ADD COLUMN hidden TEXT AS (hex(metadata)) VIRTUAL"),
        (
            "table passage_search_config",
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = 'CREATE TABLE passage_search_config(k PRIMARY KEY, v, w AS (hex(v))) WITHOUT ROWID'
            WHERE name = 'passage_search_config'
            """
        ),
    ]

    private func filled() throws -> StoreFixture {
        let fixture = try StoreFixture()
        try fixture.put("a", "The ferry leaves at nine.")
        try fixture.store.close()
        return fixture
    }

    @Test(arguments: planted) func `what is planted in a store is refused by name, and nothing is run or written`(
        title: String, sql: String
    ) throws {
        let fixture = try filled()
        try DatabaseQueue(path: fixture.path).writeWithoutTransaction { try $0.execute(sql: sql) }
        let rows = try Self.rows(fixture.path)
        for mode in [StoreMode.readOnly, .readWrite(createIfMissing: true)] {
            #expect(errorCode { try Store(path: fixture.path, mode: mode) } == .invalidData)
            let message = errorMessage { try Store(path: fixture.path, mode: mode) }
            #expect(message.contains(title) && message.contains("Database.repair(at:)"), "\(message)")
        }
        #expect(try Self.rows(fixture.path) == rows)
    }

    private static func rows(_ path: String) throws -> [[Row]] {
        try DatabaseQueue(path: path).read { database in
            try ["sqlite_schema", "store", "document", "passage", "vector", "change"].map {
                // Where tables begin is of no account.
                try Row.fetchAll(database, sql: "SELECT \($0 == "sqlite_schema" ? "type, name, sql" : "*") FROM \($0)")
            }
        }
    }

    @Test(arguments: planted) func `repair removes what is planted, by name, and keeps a copy and every document`(
        title: String, sql: String
    ) throws {
        let fixture = try filled()
        try DatabaseQueue(path: fixture.path).writeWithoutTransaction { try $0.execute(sql: sql) }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        let rebuilding = try Store.rebuild(path: fixture.path) { _ in [] }
        #expect(
            (rebuilding.definitions + rebuilding.losses.map(\.message)).contains { $0.contains(title) }, "\(rebuilding)"
        )
        #expect(try Data(contentsOf: URL(fileURLWithPath: rebuilding.damagedCopy)) == bytes)
        let store = try Store(path: fixture.path, mode: .readWrite(createIfMissing: false))
        #expect(try store.verify() == [])
        #expect(try store.read { try $0.documentIDs().map(\.id) } == ["a"])
        #expect(try store.read { try $0.keywordSearch(matchExpression: "ferry", limit: 5).count } == 1)
    }

    @Test(arguments: ["CREATE TABLE notes (a TEXT, b VARCHAR(20))", "CREATE INDEX mine ON document (title, updated)"])
    func `plain tables and indexes of others do no harm`(sql: String) throws {
        let fixture = try filled()
        try DatabaseQueue(path: fixture.path).writeWithoutTransaction { try $0.execute(sql: sql) }
        let store = try Store(path: fixture.path, mode: .readWrite(createIfMissing: false))
        #expect(try store.write { try $0.put(.test("b", ["two"], space: fixture.space)) } == .inserted)
        #expect(try store.verify() == [])
    }

    /// In an older store too, before it is updated.
    @Test func `what is planted in an older store is refused`() throws {
        let folder = try TemporaryFolder()
        let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
            path: "Goldens/format-1.store")
        try FileManager.default.copyItem(at: golden, to: folder.url.appending(path: "old.db"))
        let path = folder.path("old.db")
        try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: Self.planted[0].1) }
        #expect(
            errorMessage { try Store(path: path, mode: .readWrite(createIfMissing: false)) }.contains("trigger evil"))
        #expect(try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 1)
    }

    /// A store whose digest is known needs no closer look; a digest that is not that of its format would cost each
    /// opening milliseconds.
    @Test func `the digest of the format is that of a store's definitions`() throws {
        let fixture = try filled()
        let kept = Set(["data", "idx", "content", "docsize", "config"].map { "passage_search_\($0)" })
        let rows = try DatabaseQueue(path: fixture.path).read {
            try Row.fetchAll(
                $0,
                sql: "SELECT type || ' ' || name, sql, type, name FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY 1")
        }
        var hash = SHA256()
        for row in rows where !(row[2] == "table" && (kept.contains(row[3]) || (row[3] as String).hasPrefix("sqlite_")))
        {
            hash.update(data: Data("\(row[0] as String)\u{0}\(row[1] as String)\u{0}".utf8))
        }
        let digest = hash.finalize().prefix(8).map { String(format: "%02x", $0) }.joined()
        #expect(SchemaCheck.digests.count == Store.formatVersion && SchemaCheck.digests.last == digest)
    }
}
