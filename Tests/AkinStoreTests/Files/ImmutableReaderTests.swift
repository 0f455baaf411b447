import AkinCore
import AkinStore
import AkinTestSupport
import Foundation
import Testing

/// Readers that cannot make the log's index, and so read a file without locks.
@Suite(.timeLimit(.minutes(1))) struct ImmutableReaderTests {
    /// Two states of one store as files that were closed.
    private static func states(_ fixture: StoreFixture) throws -> (first: Data, second: Data) {
        for number in 0..<50 { try fixture.put("d\(number)", "one") }
        try fixture.store.close()
        let first = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        let writer = try Store(path: fixture.path, mode: .readWrite(createIfMissing: false))
        try writer.write { writer in
            for number in 0..<100 { _ = try writer.put(.test("n\(number)", ["zebra"], space: fixture.space)) }
        }
        try writer.close()
        return (first, try Data(contentsOf: URL(fileURLWithPath: fixture.path)))
    }

    /// As a writer's checkpoint does it: into the file that is there.
    private static func overwrite(_ path: String, _ bytes: Data) throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.write(contentsOf: bytes)
        try file.truncate(atOffset: UInt64(bytes.count))
        try file.close()
    }

    @Test func `a file that changed since it was opened is opened again`() throws {
        let fixture = try StoreFixture()
        let (first, second) = try Self.states(fixture)
        let path = try fixture.renamedWithoutRoomForALog()
        try Self.overwrite(path, first)
        let reader = try Store(path: path, mode: .readOnly)
        #expect(try reader.read { try $0.documentCount() } == 50)
        try Self.overwrite(path, second)
        #expect(try reader.read { try $0.keywordSearch(matchExpression: "zebra", limit: 500).count } == 100)
        #expect(try reader.read { try $0.documentCount() } == 150)
        #expect(try reader.verify() == [])
    }

    @Test func `what was read of a file that changed meanwhile is read again, or given up where it was given away`()
        throws
    {
        let fixture = try StoreFixture()
        let (first, second) = try Self.states(fixture)
        let path = try fixture.renamedWithoutRoomForALog()
        try Self.overwrite(path, first)
        let reader = try Store(path: path, mode: .readOnly)
        var runs = 0
        let count = try reader.read { snapshot in
            runs += 1
            if runs == 1 { try Self.overwrite(path, second) }
            return try snapshot.documentCount()
        }
        #expect(count == 150 && runs == 2)
        let message = errorMessage { try reader.readOnce { _ in try Self.overwrite(path, first) } }
        #expect(message.contains("Another process is writing to \(path)"), "\(message)")
        #expect(try reader.read { try $0.documentCount() } == 50)
        let copy = fixture.folder.path("copy.db")
        try reader.backup(to: copy)
        #expect(try Store(path: copy, mode: .readOnly).verify() == [])
    }

    @Test func `another store in the place of the one that is read is reported`() throws {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        try fixture.store.close()
        let path = try fixture.renamedWithoutRoomForALog()
        let reader = try Store(path: path, mode: .readOnly)
        let stranger = try StoreFixture()
        try stranger.store.close()
        try Self.overwrite(path, try Data(contentsOf: URL(fileURLWithPath: stranger.path)))
        #expect(errorMessage { try reader.read { try $0.documentCount() } }.contains("replaced by another"))
    }
}
