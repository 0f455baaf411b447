import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

@Suite struct ErrorTests {
    @Test(arguments: [Database.OpenMode.readOnly, .readWrite]) func `a missing store is not made`(
        _ mode: Database.OpenMode
    )
        async throws
    {
        let folder = try TemporaryFolder()
        let path = folder.path("gone.db")
        await expectRefusal(.noInput, saying: "gone.db") {
            try await Database.open(at: path, mode: mode, configuration: .tiny())
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
    }

    @Test(
        arguments: [Database.OpenMode.readOnly, .readWrite, .create],
        [
            Data("These are my notes, and they are not a database.".utf8),
            Data("SQLite format 3\u{0}".utf8) + Data(count: 8176),
        ])
    func `a file that is no store is refused and left alone`(_ mode: Database.OpenMode, _ contents: Data) async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("notes.db", contents)
        await expectRefusal(.invalidData, saying: "notes.db") {
            try await Database.open(at: path, mode: mode, configuration: .tiny())
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == contents)
    }

    @Test(arguments: [Database.OpenMode.readOnly, .readWrite, .create])
    func `a store of a newer format is refused and left alone`(
        _ mode: Database.OpenMode
    ) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("store.db")
        let database = try await Database.open(at: path, mode: .create, configuration: .tiny())
        _ = try await database.put(SampleTexts.documents(0..<5))
        try await database.close()
        // SQLite's user version, bytes 60 to 63 of the header, holds the format.
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes[62] = 3
        try bytes.write(to: URL(filePath: path))
        await expectRefusal(.incompatible, saying: "newer") {
            try await Database.open(at: path, mode: mode, configuration: .tiny())
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    }

    @Test(arguments: [
        Document(id: "", text: "dog"), Document(id: "a\u{0}b", text: "dog"),
        Document(id: "a", title: "\u{0}", text: "dog"),
        Document(id: "a", text: "dog\u{0}cat"), Document(id: "a", text: "dog", metadata: ["x": .number(.nan)]),
        Document(id: "a", text: "dog", metadata: ["x": .array([.number(.infinity)])]),
    ])
    func `what cannot be stored is refused before anything is written`(_ document: Document) async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        await expectRefusal(.invalidData) { try await database.put([Document(id: "good", text: "cat"), document]) }
        #expect(try await database.information().documents == 0)
    }

    @Test func `documents without text are kept`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        let documents = [
            Document(id: "1", text: ""), Document(id: "2", title: "guitar", text: ""), Document(id: "3", text: " \n "),
        ]
        #expect(try await database.put(documents).added == 3)
        for document in documents { #expect(try await database.document(id: document.id) == document) }
        #expect(try await database.search(SearchRequest("guitar", mode: .keyword)).ids == ["2"])
        #expect(try await database.put(documents).unchanged == 3)
        #expect(try await database.verify() == [])
    }

    @Test func `metadata comes back as it was put`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        let document = Document(
            id: "1", title: "T", text: "dog", source: "somewhere",
            metadata: [
                "null": .null, "yes": .bool(true), "no": .bool(false), "one": .number(1), "half": .number(-0.5),
                "large": .number(1e300),
                "text": .string("ä\"\\\n\u{0}"), "list": .array([.number(1), .string("x"), .null]),
                "nested": .object(["a": .object(["b": .number(2)])]),
                "": .string(""), "key\u{0}with NUL": .number(3), "caf\u{e9}": .string("e\u{301}"),
                "minus": .number(-0.0), "tiny": .number(.leastNonzeroMagnitude),
            ])
        _ = try await database.put([document])
        #expect(try await database.document(id: "1") == document)
        #expect(try await database.verify() == [])
    }

    @Test func `a read-only database refuses to write`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("store.db")
        let writer = try await Database.open(at: path, mode: .create, configuration: .tiny())
        _ = try await writer.put(SampleTexts.documents(0..<5))
        let reader = try await Database.open(at: path, configuration: .tiny())
        await expectRefusal(.cannotCreate, saying: "store.db") {
            try await reader.put([Document(id: "x", text: "dog")])
        }
        await expectRefusal(.cannotCreate, saying: "store.db") { try await reader.delete(id: "d0") }
        await expectRefusal(.cannotCreate, saying: "store.db") { try await reader.optimize() }
        #expect(try await reader.information().documents == 5)
    }

    @Test func `a store in a folder that is not there cannot be made`() async throws {
        let folder = try TemporaryFolder()
        await expectRefusal(.cannotCreate, saying: "nowhere") {
            try await Database.open(at: folder.path("nowhere/store.db"), mode: .create, configuration: .tiny())
        }
    }

    @Test func `input that is not there is named`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        await expectRefusal(.noInput, saying: "gone") { try await database.index(paths: [folder.path("gone")]) }
        await expectRefusal(.noInput) { try await database.index(paths: []) }
    }

    @Test func `deleting says whether there was something`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.put(SampleTexts.documents(0..<3))
        #expect(try await database.delete(id: "d1"))
        #expect(try await !database.delete(id: "d1"))
        #expect(try await database.document(id: "d1") == nil)
        #expect(try await database.allIDs() == ["d0", "d2"])
        #expect(try await database.search(SearchRequest("the", count: 10)).results.count == 2)
        #expect(try await database.verify() == [])
    }

    @Test func `a closed database says that it is closed`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.put(SampleTexts.documents(0..<3))
        try await database.close()
        try await database.close()
        await expectRefusal(.internalFailure, saying: "closed") { try await database.search(SearchRequest("dog")) }
        let again = try await Database.open(at: folder.path("store.db"), configuration: .tiny())
        #expect(try await again.allIDs() == ["d0", "d1", "d2"])
    }
}
