import Akin
import AkinCore
import AkinStore
import AkinTestSupport
import Foundation
import Testing

/// From the lines of a file to the place of a result.
@Suite struct PlaceTests {
    private static func database(_ folder: TemporaryFolder) async throws -> Database {
        try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
    }

    /// Twelve lines, in passages of eight tokens.
    private static let lines = (0..<12).map { SampleTexts.sentence($0) }

    private static func indexed(_ name: String, _ contents: String, _ folder: TemporaryFolder) async throws -> Database
    {
        let database = try await database(folder)
        try folder.write("in/\(name)", contents)
        _ = try await database.index(
            paths: [folder.path("in")], options: IndexingOptions(chunkTokens: 24, chunkOverlap: 0))
        return database
    }

    private static func passages(_ database: Database) async throws -> [SearchResult] {
        try await database.search(SearchRequest("the man is in a house", count: 100, mode: .semantic, unique: false))
            .results.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    @Test(arguments: [("a.txt", "", 1), ("a.swift", "", 1), ("a.md", "---\nyear: 2020\n---\n", 4)])
    func `results say the lines of their passages`(name: String, head: String, first: Int) async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.indexed(name, head + Self.lines.joined(separator: "\n") + "\n", folder)
        let passages = try await Self.passages(database)
        #expect(passages.count > 3)
        for passage in passages {
            let lines = try #require(passage.place?.lines)
            let text = passage.text.trimmingCharacters(in: .whitespacesAndNewlines)
            let expected = Self.lines[lines.lowerBound - first...lines.upperBound - first]
            #expect(expected.joined(separator: "\n").contains(text))
            #expect(text.split(separator: "\n").count == lines.count)
        }
        #expect(passages.first?.place?.lines?.lowerBound == first)
    }

    @Test func `the words of a heading find every passage that stands under it`() async throws {
        let folder = try TemporaryFolder()
        let contents = "# Zebra\n\n" + Self.lines.joined(separator: "\n\n") + "\n"
        var database = try await Self.indexed("a.md", contents, folder)
        let request = SearchRequest("zebra", count: 100, mode: .keyword, unique: false)
        let passages = try await Self.passages(database).count
        #expect(passages > 3)
        #expect(try await database.search(request).results.count == passages)
        #expect(try await database.search(request).results.filter { $0.text.contains("Zebra") }.count == 1)
        try await database.close()
        // An older version read the texts alone.
        let path = folder.path("store.db")
        let store = try Store(path: path, mode: .readWrite(createIfMissing: false))
        try store.write { writer in
            _ = try writer.updateSearchTexts { _, _, _ in nil }
            try writer.setSetting("keyword_text", nil)
        }
        try store.close()
        database = try await Database.open(at: path, mode: .readWrite, configuration: .tiny())
        #expect(try await database.search(request).results.count == 1)
        _ = try await database.optimize()
        #expect(try await database.search(request).results.count == passages)
        #expect(try await database.verify() == [])
    }

    @Test func `lines that moved above an unchanged text move its passages, and nothing is encoded again`() async throws
    {
        let folder = try TemporaryFolder()
        let records = Self.lines.enumerated().map { #"{"id": "\#($0)", "text": "\#($1)"}"# }
        let database = try await Self.indexed("a.jsonl", records.joined(separator: "\n"), folder)
        let before = try await Self.passages(database)
        #expect(Set(before.map { $0.place?.lines }) == Set((1...12).map { $0...$0 }))
        try folder.write("in/a.jsonl", "\n\n" + records.joined(separator: "\n"))
        let summary = try await database.index(paths: [folder.path("in")])
        #expect(summary.unchanged == 12 && summary.updated == 0)
        let after = try await Self.passages(database)
        #expect(Set(after.map(\.passage)) == Set(before.map(\.passage)))
        #expect(Set(after.map { $0.place?.lines }) == Set((3...14).map { $0...$0 }))
        #expect(try await database.verify() == [])
    }

    @Test func `documents that a program puts have no place, and backups and other encoders keep places`() async throws
    {
        let folder = try TemporaryFolder()
        let database = try await Self.indexed("a.txt", Self.lines.joined(separator: "\n"), folder)
        try await database.put(Document(id: "put", text: "the man is in a house."))
        let before = try await Self.passages(database)
        #expect(before.count { $0.place == nil } == 1 && before.first { $0.id == "put" }?.place == nil)
        try await database.optimize(encoder: "words")
        func places(_ results: [SearchResult]) -> [Int64: PassagePlace?] {
            Dictionary(uniqueKeysWithValues: results.map { ($0.passage, $0.place) })
        }
        #expect(places(try await Self.passages(database)) == places(before))
        _ = try await database.backup(to: folder.path("copy.db"))
        let copy = try await Database.open(at: folder.path("copy.db"), mode: .readOnly, configuration: .tiny())
        #expect(places(try await Self.passages(copy)) == places(before))
    }

    @Test(arguments: [(1...1, 1...1), (3...5, 3...5), (11...99, 11...12)])
    func `an excerpt has the lines of the file`(asked: ClosedRange<Int>, got: ClosedRange<Int>) async throws {
        let folder = try TemporaryFolder()
        let head = "---\nyear: 2020\n---\n"
        let database = try await Self.indexed("a.md", head + Self.lines.joined(separator: "\r\n") + "\r\n", folder)
        let id = try #require(try await database.allIDs().first)
        let excerpt = try await database.excerpt(ofDocument: id, lines: asked.lowerBound + 3...asked.upperBound + 3)
        let expected = Self.lines[got.lowerBound - 1...got.upperBound - 1].joined(separator: "\r\n")
        #expect(excerpt.text.trimmingCharacters(in: .newlines) == expected)
        #expect(excerpt.lines == got.lowerBound + 3...got.upperBound + 3 && excerpt.isLineByLine)
        let document = try #require(try await database.document(id: id))
        #expect(String(document.text(in: excerpt.range)) == excerpt.text)
        await expectRefusal(.notFound, saying: "lines 4 to 15") {
            try await database.excerpt(ofDocument: id, lines: 16...20)
        }
        await expectRefusal(.notFound, saying: "no pages") { try await database.excerpt(ofDocument: id, page: 1) }
    }

    @Test func `a document without a file has the lines of its text`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.database(folder)
        try await database.put(Document(id: "put", text: "one\ntwo\nthree"))
        #expect(try await database.excerpt(ofDocument: "put", lines: 2...2).text == "two")
        await expectRefusal(.notFound, saying: "no document") {
            try await database.excerpt(ofDocument: "nobody", lines: 1...1)
        }
    }

    @Test func `the lines around a result are those of its document`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.indexed("a.txt", Self.lines.joined(separator: "\n"), folder)
        for result in try await Self.passages(database) {
            let own = try #require(result.place?.lines)
            let excerpt = try #require(try await database.excerpt(around: result, context: 2))
            let expected = max(1, own.lowerBound - 2)...min(12, own.upperBound + 2)
            #expect(excerpt.lines == expected)
            #expect(
                excerpt.text == Self.lines[expected.lowerBound - 1...expected.upperBound - 1].joined(separator: "\n"))
        }
    }
}
