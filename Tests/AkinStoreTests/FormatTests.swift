import AkinCore
import AkinStore
import AkinTestSupport
import Foundation
import GRDB
import Testing

/// Stores of every format there has been are updated, and lose nothing by it. Each new migration adds the
/// file `Goldens/format-N.store` of the format before it, which `akin put` writes.
@Suite struct FormatTests {
    private static let goldens = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Goldens")

    /// A copy of a committed store, two documents of an earlier day.
    private func copy(format: Int, to folder: TemporaryFolder) throws -> String {
        let path = folder.path("old.db")
        try FileManager.default.copyItem(
            at: Self.goldens.appending(path: "format-\(format).store"), to: URL(fileURLWithPath: path))
        return path
    }

    @Test func `every format has its file`() throws {
        for format in 1...max(1, Store.formatVersion - 1) {
            #expect(
                FileManager.default.fileExists(atPath: Self.goldens.appending(path: "format-\(format).store").path),
                "format \(format)")
        }
    }

    @Test(arguments: 1...max(1, Store.formatVersion - 1)) func `older stores are updated`(format: Int) throws {
        let folder = try TemporaryFolder()
        let path = try copy(format: format, to: folder)
        if format < Store.formatVersion {
            #expect(errorCode { try Store(path: path, mode: .readOnly) } == .incompatible)
            #expect(errorMessage { try Store(path: path, mode: .readOnly) }.contains("Database.optimize()"))
        }
        for _ in 0..<2 {
            let store = try Store(path: path, mode: .readWrite(createIfMissing: false))
            #expect(try store.verify() == [])
            #expect(try store.read { try $0.documentIDs().map(\.id) } == ["ferry", "lighthouse"])
            #expect(try store.read { try $0.keywordSearch(matchExpression: "tide", limit: 5).count } == 1)
            try store.close()
        }
        try expectDocuments(path)
    }

    /// A store that was updated has its newest tables where no other has them; all but those is saved.
    @Test(arguments: 1...max(1, Store.formatVersion - 1), [false, true]) func `a lost first page is rebuilt`(
        format: Int, isUpToDate: Bool
    ) throws {
        let folder = try TemporaryFolder()
        let path = try copy(format: format, to: folder)
        if isUpToDate { try Store(path: path, mode: .readWrite(createIfMissing: false)).close() }
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes.replaceSubrange(0..<8192, with: Data(count: 8192))
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect(Store.hasLostItsBeginning(path))
        let rebuilding = try Store.rebuild(path: path) { _ in [] }
        #expect(rebuilding.losses == [] && rebuilding.hasNewFirstPage)
        #expect(try Store(path: path, mode: .readWrite(createIfMissing: false)).verify() == [])
        try expectDocuments(path)
    }

    private func expectDocuments(_ path: String) throws {
        let reader = try Store(path: path, mode: .readOnly)
        #expect(try reader.read { try $0.documentIDs().map(\.id) } == ["ferry", "lighthouse"])
        #expect(try reader.verify() == [])
        let ferry = try #require(try reader.read { try $0.document(id: "ferry") })
        #expect(ferry.title == "Ferry" && ferry.metadataJSON == #"{"year":1912}"#)
    }
}
