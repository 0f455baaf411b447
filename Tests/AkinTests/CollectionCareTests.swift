import Akin
import AkinCore
import AkinTestSupport
import Foundation
import GRDB
import Testing

/// Adding, renaming and removing collections, and what repairs make of them.
@Suite struct CollectionCareTests {
    private static func indexed(_ folder: TemporaryFolder) async throws -> Akin.Database {
        try folder.write("notes/a.txt", "The dog is red.")
        try folder.write("notes/r.jsonl", "{\"id\": \"r\", \"text\": \"The bank.\"}\n{\"text\": \"The tree.\"}\n")
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.index(paths: [folder.path("notes")])
        return database
    }

    @Test func `renaming a collection renames the ids that are made of its name`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.indexed(folder)
        let before = try await database.information().lastChange
        #expect(try await database.renameCollection("notes", to: "work") == 2)
        #expect(try await Set(database.allIDs()) == ["work/a.txt", "work/r.jsonl#2", "r"])
        #expect(try await database.information().lastChange == before)
        #expect(try await database.updateCollections().unchanged == 3)
        #expect(try await database.verify() == [])
        await expectRefusal(.notFound) { try await database.renameCollection("notes", to: "x") }
        await expectRefusal(.invalidArgument) { try await database.renameCollection("work", to: "a/b") }
    }

    @Test func `a name that is taken by a collection or by documents is refused`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.indexed(folder)
        try folder.write("other/b.txt", "The cat.")
        _ = try await database.index(paths: [folder.path("other")])
        _ = try await database.put(Document(id: "mine/1", text: "a house"))
        for name in ["other", "mine"] {
            await expectRefusal(.invalidArgument, saying: name) {
                try await database.renameCollection("notes", to: name)
            }
        }
    }

    @Test func `removing a collection keeps its documents unless told otherwise`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.indexed(folder)
        #expect(try await database.removeCollection("notes", deletingDocuments: false) == 3)
        #expect(try await database.collections().isEmpty)
        #expect(try await database.allIDs().count == 3)
        // Indexed again, each file has its document.
        let summary = try await database.index(paths: [folder.path("notes")])
        #expect(summary.added == 0 && summary.unchanged == 3)
        #expect(try await database.removeCollection("notes", deletingDocuments: true) == 3)
        #expect(try await database.allIDs().isEmpty)
    }

    @Test func `a collection is added without being read`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("shop/r.jsonl", "{\"words\": \"a red dog\"}\n")
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        let added = try await database.addCollection(
            folder.path("shop"), name: "reviews", options: IndexingOptions(textField: "words"))
        #expect(added.name == "reviews" && added.documents == 0 && added.followed == nil)
        await expectRefusal(.invalidArgument, saying: "holds") { try await database.addCollection(folder.path("shop")) }
        await expectRefusal(.noInput) { try await database.addCollection(folder.path("shop/r.jsonl")) }
        _ = try await database.updateCollections()
        #expect(try await database.allIDs() == ["reviews/r.jsonl#1"])
    }

    @Test func `a document that was deleted comes back with the next run, as its file is there`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.indexed(folder)
        #expect(try await database.delete(id: "notes/a.txt"))
        #expect(try await database.updateCollections().added == 1)
    }

    @Test func `a backup has the collections`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.indexed(folder)
        try await database.backup(to: folder.path("copy.db"))
        let copy = try await Database.open(at: folder.path("copy.db"), mode: .readWrite, configuration: .tiny())
        #expect(try await copy.collections() == database.collections())
        #expect(try await copy.updateCollections().unchanged == 3)
    }

    private static func edit(_ sql: String, _ folder: TemporaryFolder) throws {
        var configuration = GRDB.Configuration()
        configuration.foreignKeysEnabled = false
        try DatabaseQueue(path: folder.path("store.db"), configuration: configuration).write {
            try $0.execute(sql: sql)
        }
    }

    @Test(arguments: ["root = '/elsewhere'", "settings = '{}'", "name = 'x'"])
    func `an altered collection is found, and a repair drops it and keeps its documents`(_ change: String) async throws
    {
        let folder = try TemporaryFolder()
        let database = try await Self.indexed(folder)
        try await database.close()
        try Self.edit("UPDATE collection SET \(change)", folder)
        let reader = try await Database.open(at: folder.path("store.db"), configuration: .tiny())
        #expect(try await reader.verify().contains { $0.message.contains("Collection") })
        try await reader.close()
        let report = try await Database.repair(at: folder.path("store.db"), configuration: .tiny())
        #expect(report.losses.contains { $0.message.contains("collection") })
        let repaired = try await Database.open(at: folder.path("store.db"), mode: .readWrite, configuration: .tiny())
        #expect(try await repaired.verify() == [])
        #expect(try await repaired.collections().isEmpty)
        #expect(try await repaired.index(paths: [folder.path("notes")]).unchanged == 3)
    }

    @Test func `files of a collection that does not exist are found and dropped`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.indexed(folder)
        try await database.close()
        try Self.edit("UPDATE collection_file SET collection = 99", folder)
        let reader = try await Database.open(at: folder.path("store.db"), configuration: .tiny())
        #expect(try await reader.verify().contains { $0.message.contains("collection_file") })
        try await reader.close()
        try await Database.repair(at: folder.path("store.db"), configuration: .tiny())
        let repaired = try await Database.open(at: folder.path("store.db"), mode: .readWrite, configuration: .tiny())
        #expect(try await repaired.verify() == [])
        #expect(try await repaired.collections().map(\.name) == ["notes"])
        #expect(try await repaired.updateCollections().unchanged == 3)
    }

    @Test func `a document that a repair lost is read again though its file is the same`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.indexed(folder)
        try await database.close()
        try Self.edit("UPDATE document SET title = 'another' WHERE external_id = 'notes/a.txt'", folder)
        try await Database.repair(at: folder.path("store.db"), configuration: .tiny())
        let repaired = try await Database.open(at: folder.path("store.db"), mode: .readWrite, configuration: .tiny())
        #expect(try await repaired.updateCollections().updated == 1)
        #expect(try await repaired.document(id: "notes/a.txt")?.title == nil)
    }
}
