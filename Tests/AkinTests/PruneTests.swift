import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// What `prune` deletes, and where documents say they are from.
@Suite struct PruneTests {
    private static let prune = IndexingOptions(prune: true)

    private static func database(_ folder: TemporaryFolder) async throws -> Database {
        try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
    }

    /// The real path of a file below a temporary folder.
    private static func real(_ folder: TemporaryFolder, _ name: String) throws -> String {
        let root = try #require(realpath(folder.url.path, nil))
        defer { free(root) }
        return String(cString: root) + "/" + name
    }

    @Test func `sources are the absolute paths of files`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("notes/a.txt", "The dog is red.")
        try folder.write("notes/r.jsonl", "{\"id\": \"r\", \"text\": \"The bank.\"}\n")
        try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: "notes")
        let database = try await Self.database(folder)
        _ = try await database.index(paths: [folder.path("link")])
        #expect(try await database.document(id: "notes/a.txt")?.source == Self.real(folder, "notes/a.txt"))
        #expect(try await database.document(id: "r")?.source == Self.real(folder, "notes/r.jsonl#1"))
    }

    @Test func `a run elsewhere deletes nothing of another folder`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("one/notes/a.txt", "The dog is red.")
        try folder.write("two/notes/b.txt", "The cat is blue.")
        let database = try await Self.database(folder)
        // As earlier versions stored them, with paths as they were given.
        _ = try await database.put([Document(id: "old.txt", text: "The old house.", source: "notes/old.txt")])
        _ = try await database.index(paths: [folder.path("one/notes")])
        let summary = try await database.index(paths: [folder.path("two/notes")], options: Self.prune)
        #expect(summary.pruned == 0)
        #expect(summary.notes.contains { $0.message.contains("relative sources") }, "\(summary.notes)")
        #expect(try await Set(database.allIDs()) == ["old.txt", "notes/a.txt", "notes-2/b.txt"])
    }

    @Test func `a file indexed by its own name and with its folder is pruned once it is gone`() async throws {
        let folder = try TemporaryFolder()
        let (text, records) = (try folder.write("notes/sub/a.txt", "The dog is red."), folder.path("notes/sub/r.jsonl"))
        try folder.write("notes/sub/r.jsonl", "{\"text\": \"The bank.\"}\n{\"text\": \"The tree.\"}\n")
        let database = try await Self.database(folder)
        _ = try await database.index(paths: [folder.path("notes")])
        _ = try await database.index(paths: [text, records])
        #expect(try await database.index(paths: [folder.path("notes")], options: Self.prune).pruned == 0)
        #expect(
            try await Set(database.allIDs()) == ["notes/sub/a.txt", "notes/sub/r.jsonl#1", "notes/sub/r.jsonl#2"])

        try FileManager.default.removeItem(atPath: text)
        try folder.write("notes/sub/r.jsonl", "{\"text\": \"The bank.\"}\n")
        #expect(try await database.index(paths: [folder.path("notes")], options: Self.prune).pruned == 2)
        #expect(try await Set(database.allIDs()) == ["notes/sub/r.jsonl#1"])
        #expect(try await database.verify() == [])
        #expect(try await database.updateCollections().unchanged == 1)
    }

    @Test func `rows lost from a file that is named are pruned, those of other files are not`() async throws {
        let folder = try TemporaryFolder()
        let (one, two) = (folder.path("one.jsonl"), folder.path("two.jsonl"))
        try folder.write("one.jsonl", "{\"id\": \"1\", \"text\": \"a dog\"}\n{\"id\": \"2\", \"text\": \"a cat\"}\n")
        try folder.write("two.jsonl", "{\"id\": \"3\", \"text\": \"a tree\"}\n{\"id\": \"4\", \"text\": \"a bank\"}\n")
        let database = try await Self.database(folder)
        _ = try await database.index(paths: [one, two])
        try folder.write("one.jsonl", "{\"id\": \"2\", \"text\": \"a cat\"}\n")
        try FileManager.default.removeItem(atPath: two)
        #expect(try await database.index(paths: [one], options: Self.prune).pruned == 1)
        #expect(try await Set(database.allIDs()) == ["2", "3", "4"])
    }

    @Test func `a relative source is made absolute without encoding again, and the document counts as unchanged`()
        async throws
    {
        let folder = try TemporaryFolder()
        try folder.write("notes/a.txt", "The dog is red.")
        let database = try await Self.database(folder)
        _ = try await database.put([Document(id: "a.txt", text: "The dog is red.", source: "notes/a.txt")])
        let before = try await database.information().lastChange
        let summary = try await database.index(paths: [folder.path("notes")])
        #expect(summary.unchanged == 1 && summary.updated == 0 && summary.passages == 0)
        #expect(try await database.document(id: "a.txt")?.source == Self.real(folder, "notes/a.txt"))
        #expect(try await database.information().lastChange == before)
        #expect(try await database.index(paths: [folder.path("notes")]).unchanged == 1)
        #expect(try await database.verify() == [])
    }

    @Test func `a folder that moved gives its documents new sources once the store knows where it is`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("one/a.txt", "The dog is red.")
        let database = try await Self.database(folder)
        _ = try await database.index(paths: [folder.path("one")])
        let before = try await database.information().lastChange
        try FileManager.default.moveItem(atPath: folder.path("one"), toPath: folder.path("two"))
        _ = try await database.moveCollection("one", to: folder.path("two"))
        let summary = try await database.updateCollections(options: Self.prune)
        #expect(summary.unchanged == 1 && summary.pruned == 0 && summary.passages == 0)
        #expect(try await database.document(id: "one/a.txt")?.source == Self.real(folder, "two/a.txt"))
        #expect(try await database.information().lastChange == before)
    }

    @Test func `only what could not be looked at is spared`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("notes/gone.txt", "The dog is red.")
        try folder.write("notes/r.jsonl", "{\"text\": \"a dog\"}\n{\"text\": \"a cat\"}\n")
        try folder.write("notes/shut/b.txt", "The cat is blue.")
        let database = try await Self.database(folder)
        _ = try await database.index(paths: [folder.path("notes")])
        try FileManager.default.removeItem(atPath: folder.path("notes/gone.txt"))
        try folder.write("notes/r.jsonl", "{\"text\": \"a dog\"}\nno record at all\n")
        // A link that leads nowhere is no text any more.
        try FileManager.default.removeItem(atPath: folder.path("notes/shut/b.txt"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("notes/shut/b.txt"), withDestinationPath: "nowhere")
        let summary = try await database.updateCollections(options: Self.prune)
        #expect(summary.pruned == 2 && summary.problemCount == 1)
        #expect(try await Set(database.allIDs()) == ["notes/r.jsonl#1", "notes/r.jsonl#2"])
    }

    @Test func `what is gone or left out now stays and is counted until it is pruned`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("notes/a.txt", "The dog is red.")
        try folder.write("notes/b.txt", "The cat is blue.")
        try folder.write("notes/c.txt", "The tree.")
        let database = try await Self.database(folder)
        _ = try await database.index(paths: [folder.path("notes")])
        try FileManager.default.removeItem(atPath: folder.path("notes/a.txt"))
        // Files in this folder are not read.
        try FileManager.default.createDirectory(
            atPath: folder.path("notes/node_modules"), withIntermediateDirectories: true)
        try FileManager.default.moveItem(
            atPath: folder.path("notes/b.txt"), toPath: folder.path("notes/node_modules/b.txt"))
        try FileManager.default.createDirectory(atPath: folder.path("notes/b.txt"), withIntermediateDirectories: true)
        for _ in 0..<2 {
            let summary = try await database.updateCollections()
            #expect(summary.gone == 1 && summary.leftOut == 1 && summary.unchanged == 1 && summary.pruned == 0)
        }
        let pruned = try await database.updateCollections(options: Self.prune)
        #expect(pruned.pruned == 2 && pruned.gone == 0 && pruned.leftOut == 0)
        #expect(try await database.updateCollections().gone == 0)
        #expect(try await database.allIDs() == ["notes/c.txt"])
    }

    @Test func `documents that a program put stay, whatever their sources`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("notes/a.txt", "The dog is red.")
        try folder.write("notes/picture.png", Data([0, 1, 2]))
        let database = try await Self.database(folder)
        _ = try await database.index(paths: [folder.path("notes")])
        let source = try Self.real(folder, "notes/picture.png")
        _ = try await database.put([Document(id: "picture", text: "A dog on a picture.", source: source)])
        #expect(try await database.updateCollections(options: Self.prune).pruned == 0)
    }
}
