import AkinCore
import AkinStore
import AkinTestSupport
import Foundation
import GRDB
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Damaged pages, damaged logs, logs that cannot be merged.
@Suite struct StoreDamageTests {
    private static let pageSize = 8_192

    /// A closed store with some hundred documents.
    private func filledStore() throws -> StoreFixture {
        let fixture = try StoreFixture(dimension: 64)
        try fixture.store.write { writer in
            for number in 0..<300 {
                let texts = ["text number \(number)", "word\(number) and more"]
                _ = try writer.put(
                    .test("d\(number)", texts, space: fixture.space, dimension: 64, seed: UInt64(number)))
            }
        }
        try fixture.store.close()
        return fixture
    }

    private func rootPage(of table: String, in path: String) throws -> Int {
        try DatabaseQueue(path: path).read { database in
            try #require(
                try Int.fetchOne(database, sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?", arguments: [table])
            )
        }
    }

    /// Overwrites one page in three behind the header; the table opening reads is spared.
    @Test(arguments: ["zero", "random"], [0, 1, 2])
    func `damaged pages are reported by verify`(kind: String, offset: Int) throws {
        let fixture = try filledStore()
        let spared = try rootPage(of: "store", in: fixture.path)
        let url = URL(fileURLWithPath: fixture.path)
        var bytes = try Data(contentsOf: url)
        var state = UInt64(offset) &+ 7
        for page in stride(from: 2 + offset, through: bytes.count / Self.pageSize, by: 3) where page != spared {
            for place in (page - 1) * Self.pageSize..<page * Self.pageSize {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes[place] = kind == "zero" ? 0 : UInt8(state >> 56)
            }
        }
        try bytes.write(to: url)
        for mode in [StoreMode.readOnly, .readWrite(createIfMissing: false)] {
            let store: Store
            do {
                store = try Store(path: fixture.path, mode: mode)
            } catch let error as AkinError where error.code == .invalidData {
                // Opening for writing needs an unused page, and the list of those may be damaged.
                continue
            }
            let findings = try store.verify().map(\.message)
            #expect(!findings.isEmpty)
            #expect(
                !findings.contains { $0.contains("Database.repair") || $0.contains("Database.verify") })
        }
    }

    @Test func `a damaged page is reported with what to do`() throws {
        let fixture = try filledStore()
        let page = try rootPage(of: "document", in: fixture.path)
        let url = URL(fileURLWithPath: fixture.path)
        var bytes = try Data(contentsOf: url)
        bytes.replaceSubrange((page - 1) * Self.pageSize..<page * Self.pageSize, with: Data(count: Self.pageSize))
        try bytes.write(to: url)
        let reader = try Store(path: fixture.path, mode: .readOnly)
        let message = errorMessage { try reader.read { try $0.documentIDs() } }
        #expect(
            message.contains(
                "Call `Database.verify()` to see what is damaged, then call `Database.repair(at:)` to save what can be read, or restore"
            ))
    }

    /// The log of a new store is merged at once, so the file alone says what it is.
    @Test func `a new store stands without its log`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("a.db")
        let store = try Store(path: path, mode: .readWrite(createIfMissing: true))
        let target = folder.path("copy.db")
        try Process.run(URL(fileURLWithPath: "/bin/cp"), arguments: [path, target]).waitUntilExit()
        #expect(try Store(path: target, mode: .readOnly).uuid == store.uuid)
    }

    /// A file whose whole schema stood in a log that cannot be read any more: header of format 0, or nothing at all,
    /// beside a log.
    @Test(arguments: ["header", "empty"], [StoreMode.readOnly, .readWrite(createIfMissing: true)])
    func `no new store is made over a damaged log`(kind: String, mode: StoreMode) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("a.db")
        if kind == "header" {
            try DatabaseQueue(path: path).writeWithoutTransaction {
                try $0.execute(
                    sql: "PRAGMA page_size = 8192; PRAGMA application_id = 1097558382; PRAGMA journal_mode = WAL")
            }
        } else {
            try folder.write("a.db", "")
        }
        let log = try folder.write("a.db-wal", String(repeating: "This was a log once. ", count: 30_000))
        let (file, logged) = try (
            Data(contentsOf: URL(fileURLWithPath: path)), Data(contentsOf: URL(fileURLWithPath: log))
        )
        for _ in 0..<2 {
            #expect(errorCode { try Store(path: path, mode: mode) } == .invalidData)
            #expect(
                errorMessage { try Store(path: path, mode: mode) }.contains(
                    "the write-ahead log \(path)-wal is damaged"))
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == file)
        #expect(try Data(contentsOf: URL(fileURLWithPath: log)) == logged)
    }

    /// Cutting the log off under an open store makes every checkpoint fail.
    @Test func `a store whose maker was killed is made again`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("a.db")
        // What is on the disk when the first transaction was being written: a database without tables, and the
        // beginning of a log.
        try DatabaseQueue(path: path).writeWithoutTransaction {
            try $0.execute(
                sql: "PRAGMA page_size = 8192; PRAGMA application_id = 1097558382; PRAGMA journal_mode = WAL")
        }
        try folder.write("a.db-wal", String(repeating: "half a page", count: 3_000))
        #expect(errorCode { try Store(path: path, mode: .readOnly) } == .noInput)
        let store = try Store(path: path, mode: .readWrite(createIfMissing: true))
        #expect(try store.read { try $0.documentCount() } == 0)
        #expect(try store.verify() == [])
    }

    @Test(arguments: ["checkpoint", "close"])
    func `a commit stands though the merge after it fails`(call: String) throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        #expect(truncate(fixture.path + "-wal", 40) == 0)
        let error = #expect(throws: AkinError.self) {
            try call == "close" ? fixture.store.close() : fixture.store.checkpoint()
        }
        #expect(error?.code == .inputOutput)
        #expect(
            error?.message.contains(
                "What was committed is safe in the log \(fixture.path)-wal, but it could not be merged") == true)
        if call == "close" { try fixture.store.close() }
    }

    /// SQLite merges no log into a file that is shorter than the log explains. The pages the commit itself needs are in
    /// memory.
    @Test func `a commit stands though its checkpoint fails`() throws {
        let fixture = try StoreFixture()
        try fixture.store.write { try $0.setSetting("first", String(repeating: "a", count: 30 << 20)) }
        #expect(truncate(fixture.path, 8_192) == 0)
        let result = try fixture.store.write { writer in
            try writer.setSetting("second", String(repeating: "b", count: 17 << 20))
            return "committed"
        }
        #expect(result == "committed")
        #expect(throws: AkinError.self) { try fixture.store.checkpoint() }
    }
}

/// Paths where no store can be.
@Suite struct StorePathTests {
    @Test(arguments: [StoreMode.readOnly, .readWrite(createIfMissing: true)])
    func `folders and devices are refused before any lock`(mode: StoreMode) throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("sub"), withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(atPath: folder.path("null"), withDestinationPath: "/dev/null")
        for path in [folder.path("sub"), folder.path("null"), "/dev/null"] {
            #expect(errorCode { try Store(path: path, mode: mode) } == .cannotCreate, "\(path)")
            #expect(errorMessage { try Store(path: path, mode: mode) }.contains("is not a regular file"), "\(path)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == ["null", "sub"])
        #expect(!FileManager.default.fileExists(atPath: "/dev/null-lock"))
    }

    @Test(arguments: [StoreMode.readOnly, .readWrite(createIfMissing: true)])
    func `an empty path is an invalid argument`(mode: StoreMode) {
        #expect(errorCode { try Store(path: "", mode: mode) } == .invalidArgument)
    }

    @Test func `the missing folder is named`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("no/such/a.db")
        let message = errorMessage { try Store(path: path, mode: .readWrite(createIfMissing: true)) }
        #expect(message.contains("folder") && message.contains("/no/such ") && !message.contains("-lock"))
    }
}
