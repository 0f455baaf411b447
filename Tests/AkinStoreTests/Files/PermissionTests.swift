import AkinCore
import AkinStore
import AkinTestSupport
import Foundation
import Testing

/// Who may read what Akin makes beside a store, and who holds its lock.
@Suite struct PermissionTests {
    @Test(arguments: [(0o600, 0o600), (0o640, 0o600), (0o644, 0o600), (0o660, 0o660), (0o664, 0o660), (0o666, 0o666)])
    func `copies can be read by those who can read the store, its lock by those who can write it`(store: Int, lock: Int)
        throws
    {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        try fixture.store.close()
        try setMode(store, fixture.path)
        let writer = try Store(path: fixture.path, mode: .readWrite(createIfMissing: false))
        _ = try writer.write { try $0.put(.test("b", ["two"], space: fixture.space)) }
        for suffix in ["-wal", "-shm"] { #expect(try mode(fixture.path + suffix) == store) }
        #expect(try mode(fixture.path + "-lock") == lock)
        let copy = fixture.folder.path("copy.db")
        try writer.backup(to: copy)
        #expect(try mode(copy) == store)
        try writer.close()
        let damaged = try Store.rebuild(path: fixture.path) { _ in [] }.damagedCopy
        #expect(try mode(damaged) == store && mode(fixture.path) == store)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can make files of other users"))
    func `what root makes beside another user's store is that user's`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        try fixture.store.close()
        chown(fixture.path, 65534, 65534)
        // Left by an Akin that did not care.
        chown(fixture.path + "-lock", 0, 0)
        let store = try Store(path: fixture.path, mode: .readWrite(createIfMissing: false))
        try store.backup(to: fixture.folder.path("copy.db"))
        for name in ["-wal", "-shm", "-lock"].map({ fixture.path + $0 }) + [fixture.folder.path("copy.db")] {
            #expect(try owner(name) == 65534, "\(name)")
        }
        try store.close()
        #expect(try owner(Store.rebuild(path: fixture.path) { _ in [] }.damagedCopy) == 65534)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/locks"), "the system lists no locks"))
    func `the message names who holds the lock, not who held it last`() throws {
        let fixture = try StoreFixture()
        // The system's list of locks is then longer than one reading of it.
        let others = try (0..<300).map {
            try FileHandle(forReadingFrom: URL(filePath: fixture.folder.write("\($0)", Data())))
        }
        for other in others { flock(other.fileDescriptor, LOCK_EX) }
        defer { withExtendedLifetime(others) {} }
        let holder = Process()
        holder.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
        holder.arguments = [fixture.path + "-lock", "sh", "-c", "echo held; read line"]
        let (input, output) = (Pipe(), Pipe())
        (holder.standardInput, holder.standardOutput) = (input, output)
        try holder.run()
        defer { holder.waitUntilExit() }
        defer { try? input.fileHandleForWriting.close() }
        _ = output.fileHandleForReading.availableData
        let message = errorMessage {
            try Store(path: fixture.path, mode: .readWrite(createIfMissing: false), lockTimeout: .milliseconds(20))
        }
        #expect(message.contains("process \(holder.processIdentifier), which holds"), "\(message)")
    }

    @Test(arguments: [
        ("1: FLOCK  ADVISORY  WRITE 4711 fd:01:99 0 EOF\n", 4711 as Int32?),
        ("1: FLOCK  ADVISORY  READ 4711 fd:01:99 0 EOF\n", 4711),
        ("1: POSIX  ADVISORY  WRITE 5 fd:01:99 0 EOF\n2: FLOCK  ADVISORY  WRITE 6 fd:01:990 0 EOF\n", nil),
        ("1: FLOCK  ADVISORY  WRITE 0 fd:01:99 0 EOF\n", nil),
        ("1: -> FLOCK  ADVISORY  WRITE 8 fd:01:99 0 EOF\n2: FLOCK  ADVISORY  WRITE 9 fd:01:99 0 EOF\n", 9),
        ("\n", nil),
    ])
    func `the list of locks is read`(list: String, holder: Int32?) {
        #expect(LockHolder.holder(of: 99, in: list) == holder)
    }
}
