import Akin
import AkinCore
import AkinTestSupport
import Crypto
import Foundation
import GRDB
import Testing

/// Stores of before there were collections keep the ids of their documents, and nothing is encoded again.
@Suite struct OldStoreIdentityTests {
    /// A store with documents as format 4 has them: content hashes that take in the source, and no versions.
    private static func database(
        _ folder: TemporaryFolder, _ documents: [Document]
    ) async throws -> Akin.Database {
        let path = folder.path("store.db")
        let database = try await Database.open(at: path, mode: .create, configuration: .tiny())
        _ = try await database.put(documents)
        try await database.close()
        try await DatabaseQueue(path: path).write { store in
            let rows = try GRDB.Row.fetchAll(store, sql: "SELECT key, value FROM store")
            let settings = Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as String, $0[1] as String) })
            for document in documents {
                let cut = "\(settings["chunk_tokens"] ?? "")/\(settings["chunk_overlap"] ?? "")"
                var hash = SHA256()
                for part in [document.title ?? "", document.text, document.source, "{}", cut] {
                    hash.update(data: Data("\(part.utf8.count):".utf8) + Data(part.utf8))
                }
                try store.execute(
                    sql: "UPDATE document SET content_hash = ?, checksum = NULL WHERE external_id = ?",
                    arguments: [Data(hash.finalize()), document.id])
            }
        }
        return try await Database.open(at: path, mode: .readWrite, configuration: .tiny())
    }

    private static func real(_ folder: TemporaryFolder, _ name: String) throws -> String {
        let root = try #require(realpath(folder.url.path, nil))
        defer { free(root) }
        return String(cString: root) + "/" + name
    }

    @Test func `a file with the source of a stored document keeps that document's id`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("notes/sub/a.txt", "The dog is red.")
        try folder.write("notes/r.jsonl", "{\"text\": \"The bank.\"}\n")
        try folder.write("notes/new.txt", "A tree.")
        let database = try await Self.database(
            folder,
            [
                Document(id: "sub/a.txt", text: "The dog is red.", source: Self.real(folder, "notes/sub/a.txt")),
                Document(id: "r.jsonl#1", text: "The bank.", source: Self.real(folder, "notes/r.jsonl#1")),
            ])
        #expect(try await database.information().olderDocuments == 2)
        let before = try await database.information().lastChange
        let summary = try await database.index(paths: [folder.path("notes")])
        #expect(summary.unchanged == 2 && summary.added == 1 && summary.updated == 0)
        #expect(try await Set(database.allIDs()) == ["sub/a.txt", "r.jsonl#1", "notes/new.txt"])
        #expect(try await database.information().lastChange == before + 1)
        #expect(try await database.information().olderDocuments == 0)
        // A changed text keeps the id too.
        try folder.write("notes/sub/a.txt", "The dog is green.")
        #expect(try await database.updateCollections().updated == 1)
        #expect(try await database.document(id: "sub/a.txt")?.text == "The dog is green.")
        #expect(try await database.verify() == [])
    }

    @Test(arguments: ["notes/sub/a.txt", "./sub/a.txt", "../x/../notes/sub/a.txt"])
    func `a file takes on the document of its text whose relative path it ends with`(_ source: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write("notes/sub/a.txt", "The dog is red.")
        try folder.write("notes/b/sub/a.txt", "The cat is blue.")
        let database = try await Self.database(
            folder,
            [
                Document(id: "old", text: "The dog is red.", source: source.replacing("../x/..", with: "..")),
                Document(id: "other", text: "Not this text.", source: "sub/a.txt"),
            ])
        let summary = try await database.index(paths: [folder.path("notes")])
        #expect(summary.unchanged == 1 && summary.added == 1)
        #expect(try await Set(database.allIDs()) == ["old", "other", "notes/b/sub/a.txt"])
        #expect(try await database.document(id: "old")?.source == Self.real(folder, "notes/sub/a.txt"))
        #expect(try await database.document(id: "other")?.source == "sub/a.txt")
    }

    @Test func `a document that an old store has twice stays until it is pruned`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("notes/sub/a.txt", "The dog is red.")
        let source = try Self.real(folder, "notes/sub/a.txt")
        let database = try await Self.database(
            folder,
            [
                Document(id: "sub/a.txt", text: "The dog is red.", source: source),
                Document(id: "a.txt", text: "The dog is red.", source: source),
            ])
        #expect(try await database.index(paths: [folder.path("notes")]).unchanged == 1)
        #expect(try await database.allIDs().count == 2)
        try folder.write("notes/sub/a.txt", "The dog is green.")
        let summary = try await database.updateCollections(options: IndexingOptions(prune: true))
        #expect(summary.updated == 1 && summary.pruned == 1)
        #expect(try await database.allIDs() == ["sub/a.txt"])
    }
}
