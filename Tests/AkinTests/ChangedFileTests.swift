import Akin
import AkinCore
import AkinStore
import AkinTestSupport
import Foundation
import GRDB
import Testing

/// Which files a run reads again.
@Suite struct ChangedFileTests {
    private static let old = Date(timeIntervalSince1970: 1_700_000_000)

    private static func write(_ folder: TemporaryFolder, _ name: String, _ text: String, at date: Date = old) throws {
        let path = try folder.write(name, text)
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
    }

    private static func indexed(_ folder: TemporaryFolder) async throws -> Akin.Database {
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await database.index(paths: [folder.path("notes")])
        return database
    }

    /// What the store knows of the files, by their paths.
    private static func rows(_ folder: TemporaryFolder) throws -> [String: GRDB.Row] {
        let rows = try DatabaseQueue(path: folder.path("store.db")).read {
            try GRDB.Row.fetchAll($0, sql: "SELECT path, size, modified, hash, reader, records FROM collection_file")
        }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["path"], $0) })
    }

    @Test func `a file of the same size and time is not opened`() async throws {
        let folder = try TemporaryFolder()
        try Self.write(folder, "notes/a.txt", "The dog is red.")
        try Self.write(folder, "notes/r.jsonl", "{\"text\": \"a dog\"}\n{\"text\": \"a cat\"}\n")
        let database = try await Self.indexed(folder)
        let row = try #require(try Self.rows(folder)["r.jsonl"])
        #expect(row["records"] == 2 && row["modified"] == 1_700_000_000_000_000_000)
        // Not even where the bytes differ, which shows that it was not looked into.
        try Self.write(folder, "notes/a.txt", "The cat is red.")
        let summary = try await database.updateCollections()
        #expect(summary.unchanged == 3 && summary.updated == 0)
        #expect(try await database.document(id: "notes/a.txt")?.text == "The dog is red.")
        // Another time alone leads to a look at the bytes.
        try Self.write(folder, "notes/a.txt", "The cat is red.", at: Self.old + 5)
        #expect(try await database.updateCollections().updated == 1)
    }

    @Test func `a file that only its time has changed is known by its bytes`() async throws {
        let folder = try TemporaryFolder()
        try Self.write(folder, "notes/a.txt", "The dog is red.")
        let database = try await Self.indexed(folder)
        try Self.write(folder, "notes/a.txt", "The dog is red.", at: Self.old + 5)
        #expect(try await database.updateCollections().unchanged == 1)
        #expect(try Self.rows(folder)["a.txt"]?["modified"] == 1_700_000_005_000_000_000)
    }

    @Test func `a file that was written a moment ago is looked into at the next run`() async throws {
        let folder = try TemporaryFolder()
        // A time to come stands for that of a write during the run.
        try Self.write(folder, "notes/a.txt", "The dog is red.", at: .now + 1000)
        let database = try await Self.indexed(folder)
        let time = try #require(
            try FileManager.default.attributesOfItem(atPath: folder.path("notes/a.txt"))[.modificationDate] as? Date)
        try Self.write(folder, "notes/a.txt", "The cat is red.", at: time)
        #expect(try await database.updateCollections().updated == 1)
    }

    @Test func `a file with a bad record is read by every run, so that it is reported by every run`() async throws {
        let folder = try TemporaryFolder()
        try Self.write(folder, "notes/r.jsonl", "{\"text\": \"a dog\"}\nno record\n")
        let database = try await Self.indexed(folder)
        for _ in 0..<2 {
            let summary = try await database.updateCollections()
            #expect(summary.problemCount == 1 && summary.unchanged == 1)
        }
    }

    @Test func `passages of another size are made of files that have not changed`() async throws {
        let folder = try TemporaryFolder()
        try Self.write(folder, "notes/a.txt", "The dog is red. The cat is blue. The tree is big. The house is small.")
        let database = try await Self.indexed(folder)
        let options = IndexingOptions(chunkTokens: 8, chunkOverlap: 0)
        #expect(try await database.updateCollections(options: options).updated == 1)
        #expect(try await database.information().passages > 1)
        #expect(try await database.updateCollections().unchanged == 1)
    }

    @Test func `what an older reader made is counted, and read again`() async throws {
        let folder = try TemporaryFolder()
        try Self.write(folder, "notes/a.txt", "The dog is red.")
        try Self.write(folder, "notes/b.md", "# Cat\n\nThe cat is blue.")
        let database = try await Self.indexed(folder)
        #expect(try await database.information().olderDocuments == 0)
        try await database.close()
        // As a reader of version 0 would have left it, whose text was another one.
        try await DatabaseQueue(path: folder.path("store.db")).write { store in
            try store.execute(
                sql: """
                    UPDATE document SET content_hash = CAST(zeroblob(32) || 'markdown/0 1' AS BLOB), checksum = NULL
                    WHERE external_id = 'notes/b.md';
                    UPDATE collection_file SET reader = replace(reader, 'markdown/', 'markdown/0') WHERE path = 'b.md'
                    """)
        }
        let older = try await Database.open(at: folder.path("store.db"), mode: .readWrite, configuration: .tiny())
        let information = try await older.information()
        #expect(information.olderDocuments == 1)
        #expect(information.outdated.contains { $0.remedy == .updateCollections })
        let summary = try await older.updateCollections()
        #expect(summary.updated == 1 && summary.unchanged == 1)
        #expect(try await older.information().olderDocuments == 0)
    }

    @Test func `another reader that gives the same text costs no encoding`() async throws {
        let folder = try TemporaryFolder()
        try Self.write(folder, "notes/a.txt", "The dog is red.")
        let database = try await Self.indexed(folder)
        let before = try await database.information().lastChange
        try await database.close()
        try await DatabaseQueue(path: folder.path("store.db")).write { store in
            try store.execute(
                sql: """
                    UPDATE document SET content_hash = CAST(substr(content_hash, 1, 32) || 'text/0 1' AS BLOB),
                        checksum = NULL;
                    UPDATE collection_file SET reader = 'text/0 1'
                    """)
        }
        let older = try await Database.open(at: folder.path("store.db"), mode: .readWrite, configuration: .tiny())
        #expect(try await older.updateCollections().unchanged == 1)
        let information = try await older.information()
        #expect(information.olderDocuments == 0 && information.lastChange == before)
    }

    @Test func `a run that is interrupted goes on with the files that are left`() async throws {
        let folder = try TemporaryFolder()
        for number in 0..<1200 { try Self.write(folder, "notes/\(number).txt", "The dog \(number) is red.") }
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        let (interruption, notes) = (Interruption(), folder.path("notes"))
        let run = Task {
            // The second batch is being encoded; the first one is written or will be.
            try await database.index(paths: [notes]) { if $0.documents > 600 { interruption.stop() } }
        }
        await interruption.cancel(run)
        await #expect(throws: CancellationError.self) { try await run.value }
        let (rows, documents) = try await (Self.rows(folder).count, database.information().documents)
        // The row of a file comes with its document's batch or with the next.
        #expect(rows > 0 && rows <= documents && rows > documents - 3 && documents < 1200)
        let summary = try await database.updateCollections()
        #expect(summary.added == 1200 - documents && summary.unchanged == documents)
        #expect(try Self.rows(folder).count == 1200)
    }
}
