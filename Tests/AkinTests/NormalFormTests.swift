import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// Names that are equal to Swift and different to a file system or the store.
@Suite struct NormalFormTests {
    private static let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")

    private static func database(_ folder: TemporaryFolder) async throws -> Database {
        try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
    }

    @Test(arguments: [
        ("r.jsonl", "{\"id\":\"1\",\"text\":\"a dog\",\"%1\":1,\"%2\":2}\n{\"id\":\"2\",\"text\":\"a cat\"}\n"),
        ("r.json", "[{\"id\":\"1\",\"text\":\"a dog\",\"in\":{\"%1\":1,\"%2\":2}},{\"id\":\"2\",\"text\":\"a cat\"}]"),
        (
            "m.jsonl",
            "{\"id\":\"1\",\"text\":\"a dog\",\"%1\":1,\"metadata\":{\"%2\":2}}\n{\"id\":\"2\",\"text\":\"a cat\"}\n"
        ),
    ]) func `a record with two fields that differ by normal form is a problem`(_ name: String, _ text: String)
        async throws
    {
        let folder = try TemporaryFolder()
        let filled = text.replacing("%1", with: Self.composed).replacing("%2", with: Self.decomposed)
        let file = try folder.write(name, filled)
        let database = try await Self.database(folder)
        let summary = try await database.index(paths: [file])
        #expect(
            summary.problemCount == 1 && summary.problems.first?.message.contains("normal forms") == true,
            "\(summary.problems)")
        #expect(try await database.allIDs() == ["2"])
    }

    @Test(arguments: [composed, decomposed]) func `a field is found by either form of its name`(_ asked: String)
        async throws
    {
        let folder = try TemporaryFolder()
        let database = try await Self.database(folder)
        _ = try await database.put([
            Document(id: "1", text: "a dog", metadata: [Self.composed: .number(1)]),
            Document(id: "2", text: "a dog", metadata: [Self.decomposed: .number(1)]),
        ])
        let found = try await database.search(
            SearchRequest("dog", mode: .keyword, filter: try Database.Filter("`\(asked)` = 1")))
        #expect(Set(found.ids) == ["1", "2"])
        #expect(try await database.verify() == [])
    }

    @Test func `files whose names differ by normal form are two documents, and names may begin with a combining mark`()
        async throws
    {
        let folder = try TemporaryFolder()
        let names = [Self.composed + ".txt", Self.decomposed + ".txt", "\u{301}sub/\u{302}a.md", "\u{303}r.jsonl"]
        for name in names { try folder.write("notes/\(name)", name.hasSuffix("l") ? "{\"text\": \"a dog\"}" : "a dog") }
        let database = try await Self.database(folder)
        let summary = try await database.index(paths: [
            folder.path("notes"), folder.path("notes/\u{301}sub/\u{302}a.md"),
        ])
        #expect(summary.added == 4 && summary.problemCount == 0)
        let ids = try await Set(database.allIDs().map { Array($0.utf8) })
        let expected = names.map { "notes/\($0)" + ($0.hasSuffix("l") ? "#1" : "") }
        #expect(ids == Set(expected.map { Array($0.utf8) }))
        try FileManager.default.removeItem(atPath: folder.path("notes/\u{301}sub/\u{302}a.md"))
        #expect(
            try await database.index(paths: [folder.path("notes")], options: IndexingOptions(prune: true)).pruned == 1)
    }

    @Test(arguments: [("\"a1\"", "a1"), ("7", "7"), ("{\"$oid\":\"x\"}", "notes/c.jsonl#1")])
    func `the field _id is an id where it can be one`(_ value: String, _ id: String) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("notes/c.jsonl", "{\"_id\": \(value), \"title\": \"T\", \"text\": \"a dog\"}\n")
        let database = try await Self.database(folder)
        #expect(try await database.index(paths: [file]).problemCount == 0)
        #expect(try await database.allIDs() == [id])
    }
}
