import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// A file is one document, however it is named; two files never are.
@Suite struct CollectionTests {
    private static func database(_ folder: TemporaryFolder, _ name: String = "store.db") async throws -> Database {
        try await Database.open(at: folder.path(name), mode: .create, configuration: .tiny())
    }

    @Test func `two folders with files of one name are two documents`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("a/README.md", "The dog is red.")
        try folder.write("b/README.md", "The cat is blue.")
        let database = try await Self.database(folder)
        _ = try await database.index(paths: [folder.path("a")])
        let summary = try await database.index(paths: [folder.path("b")])
        #expect(summary.added == 1 && summary.updated == 0)
        #expect(try await Set(database.allIDs()) == ["a/README.md", "b/README.md"])
    }

    @Test func `folders of one name get collections of two names`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("one/notes/a.txt", "The dog is red.")
        try folder.write("two/notes/a.txt", "The cat is blue.")
        let database = try await Self.database(folder)
        _ = try await database.index(paths: [folder.path("one/notes"), folder.path("two/notes")])
        #expect(try await Set(database.allIDs()) == ["notes/a.txt", "notes-2/a.txt"])
        #expect(try await database.collections().map(\.name) == ["notes", "notes-2"])
    }

    @Test func `a folder inside a collection belongs to it`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("notes/a.txt", "The dog is red.")
        try folder.write("notes/sub/b.txt", "The cat is blue.")
        let database = try await Self.database(folder)
        _ = try await database.index(paths: [folder.path("notes")])
        try folder.write("notes/a.txt", "A dog that is not looked at.")
        try folder.write("notes/sub/c.txt", "A tree.")
        let summary = try await database.index(paths: [folder.path("notes/sub")])
        #expect(summary.added == 1 && summary.unchanged == 1 && summary.updated == 0)
        #expect(try await Set(database.allIDs()) == ["notes/a.txt", "notes/sub/b.txt", "notes/sub/c.txt"])
        #expect(try await database.collections().count == 1)
    }

    @Test func `an outer folder leaves an inner collection its files, and says so`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("notes/a.txt", "The dog is red.")
        try folder.write("notes/sub/b.txt", "The cat is blue.")
        let database = try await Self.database(folder)
        _ = try await database.index(paths: [folder.path("notes/sub")])
        try folder.write("notes/sub/c.txt", "A tree.")
        let summary = try await database.index(paths: [folder.path("notes")])
        #expect(summary.added == 2 && summary.unchanged == 1)
        #expect(summary.notes.contains { $0.message.contains("sub") && $0.message.contains("stay documents") })
        #expect(try await Set(database.allIDs()) == ["notes/a.txt", "sub/b.txt", "sub/c.txt"])
        #expect(try await database.updateCollections().unchanged == 3)
        #expect(try await database.collections().map(\.documents) == [1, 2])
    }

    /// In one command the order does not count.
    @Test(arguments: [["notes", "notes/sub", "notes/a.txt"], ["notes/a.txt", "notes/sub", "notes"]])
    func `folders and files that are named together are read once`(_ names: [String]) async throws {
        let folder = try TemporaryFolder()
        try folder.write("notes/a.txt", "The dog is red.")
        try folder.write("notes/sub/b.txt", "The cat is blue.")
        let database = try await Self.database(folder)
        let summary = try await database.index(paths: names.map { folder.path($0) })
        #expect(summary.added == 2 && summary.repeatedIDs == 0)
        #expect(try await Set(database.allIDs()) == ["notes/a.txt", "notes/sub/b.txt"])
        #expect(try await database.collections().map(\.name) == ["notes"])
    }

    @Test func `rows without ids of two files are documents of their own`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("a/d.jsonl", "{\"text\": \"a dog\"}\n")
        try folder.write("b/d.jsonl", "{\"text\": \"a cat\"}\n")
        let database = try await Self.database(folder)
        _ = try await database.index(paths: [folder.path("a/d.jsonl")])
        _ = try await database.index(paths: [folder.path("b/d.jsonl")])
        #expect(try await Set(database.allIDs()) == ["a/d.jsonl#1", "b/d.jsonl#1"])
    }

    @Test func `a file named alone does not make its whole folder be read`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("notes/a.txt", "The dog is red.")
        try folder.write("notes/b.txt", "The cat is blue.")
        let database = try await Self.database(folder)
        _ = try await database.index(paths: [folder.path("notes/a.txt")])
        try folder.write("notes/a.txt", "The dog is green.")
        let summary = try await database.updateCollections()
        #expect(summary.updated == 1 && summary.added == 0)
        #expect(try await database.allIDs() == ["notes/a.txt"])
        #expect(try await database.collections().first?.followed == ["a.txt"])
        // Its folder takes it in.
        #expect(try await database.index(paths: [folder.path("notes")]).added == 1)
        #expect(try await Set(database.allIDs()) == ["notes/a.txt", "notes/b.txt"])
        #expect(try await database.collections().first?.followed == nil)
    }

    @Test func `a link to a file is that file`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("notes/a.txt", "The dog is red.")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link.txt"), withDestinationPath: folder.path("notes/a.txt"))
        let database = try await Self.database(folder)
        _ = try await database.index(paths: [folder.path("link.txt"), folder.path("notes/a.txt")])
        #expect(try await database.allIDs() == ["notes/a.txt"])
    }

    @Test func `of several links to one hidden file the same is read, whatever is named first`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("notes/.store/1", "The dog is red.")
        for part in ["a", "b"] {
            try folder.write("notes/\(part)/own.txt", "The \(part) is blue.")
            for name in ["x.txt", "y.txt"] {
                try FileManager.default.createSymbolicLink(
                    atPath: folder.path("notes/\(part)/\(name)"), withDestinationPath: "../.store/1")
            }
        }
        for paths in [
            ["notes"], ["notes/b", "notes/a"], ["notes/b/y.txt", "notes/b/own.txt", "notes"], ["notes/b/x.txt"],
        ] {
            let database = try await Database.open(
                at: folder.path("\(paths.count)\(paths[0].count).db"), mode: .create, configuration: .tiny())
            _ = try await database.addCollection(folder.path("notes"))
            for path in paths { _ = try await database.index(paths: [folder.path(path)]) }
            let ids = try await database.allIDs().filter { !$0.hasSuffix("own.txt") }
            #expect(ids == ["notes/a/x.txt"], "\(paths)")
            _ = try await database.updateCollections()
            #expect(
                try await Set(database.allIDs()) == ["notes/a/own.txt", "notes/a/x.txt", "notes/b/own.txt"], "\(paths)")
        }
    }

    @Test func `a file of unknown kind that was named once is followed`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("notes/a.txt", "The dog is red.")
        try folder.write("notes/LICENSE", "The cat is blue.")
        let database = try await Self.database(folder)
        _ = try await database.index(paths: [folder.path("notes"), folder.path("notes/LICENSE")])
        try folder.write("notes/LICENSE", "The cat is green.")
        #expect(try await database.updateCollections().updated == 1)
        #expect(try await database.document(id: "notes/LICENSE")?.text == "The cat is green.")
    }

    @Test func `what was said of a folder is remembered for it and used again`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("shop/r.jsonl", "{\"subject\": \"Dog\", \"words\": \"a red dog\"}\n")
        try folder.write("shop/other.jsonl", "{\"head\": \"Cat\", \"words\": \"a blue cat\"}\n")
        let database = try await Self.database(folder)
        _ = try await database.index(paths: [folder.path("shop")], options: IndexingOptions(textField: "words"))
        _ = try await database.index(
            paths: [folder.path("shop/other.jsonl")], options: IndexingOptions(titleField: "head"))
        #expect(try await database.document(id: "shop/other.jsonl#1")?.title == "Cat")
        try folder.write("shop/r.jsonl", "{\"subject\": \"Dog\", \"words\": \"a green dog\"}\n")
        try folder.write("shop/other.jsonl", "{\"head\": \"Cow\", \"words\": \"a green cow\"}\n")
        let summary = try await database.updateCollections()
        #expect(summary.updated == 2 && summary.problemCount == 0)
        #expect(try await database.document(id: "shop/r.jsonl#1")?.text == "a green dog")
        #expect(try await database.document(id: "shop/other.jsonl#1")?.title == "Cow")
        // Said anew, it is read again though the file is the same.
        let again = try await database.index(
            paths: [folder.path("shop")], options: IndexingOptions(titleField: "subject"))
        #expect(again.updated == 1)
        #expect(try await database.document(id: "shop/r.jsonl#1")?.title == "Dog")
        #expect(try await database.document(id: "shop/other.jsonl#1")?.title == "Cow")
    }

    @Test func `one id from two files is a conflict with both places, and the last wins`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("a/r.jsonl", "{\"id\": \"x\", \"text\": \"a dog\"}\n")
        try folder.write("b/r.jsonl", "{\"id\": \"x\", \"text\": \"a cat\"}\n")
        let database = try await Self.database(folder)
        #expect(try await database.index(paths: [folder.path("a")]).conflictCount == 0)
        let summary = try await database.index(paths: [folder.path("b")])
        #expect(summary.conflictCount == 1 && summary.repeatedIDs == 0)
        let conflict = try #require(summary.conflicts.first)
        #expect(conflict.id == "x")
        #expect(conflict.replaced.hasSuffix("a/r.jsonl#1") && conflict.kept.hasSuffix("b/r.jsonl#1"))
        #expect(try await database.document(id: "x")?.text == "a cat")
        #expect(try await database.updateCollections().conflictCount == 0)

        let both = try await Self.database(folder, "both.db")
        #expect(try await both.index(paths: [folder.path("a"), folder.path("b")]).conflictCount == 1)
    }

    @Test func `a record that another file has too comes back when the file that won is pruned`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("a/r.jsonl", "{\"id\": \"x\", \"text\": \"a dog\"}\n")
        try folder.write("b/r.jsonl", "{\"id\": \"x\", \"text\": \"a cat\"}\n")
        let database = try await Self.database(folder)
        _ = try await database.index(paths: [folder.path("a")])
        _ = try await database.index(paths: [folder.path("b")])
        try FileManager.default.removeItem(atPath: folder.path("b/r.jsonl"))
        #expect(try await database.updateCollections(options: IndexingOptions(prune: true)).pruned == 1)
        #expect(try await database.updateCollections().added == 1)
        #expect(try await database.document(id: "x")?.text == "a dog")
    }

    @Test func `a record that went to another file of the run is no conflict`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("a/1.jsonl", "{\"id\": \"y\", \"text\": \"a tree\"}\n")
        try folder.write("a/2.jsonl", "{\"id\": \"x\", \"text\": \"a dog\"}\n{\"id\": \"z\", \"text\": \"a cat\"}\n")
        let database = try await Self.database(folder)
        _ = try await database.index(paths: [folder.path("a")])
        try folder.write("a/1.jsonl", "{\"id\": \"y\", \"text\": \"a tree\"}\n{\"id\": \"x\", \"text\": \"a dog\"}\n")
        try folder.write("a/2.jsonl", "{\"id\": \"z\", \"text\": \"a cat\"}\n")
        #expect(try await database.updateCollections().conflictCount == 0)
        // Nor is one whose file is gone.
        try FileManager.default.moveItem(atPath: folder.path("a/1.jsonl"), toPath: folder.path("a/3.jsonl"))
        #expect(try await database.updateCollections().conflictCount == 0)
    }

    @Test func `a document put by hand over a file's is a conflict`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("a/x.txt", "a dog")
        let database = try await Self.database(folder)
        _ = try await database.index(paths: [folder.path("a")])
        #expect(try await database.put(Document(id: "a/x.txt", text: "a cat")).conflictCount == 1)
        try folder.write("a/x.txt", "a red dog")
        #expect(try await database.updateCollections().conflictCount == 1)
        #expect(try await database.document(id: "a/x.txt")?.text == "a red dog")
    }

    @Test func `a new folder never takes the ids of documents from elsewhere`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("a/x.txt", "a dog")
        let database = try await Self.database(folder)
        _ = try await database.put(Document(id: "a/x.txt", text: "a cat"))
        let summary = try await database.index(paths: [folder.path("a")])
        #expect(summary.added == 1 && summary.conflictCount == 0)
        #expect(try await Set(database.allIDs()) == ["a/x.txt", "a-2/x.txt"])
    }

    @Test func `a folder that moves with its store keeps its ids, and nothing is encoded`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("here/notes/a.txt", "The dog is red.")
        let database = try await Self.database(folder, "here/store.db")
        _ = try await database.index(paths: [folder.path("here/notes")])
        try await database.close()
        try FileManager.default.moveItem(atPath: folder.path("here"), toPath: folder.path("there"))
        let moved = try await Self.database(folder, "there/store.db")
        #expect(try await moved.collections().first?.root.hasSuffix("there/notes") == true)
        let before = try await moved.information().lastChange
        let summary = try await moved.updateCollections()
        #expect(summary.unchanged == 1 && summary.added == 0 && summary.problemCount == 0)
        #expect(try await moved.information().lastChange == before)
        #expect(try await moved.document(id: "notes/a.txt")?.source.hasSuffix("there/notes/a.txt") == true)
        #expect(try await moved.verify() == [])
    }

    @Test func `a store without collections has nothing to bring up to date`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.database(folder)
        await expectRefusal(.noInput, saying: "no collections") { try await database.updateCollections() }
    }

    @Test func `a collection whose folder is not there is reported, and its documents stay`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("a/x.txt", "a dog")
        try folder.write("b/y.txt", "a cat")
        let database = try await Self.database(folder)
        _ = try await database.index(paths: [folder.path("a"), folder.path("b")])
        try FileManager.default.moveItem(atPath: folder.path("a"), toPath: folder.path("elsewhere"))
        try FileManager.default.removeItem(atPath: folder.path("b/y.txt"))
        try folder.write("b/z.txt", "a tree")
        let summary = try await database.updateCollections(options: IndexingOptions(prune: true))
        #expect(summary.problemCount == 1 && summary.added == 1 && summary.pruned == 1)
        #expect(try await Set(database.allIDs()) == ["a/x.txt", "b/z.txt"])
        #expect(try await database.collections().first?.isMissing == true)
        let moved = try await database.moveCollection("a", to: folder.path("elsewhere"))
        #expect(moved.root.hasSuffix("elsewhere") && moved.name == "a")
        #expect(try await database.updateCollections().unchanged == 2)
    }
}
