import AkinCore
import AkinStore
import AkinTestSupport
import Foundation
import Testing

/// Stores with two names, and stores whose files are moved or removed while they are written.
@Suite(.timeLimit(.minutes(1))) struct ReplacedFileTests {
    private func run(_ program: String, _ arguments: String...) throws {
        let process = try Process.run(URL(fileURLWithPath: program), arguments: arguments)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    @Test func `a store with two names is read and not written, and the remedy works`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        try fixture.store.close()
        let other = fixture.folder.path("other.db")
        try FileManager.default.linkItem(atPath: fixture.path, toPath: other)
        for path in [fixture.path, other] {
            #expect(try Store(path: path, mode: .readOnly).read { try $0.documentCount() } == 1)
            #expect(errorCode { try Store(path: path, mode: .readWrite(createIfMissing: true)) } == .cannotCreate)
            #expect(errorCode { try Store.rebuild(path: path) { _ in [] } } == .cannotCreate)
        }
        let message = errorMessage { try Store(path: other, mode: .readWrite(createIfMissing: false)) }
        let remedy = try #require(message.range(of: "cp ")).lowerBound
        try run("/bin/sh", "-c", String(message[remedy...]))
        for path in [fixture.path, other] {
            let store = try Store(path: path, mode: .readWrite(createIfMissing: false))
            #expect(try store.write { try $0.delete(id: "a") })
            #expect(try store.verify() == [])
        }
    }

    @Test func `a second name given to an open store stops the next commit`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        let other = fixture.folder.path("other.db")
        try FileManager.default.linkItem(atPath: fixture.path, toPath: other)
        #expect(errorCode { try fixture.put("b", "two") } == .cannotCreate)
        try FileManager.default.removeItem(atPath: other)
        try fixture.put("c", "three")
        #expect(try fixture.store.read { try $0.documentIDs().map(\.id) } == ["a", "c"])
    }

    @Test(arguments: ["removed", "replaced"]) func `a writer whose store is gone says what cannot be kept`(
        _ how: String
    ) throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        try fixture.put("b", "two")
        let copy = fixture.folder.path("copy.db")
        try Store(path: fixture.path, mode: .readOnly).backup(to: copy)
        if how == "removed" { try run("/bin/rm", fixture.path) } else { try run("/bin/mv", copy, fixture.path) }
        #expect(errorCode { try fixture.put("c", "three") } == .inputOutput)
        let message = errorMessage { try fixture.put("c", "three") }
        #expect(
            message.contains("was \(how)") && message.contains("3 commits with 2 documents")
                && message.contains("again"), "\(message)")
        #expect(errorCode { try fixture.store.checkpoint() } == .inputOutput)
        #expect(errorCode { try fixture.store.close() } == .inputOutput)
    }

    @Test(arguments: ["-wal", "-shm"]) func `a part of a store that is gone stops the next commit`(_ suffix: String)
        throws
    {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        try run("/bin/rm", fixture.path + suffix)
        let message = errorMessage { try fixture.put("b", "two") }
        #expect(message.contains(fixture.path + suffix) && message.contains("2 commits with 1 document"), "\(message)")
        if suffix == "-wal" {
            // The open log has the commits still, and nobody else has written.
            try fixture.store.close()
            #expect(try Store(path: fixture.path, mode: .readOnly).read { try $0.documentIDs().map(\.id) } == ["a"])
        }
    }

    @Test func `a lock file that was removed keeps two writers apart all the same`() throws {
        let fixture = try StoreFixture()
        try run("/bin/rm", fixture.path + "-lock")
        let other = try Store(
            path: fixture.path, mode: .readWrite(createIfMissing: false), lockTimeout: .milliseconds(20))
        try fixture.store.write { _ in #expect(errorMessage { try other.write { _ in } }.contains("a.db-lock")) }
    }

    @Test func `a commit under a lock that was taken away is refused`() throws {
        let fixture = try StoreFixture()
        #expect(
            errorCode {
                try fixture.store.write { writer in
                    _ = try writer.put(.test("a", ["one"], space: fixture.space))
                    try FileManager.default.removeItem(atPath: fixture.path + "-lock")
                }
            } == .locked)
        #expect(try fixture.store.read { try $0.documentCount() } == 0)
        try fixture.put("b", "two")
    }
}
