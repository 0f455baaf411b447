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

/// Opening, refusing, locking, closing.
@Suite struct StoreFileTests {
    @Test func `new stores have their format`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        try fixture.store.close()
        let pragmas = try DatabaseQueue(path: fixture.path).read { database in
            try ["page_size", "application_id", "user_version", "journal_mode"].map {
                try String.fetchOne(database, sql: "PRAGMA \($0)")
            }
        }
        #expect(pragmas == ["8192", "1097558382", String(Store.formatVersion), "wal"])
    }

    @Test(arguments: [StoreMode.readOnly, .readWrite(createIfMissing: false)])
    func `the error for a missing store says how to make it`(mode: StoreMode) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("none.db")
        #expect(errorCode { try Store(path: path, mode: mode) } == .noInput)
        #expect(errorMessage { try Store(path: path, mode: mode) }.contains("in the mode `.create` to make one"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test func `a missing folder is named`() throws {
        let folder = try TemporaryFolder()
        #expect(
            errorCode { try Store(path: folder.path("no/a.db"), mode: .readWrite(createIfMissing: true)) }
                == .cannotCreate)
    }

    /// Another program's files: text, something short, SQLite in either journal mode.
    @Test(arguments: ["text", "short", "rollback", "wal"], [StoreMode.readOnly, .readWrite(createIfMissing: true)])
    func `foreign files are refused and left alone`(kind: String, mode: StoreMode) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("foreign.db")
        switch kind {
        case "text": try folder.write("foreign.db", String(repeating: "Not a database. ", count: 1_000))
        case "short": try folder.write("foreign.db", "SQLite format 3\0")
        default:
            try DatabaseQueue(path: path).writeWithoutTransaction {
                try $0.execute(sql: "PRAGMA journal_mode = \(kind == "wal" ? "WAL" : "DELETE"); CREATE TABLE t (a)")
            }
        }
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(errorCode { try Store(path: path, mode: mode) } == .invalidData)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == names)
    }

    @Test(arguments: [StoreMode.readOnly, .readWrite(createIfMissing: true)])
    func `newer formats are refused`(mode: StoreMode) throws {
        let fixture = try StoreFixture()
        try fixture.store.close()
        try fixture.tamper("PRAGMA user_version = \(Store.formatVersion + 1)")
        #expect(errorCode { try Store(path: fixture.path, mode: mode) } == .incompatible)
        let message = errorMessage { try Store(path: fixture.path, mode: mode) }
        #expect(
            message.contains(
                "was written by a newer Akin (format \(Store.formatVersion + 1), this one knows \(Store.formatVersion)): upgrade"
            ))
    }

    @Test func `an empty file becomes a store`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a.db", "")
        #expect(errorCode { try Store(path: path, mode: .readOnly) } == .noInput)
        #expect(try Store(path: path, mode: .readWrite(createIfMissing: true)).verify() == [])
    }

    @Test func `damaged pages are reported`() throws {
        let fixture = try StoreFixture(dimension: 384)
        for number in 0..<20 {
            try fixture.store.write {
                _ = try $0.put(
                    .test("d\(number)", ["text \(number)"], space: fixture.space, dimension: 384, seed: UInt64(number)))
            }
        }
        try fixture.store.close()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        for place in stride(from: 8_192, to: bytes.count, by: 61) { bytes[place] ^= 0x55 }
        try bytes.write(to: URL(fileURLWithPath: fixture.path))
        let code = errorCode {
            let store = try Store(path: fixture.path, mode: .readOnly)
            if try store.verify() != [] { throw AkinError(.invalidData, "") }
        }
        #expect(code == .invalidData)
    }

    @Test func `a second writer is refused with the name of the first`() throws {
        let fixture = try StoreFixture()
        let other = try Store(
            path: fixture.path, mode: .readWrite(createIfMissing: false), lockTimeout: .milliseconds(30))
        try fixture.store.write { writer in
            _ = try writer.put(.test("a", ["one"]))
            let message = errorMessage { try other.write { _ in } }
            #expect(message.contains("a.db-lock") && message.contains("\(getpid())"))
            #expect(errorCode { try other.write { _ in } } == .locked)
            #expect(errorCode { try other.checkpoint() } == .locked)
            let third = errorCode {
                try Store(path: fixture.path, mode: .readWrite(createIfMissing: true), lockTimeout: .milliseconds(30))
            }
            #expect(third == .locked)
            // Readers are not held up, and see the last commit.
            #expect(try other.read { try $0.documentCount() } == 0)
        }
        #expect(try other.read { try $0.documentCount() } == 1)
        #expect(try other.write { try $0.delete(id: "a") })
        #expect(try fixture.store.read { try $0.documentCount() } == 0)
    }

    /// Another process holds the lock: util-linux `flock`, where there is one.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/flock")))
    func `another process is waited for`() throws {
        let fixture = try StoreFixture()
        let other = try Store(
            path: fixture.path, mode: .readWrite(createIfMissing: false), lockTimeout: .milliseconds(20))
        let holder = Process()
        holder.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
        holder.arguments = [fixture.path + "-lock", "sh", "-c", "echo held; read line"]
        let (input, output) = (Pipe(), Pipe())
        holder.standardInput = input
        holder.standardOutput = output
        try holder.run()
        #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) == "held\n")
        #expect(errorCode { try other.write { _ in } } == .locked)
        try input.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
        holder.waitUntilExit()
        #expect(errorCode { try other.write { _ in } } == nil)
    }

    @Test func `threads of one store take turns`() async throws {
        let fixture = try StoreFixture()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    _ = try fixture.store.write { try $0.put(.test("d\(number)", ["text"], space: fixture.space)) }
                }
                group.addTask { _ = try fixture.store.read { try $0.documentCount() } }
            }
            try await group.waitForAll()
        }
        #expect(try fixture.store.read { try $0.documentCount() } == 20)
        #expect(try fixture.store.verify() == [])
    }

    @Test func `a throwing body leaves nothing`() throws {
        struct Stop: Error {}
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        let before = try fixture.store.read { try $0.lastChange() }
        #expect(throws: Stop.self) {
            try fixture.store.write { writer in
                _ = try writer.put(.test("b", ["two"], space: fixture.space))
                _ = try writer.delete(id: "a")
                throw Stop()
            }
        }
        let after = try fixture.store.read { try $0.lastChange() }
        #expect(after == before)
        #expect(try fixture.store.read { try $0.documentIDs().map(\.id) } == ["a"])
        #expect(try fixture.store.read { try $0.keywordSearch(matchExpression: "two", limit: 5) }.isEmpty)
        #expect(try fixture.put("b", "two") == .inserted)
        #expect(try fixture.store.verify() == [])
    }

    /// Two vectors for one space break a constraint half-way through the document.
    @Test func `a half-done change spoils the transaction even if its error is caught`() throws {
        let fixture = try StoreFixture()
        let vector = unitVector(8, seed: 1)
        let broken = NewDocument(
            id: "b", source: "b", contentHash: Data(),
            passages: [
                NewPassage(
                    text: "two", rangeStart: 0, rangeEnd: 3, tokenCount: 1,
                    vectors: [(fixture.space, vector), (fixture.space, vector)])
            ])
        #expect(
            errorCode {
                try fixture.store.write { writer in
                    _ = try writer.put(.test("a", ["one"]))
                    _ = try? writer.put(broken)
                }
            } == .invalidArgument)
        #expect(try fixture.store.read { try $0.documentCount() } == 0)
    }

    @Test func `a reader keeps its snapshot while another writes`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        let reader = try Store(path: fixture.path, mode: .readOnly)
        try reader.read { snapshot in
            #expect(try snapshot.documentCount() == 1)
            try fixture.put("b", "two")
            try fixture.store.checkpoint()
            _ = try fixture.store.write { try $0.delete(id: "a") }
            #expect(try snapshot.documentIDs().map(\.id) == ["a"])
            #expect(try snapshot.lastChange().sequence == 1)
        }
        #expect(try reader.read { try $0.documentIDs().map(\.id) } == ["b"])
        #expect(errorCode { try reader.write { _ in } } == .cannotCreate)
        #expect(errorCode { try reader.checkpoint() } == .cannotCreate)
    }

    @Test func `closing folds the log in`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        #expect(FileManager.default.fileExists(atPath: fixture.path + "-wal"))
        try fixture.store.close()
        try fixture.store.close()
        #expect(!FileManager.default.fileExists(atPath: fixture.path + "-wal"))
        #expect(FileManager.default.fileExists(atPath: fixture.path + "-lock"))
        #expect(errorCode { try fixture.store.read { try $0.documentCount() } } == .internalFailure)
    }

    @Test func `a large log is checkpointed by the commit`() throws {
        let fixture = try StoreFixture(dimension: 1_024)
        for round in 0..<3 {
            try fixture.store.write { writer in
                for number in 0..<2_500 {
                    _ = try writer.put(
                        .test(
                            "d\(round)-\(number)", ["text"], space: fixture.space, dimension: 1_024,
                            seed: UInt64(number)))
                }
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.path + "-wal")).isEmpty)
        }
    }

    /// A store is searched where nothing can be written; here SQLite cannot make the log's index, because its name
    /// would be too long.
    @Test func `a store is read without the index of its log`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        try fixture.store.close()
        let reader = try Store(path: try fixture.renamedWithoutRoomForALog(), mode: .readOnly)
        #expect(try reader.read { try $0.keywordSearch(matchExpression: "one", limit: 5).count } == 1)
        #expect(try reader.read { try $0.vectorCount(space: fixture.space) } == 1)
    }

    /// What a killed writer leaves: a file and a log that was never folded in. Copied by another program, since opening
    /// the file past SQLite here would drop the locks of the living store.
    @Test func `what a killed writer leaves is read again`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        let target = fixture.folder.url.appending(path: "copy")
        try FileManager.default.createDirectory(at: target, withIntermediateDirectories: false)
        let copy = try Process.run(
            URL(fileURLWithPath: "/bin/cp"), arguments: [fixture.path, fixture.path + "-wal", target.path])
        copy.waitUntilExit()
        let path = target.appending(path: "a.db").path
        #expect(try Store(path: path, mode: .readOnly).read { try $0.documentIDs().map(\.id) } == ["a"])
        #expect(try Store(path: path, mode: .readWrite(createIfMissing: false)).verify() == [])
    }

    @Test(.enabled(if: geteuid() != 0, "root may write to any folder"))
    func `a store is read in a read-only folder`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        try fixture.store.close()
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: fixture.folder.url.path)
        defer {
            try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: fixture.folder.url.path)
        }
        let reader = try Store(path: fixture.path, mode: .readOnly)
        #expect(try reader.read { try $0.documentCount() } == 1)
    }

    @Test func `a link and its target share one lock`() throws {
        let fixture = try StoreFixture()
        let link = fixture.folder.path("link.db")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: fixture.path)
        let other = try Store(path: link, mode: .readWrite(createIfMissing: false), lockTimeout: .milliseconds(20))
        #expect(other.path == fixture.store.path)
        try fixture.store.write { _ in #expect(errorCode { try other.write { _ in } } == .locked) }
    }

    @Test func `a backup is whole and replaces nothing`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one", "two")
        let target = fixture.folder.path("copy.db")
        try Store(path: fixture.path, mode: .readOnly).backup(to: target)
        try fixture.put("b", "three")
        #expect(errorCode { try fixture.store.backup(to: target) } == .cannotCreate)
        let copy = try Store(path: target, mode: .readOnly)
        #expect(copy.uuid == fixture.store.uuid)
        #expect(try copy.read { try $0.documentIDs().map(\.id) } == ["a"])
        #expect(try copy.verify() == [])
        let writable = try Store(path: target, mode: .readWrite(createIfMissing: false))
        #expect(try writable.write { try $0.delete(id: "a") })
        try writable.compact()
        #expect(try writable.verify() == [])
    }
}
