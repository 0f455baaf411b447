import AkinCore
import AkinStore
import AkinTestSupport
import Foundation
import GRDB
import Testing

/// Stores of every format there has been are brought up to date, and lose nothing by it. Each new migration adds the file
/// `Goldens/format-N.store` of the format before it, which `akin put` writes.
@Suite struct FormatTests {
    private static let goldens = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Goldens")

    /// A copy of a committed store, two documents of an earlier day.
    private func copy(format: Int, to folder: TemporaryFolder) throws -> String {
        let path = folder.path("old.db")
        try FileManager.default.copyItem(at: Self.goldens.appending(path: "format-\(format).store"), to: URL(fileURLWithPath: path))
        return path
    }

    @Test func everyFormatHasItsFile() throws {
        for format in 1...max(1, Store.formatVersion - 1) {
            #expect(FileManager.default.fileExists(atPath: Self.goldens.appending(path: "format-\(format).store").path), "format \(format)")
        }
    }

    @Test(arguments: 1...max(1, Store.formatVersion - 1)) func olderStoresAreBroughtUpToDate(format: Int) throws {
        let folder = try TemporaryFolder()
        let path = try copy(format: format, to: folder)
        if format < Store.formatVersion {
            #expect(errorCode { try Store(path: path, mode: .readOnly) } == .incompatible)
            #expect(errorMessage { try Store(path: path, mode: .readOnly) }.contains("akin optimize"))
        }
        for _ in 0..<2 {
            let store = try Store(path: path, mode: .readWrite(createIfMissing: false))
            #expect(try store.verify() == [])
            #expect(try store.read { try $0.documentIDs().map(\.id) } == ["ferry", "lighthouse"])
            #expect(try store.read { try $0.keywordSearch(matchExpression: "tide", limit: 5).count } == 1)
            try store.close()
        }
        let reader = try Store(path: path, mode: .readOnly)
        let ferry = try #require(try reader.read { try $0.document(id: "ferry") })
        #expect(ferry.title == "Ferry" && ferry.metadataJSON == #"{"year":1912}"#)
    }
}
