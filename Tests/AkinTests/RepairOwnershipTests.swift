import Akin
import AkinCore
import AkinTestSupport
import Foundation
import GRDB
import Testing

/// `repair` rebuilds nothing that is not its own, and calls nothing whole that has lost something.
@Suite struct RepairOwnershipTests {
    private static func store(in folder: TemporaryFolder) async throws -> String {
        let path = folder.path("store.db")
        let database = try await Database.open(at: path, mode: .create, configuration: .tiny())
        _ = try await database.put(SampleTexts.documents(0..<20))
        try await database.close()
        return path
    }

    private static func execute(_ sql: String, at path: String) throws {
        try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: sql) }
    }

    private static func overwrite(_ path: String, at place: Int, with bytes: [UInt8]) throws {
        let file = try FileHandle(forUpdating: URL(filePath: path))
        try file.seek(toOffset: UInt64(place))
        try file.write(contentsOf: Data(bytes))
        try file.close()
    }

    private static let foreign =
        "CREATE TABLE recipe (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO recipe (name) VALUES ('soup')"
    private static let manyTables = (0..<24).map {
        "CREATE TABLE t\($0) (id INTEGER PRIMARY KEY, a, b); CREATE INDEX i\($0) ON t\($0) (a, b)"
    }
    .joined(separator: ";")

    /// Files that are to be refused and left as they are: how each is made, the error's code, and what its message
    /// says.
    static let refused:
        [(name: String, make: @Sendable (TemporaryFolder) async throws -> String, code: AkinError.Code, says: String)] =
            [
                (
                    "foreign",
                    { folder in
                        try execute(foreign, at: folder.path("x.db"))
                        return folder.path("x.db")
                    }, .invalidData, "another program and has table recipe"
                ),
                (
                    "foreign with pages of Akin's size",
                    { folder in
                        try execute(
                            "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; \(manyTables)", at: folder.path("x.db")
                        )
                        return folder.path("x.db")
                    }, .invalidData, "another program"
                ),
                (
                    "foreign in UTF-16",
                    { folder in
                        try execute("PRAGMA encoding = 'UTF-16'; \(foreign)", at: folder.path("x.db"))
                        return folder.path("x.db")
                    }, .invalidData, "table recipe"
                ),
                (
                    "foreign without its first page",
                    { folder in
                        try execute("PRAGMA page_size = 8192; \(manyTables)", at: folder.path("x.db"))
                        try overwrite(folder.path("x.db"), at: 0, with: [UInt8](repeating: 0, count: 8192))
                        return folder.path("x.db")
                    }, .invalidData, "left as it is"
                ),
                (
                    "foreign with Akin's id and a newer format",
                    { folder in
                        try execute(
                            "\(foreign); PRAGMA application_id = 1097558382; PRAGMA user_version = 9",
                            at: folder.path("x.db"))
                        return folder.path("x.db")
                    }, .incompatible, "newer Akin (format 9, this one knows 6) and has table recipe"
                ),
                (
                    "noise",
                    { folder in
                        try folder.write(
                            "x.db", Data((0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 9) }))
                    }, .invalidData, "not an Akin store"
                ),
                ("empty", { folder in try folder.write("x.db", Data()) }, .noInput, "no store"),
                (
                    "a newer Akin's with another table",
                    { folder in
                        let path = try await store(in: folder)
                        try execute(
                            "CREATE TABLE label (document INTEGER, name TEXT) STRICT; PRAGMA user_version = 9", at: path
                        )
                        return path
                    }, .incompatible, "newer Akin (format 9, this one knows 6) and has table label"
                ),
                (
                    "a newer Akin's with another index",
                    { folder in
                        let path = try await store(in: folder)
                        try execute(
                            "CREATE INDEX document_title ON document (title); PRAGMA user_version = 9", at: path)
                        return path
                    }, .incompatible, "index document_title"
                ),
                (
                    "a newer Akin's with another column",
                    { folder in
                        let path = try await store(in: folder)
                        try execute("ALTER TABLE document ADD COLUMN language TEXT; PRAGMA user_version = 9", at: path)
                        return path
                    }, .incompatible, "newer Akin"
                ),
                (
                    "a store with another id and another table",
                    { folder in
                        let path = try await store(in: folder)
                        try execute("CREATE TABLE label (a); PRAGMA application_id = 7", at: path)
                        return path
                    }, .invalidData, "table label"
                ),
            ]

    @Test(arguments: refused.indices) func `what is not its own is refused and left byte for byte`(index: Int)
        async throws
    {
        let (name, make, code, says) = Self.refused[index]
        let folder = try TemporaryFolder()
        let path = try await make(folder)
        let bytes = try Data(contentsOf: URL(filePath: path))
        let error = await #expect(throws: AkinError.self, "\(name)") {
            try await Database.repair(at: path, configuration: .tiny())
        }
        #expect(error?.code == code && error?.message.contains(says) == true, "\(name): \(error?.description ?? "")")
        #expect(try Data(contentsOf: URL(filePath: path)) == bytes, "\(name)")
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(left.allSatisfy { !$0.contains("damaged") && !$0.contains("rebuild") }, "\(name): \(left)")
    }

    @Test(arguments: ["PRAGMA application_id = 7", "PRAGMA user_version = 77", "PRAGMA user_version = 1"])
    func `of a whole store with a wrong header the header alone is mended`(sql: String) async throws {
        let folder = try TemporaryFolder()
        let path = try await Self.store(in: folder)
        try Self.execute(sql, at: path)
        let report = try await Database.repair(at: path, configuration: .tiny())
        #expect(report.losses == [] && report.damagedCopy == nil && report.documents == 20)
        #expect(report.findings.count == 1 && report.done.contains { $0.message.contains("header") }, "\(report)")
        let database = try await Database.open(at: path, configuration: .tiny())
        #expect(try await database.verify() == [])
    }

    /// A header is not believed where the rows are not whole: then the store is rebuilt, and what was altered is told.
    @Test func `a store with a wrong header and an altered row is rebuilt`() async throws {
        let folder = try TemporaryFolder()
        let path = try await Self.store(in: folder)
        try Self.execute("UPDATE document SET title = 'forged' WHERE id = 3; PRAGMA application_id = 7", at: path)
        let report = try await Database.repair(at: path, configuration: .tiny())
        #expect(report.damagedCopy != nil && report.documents == 20)
        #expect(report.losses.contains { $0.message.contains("may have been altered") }, "\(report.losses)")
    }

    @Test func `a table of others in a damaged store is a loss by name, and kept in the copy`() async throws {
        let folder = try TemporaryFolder()
        let path = try await Self.store(in: folder)
        try Self.execute(
            "\(Self.foreign); DELETE FROM metadata; DELETE FROM passage_search_docsize WHERE id = 1", at: path)
        let report = try await Database.repair(at: path, configuration: .tiny())
        let copy = try #require(report.damagedCopy)
        #expect(
            report.losses == [
                "The table recipe of 1 rows, which Akin did not make, was left out: it is kept in \(copy)."
            ])
        #expect(
            try await DatabaseQueue(path: copy).read { try String.fetchOne($0, sql: "SELECT name FROM recipe") }
                == "soup")
    }

    @Test func `a table of others in a whole store is left alone`() async throws {
        let folder = try TemporaryFolder()
        let path = try await Self.store(in: folder)
        try Self.execute(Self.foreign, at: path)
        let report = try await Database.repair(at: path, configuration: .tiny())
        #expect(report.findings == [] && report.losses == [] && report.damagedCopy == nil)
        #expect(
            try await DatabaseQueue(path: path).read { try String.fetchOne($0, sql: "SELECT name FROM recipe") }
                == "soup")
    }

    @Test func `a trigger that was planted is named by the error, and repair removes it`() async throws {
        let folder = try TemporaryFolder()
        let path = try await Self.store(in: folder)
        try Self.execute("CREATE TRIGGER evil AFTER INSERT ON passage BEGIN DELETE FROM vector; END", at: path)
        let error = await #expect(throws: AkinError.self) {
            try await Database.open(at: path, mode: .readWrite, configuration: .tiny())
        }
        #expect(error?.message.contains("trigger evil") == true)
        let report = try await Database.repair(at: path, configuration: .tiny())
        #expect(
            report.losses == [] && report.damagedCopy != nil
                && report.done.contains { $0.message.contains("trigger evil") },
            "\(report)")
        let database = try await Database.open(at: path, mode: .readWrite, configuration: .tiny())
        #expect(try await database.verify() == [])
        try await database.close()
    }
}
