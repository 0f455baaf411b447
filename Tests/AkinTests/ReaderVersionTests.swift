import Akin
import AkinTestSupport
import AkinText
import Foundation
import GRDB
import Testing

/// What another version of a reader has read is counted, and read again.
@Suite("Versions of given readers")
struct ReaderVersionTests {
    /// Gives what is in a file, in capitals from its second version on.
    private struct CapitalReader: FileReader {
        let extensions: Set<String> = ["cap"]
        let number: Int

        func version(path: String) -> FileReaderVersion { FileReaderVersion("capitals", number) }

        func read(_ file: FileToRead, _ body: (ReadEvent) throws -> Void) throws {
            let text = try String(contentsOfFile: file.path, encoding: .utf8)
            try body(
                .record(
                    TextRecord(id: file.id, text: number > 1 ? text.uppercased() : text, source: file.source)))
        }
    }

    private static func database(_ folder: TemporaryFolder, version: Int) async throws -> Akin.Database {
        var configuration = Akin.Database.Configuration()
        configuration.readers = [CapitalReader(number: version)]
        return try await Akin.Database.open(at: folder.path("a.db"), mode: .create, configuration: configuration)
    }

    @Test func `files that an older version of a reader read are counted and read again`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("in/a.cap", "the ferry")
        try folder.write("in/b.txt", "the quay")
        for name in ["in/a.cap", "in/b.txt"] {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_750_000_000)], ofItemAtPath: folder.path(name))
        }
        let first = try await Self.database(folder, version: 1)
        #expect(try await first.index(paths: [folder.path("in")]).added == 2)
        #expect(try await first.information().olderDocuments == 0)
        #expect(try await first.updateCollections().unchanged == 2)

        let second = try await Self.database(folder, version: 2)
        #expect(try await second.information().olderDocuments == 1)
        let summary = try await second.updateCollections()
        #expect(summary.updated == 1 && summary.unchanged == 1)
        #expect(try await second.document(id: "in/a.cap")?.text == "THE FERRY")
        #expect(try await second.information().olderDocuments == 0)
        #expect(try await second.updateCollections().unchanged == 2)
    }

    @Test(.enabled(if: BuiltProgram.url("akin-reader") != nil))
    func `documents are known by the version of the reader of their kind`() async throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "in/a.docx", wordBytes([(style: "Heading1", text: "Harbour"), (style: "", text: "The ferry leaves.")]))
        try folder.write("in/b.zip", zipBytes([(name: "b.txt", text: "The quay.")]))
        try folder.write("in/c.txt", "The cape.")
        try folder.write("in/d.odd", "The lighthouse.")
        var configuration = Akin.Database.Configuration()
        let program = try #require(BuiltProgram.url("akin-reader")).path
        configuration.readers = [ReaderProgram(at: program, converters: ["odd": "/bin/cat {}"])]
        let database = try await Akin.Database.open(
            at: folder.path("a.db"), mode: .create, configuration: configuration)
        #expect(try await database.index(paths: [folder.path("in")]).added == 4)
        let queue = try DatabaseQueue(path: folder.path("a.db"))
        let readers = try await queue.read { database in
            try String.fetchAll(database, sql: "SELECT reader FROM collection_file ORDER BY path")
        }
        #expect(readers.count == 4)
        // Every change of a reader of what may be in an archive raises its version.
        let archive = "archive/\(DocumentKind.archive.readerVersion) "
        let word = "word/\(DocumentKind.word.readerVersion)"
        for (reader, name) in zip(readers, ["\(word) ", archive, "text/1 ", "command-"]) {
            #expect(reader.hasPrefix(name))
        }
        // What a store has that another version filled: of the reader, then of what cuts texts of blocks.
        for (version, updated) in [("word/0 \(Chunker.version)", 0), ("\(word) \(Chunker.version - 1)", 1)] {
            try await queue.write { database in
                try database.execute(
                    sql: """
                        UPDATE document SET content_hash = CAST(substr(content_hash, 1, 32) || CAST(? AS BLOB) AS BLOB)
                        WHERE external_id = 'in/a.docx'
                        """, arguments: [version])
                try database.execute(
                    sql: "UPDATE collection_file SET reader = replace(reader, ?, ?)",
                    arguments: ["\(word) \(Chunker.version)", version])
            }
            #expect(try await database.information().olderDocuments == 1)
            let summary = try await database.updateCollections()
            #expect(summary.updated == updated && summary.unchanged == 4 - updated)
            #expect(try await database.information().olderDocuments == 0)
        }
    }
}
