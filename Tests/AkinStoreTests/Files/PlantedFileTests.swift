import AkinCore
import AkinStore
import AkinTestSupport
import Foundation
import Testing

/// Files beside a store that a stranger has put there.
@Suite(.timeLimit(.minutes(1))) struct PlantedFileTests {
    private static func closedStore() throws -> StoreFixture {
        let fixture = try StoreFixture()
        try fixture.put("a", "one")
        try fixture.store.close()
        return fixture
    }

    @Test(arguments: PlantedFile.allCases) func `a lock file that is none is refused, not followed and not waited for`(
        _ kind: PlantedFile
    ) throws {
        let fixture = try Self.closedStore()
        let precious = try fixture.folder.write("precious", "text of another file")
        try FileManager.default.removeItem(atPath: fixture.path + "-lock")
        try kind.plant(at: fixture.path + "-lock", target: precious)
        let reader = try Store(path: fixture.path, mode: .readOnly)
        for open in [
            { _ = try Store(path: fixture.path, mode: .readWrite(createIfMissing: false)) },
            { _ = try reader.keywordFindings() },
        ] {
            #expect(errorCode(open) == .cannotCreate)
            let message = errorMessage(open)
            #expect(message.contains(fixture.path + "-lock") && message.contains("Remove it"), "\(message)")
        }
        #expect(try String(contentsOfFile: precious, encoding: .utf8) == "text of another file")
        #expect(!FileManager.default.fileExists(atPath: precious + "-to-be-made"))
    }

    @Test func `a second name of another file is no lock file`() throws {
        let fixture = try Self.closedStore()
        let precious = try fixture.folder.write("precious", "text of another file")
        try FileManager.default.removeItem(atPath: fixture.path + "-lock")
        try FileManager.default.linkItem(atPath: precious, toPath: fixture.path + "-lock")
        let message = errorMessage { try Store(path: fixture.path, mode: .readWrite(createIfMissing: false)) }
        #expect(message.contains("hard link") && message.contains("Delete \(fixture.path)-lock"), "\(message)")
        #expect(try String(contentsOfFile: precious, encoding: .utf8) == "text of another file")
    }

    @Test(arguments: ["a list of things to do\n", "12345678901234567890123", "12 34\n"])
    func `text that no lock file has is not written over`(_ text: String) throws {
        let fixture = try Self.closedStore()
        try fixture.folder.write("a.db-lock", text)
        let store = try Store(path: fixture.path, mode: .readWrite(createIfMissing: false))
        #expect(try store.write { try $0.delete(id: "a") })
        #expect(try String(contentsOfFile: fixture.path + "-lock", encoding: .utf8) == text)
    }

    @Test(arguments: ["-wal", "-shm", "-journal"], PlantedFile.allCases)
    func `what SQLite would use beside a store must be plain files`(_ suffix: String, _ kind: PlantedFile) throws {
        let fixture = try Self.closedStore()
        let precious = try fixture.folder.write("precious", "text of another file")
        try kind.plant(at: fixture.path + suffix, target: precious)
        for mode in [StoreMode.readOnly, .readWrite(createIfMissing: false)] {
            #expect(errorCode { try Store(path: fixture.path, mode: mode) } == .cannotCreate)
            let message = errorMessage { try Store(path: fixture.path, mode: mode) }
            #expect(message.contains(fixture.path + suffix) && message.contains("Remove it"), "\(message)")
        }
        #expect(errorCode { try Store.rebuild(path: fixture.path) { _ in [] } } != nil)
        #expect(try String(contentsOfFile: precious, encoding: .utf8) == "text of another file")
        #expect(!FileManager.default.fileExists(atPath: precious + "-to-be-made"))
    }

    @Test func `a log that is a second name of another file is not written through`() throws {
        let fixture = try Self.closedStore()
        let precious = try fixture.folder.write("precious", "text of another file")
        for suffix in ["-wal", "-shm"] {
            try FileManager.default.linkItem(atPath: precious, toPath: fixture.path + suffix)
            let message = errorMessage { try Store(path: fixture.path, mode: .readWrite(createIfMissing: false)) }
            #expect(message.contains("hard link") && message.contains(fixture.path + suffix), "\(message)")
            try FileManager.default.removeItem(atPath: fixture.path + suffix)
        }
        #expect(try String(contentsOfFile: precious, encoding: .utf8) == "text of another file")
    }

    @Test func `repair sets a damaged store aside under a name that nothing has`() throws {
        let fixture = try Self.closedStore()
        let precious = try fixture.folder.write("precious", "text of another file")
        try FileManager.default.createSymbolicLink(
            atPath: fixture.path + "-damaged-1", withDestinationPath: precious + "-to-be-made")
        try FileManager.default.createSymbolicLink(
            atPath: fixture.path + "-damaged-2-wal", withDestinationPath: precious)
        let rebuilding = try Store.rebuild(path: fixture.path) { _ in [] }
        #expect(rebuilding.damagedCopy.hasSuffix("a.db-damaged-3"))
        #expect(try String(contentsOfFile: precious, encoding: .utf8) == "text of another file")
        #expect(!FileManager.default.fileExists(atPath: precious + "-to-be-made"))
    }
}
