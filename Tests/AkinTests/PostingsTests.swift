import Akin
import AkinCore
import AkinStore
import AkinTestSupport
import Foundation
import Testing

/// The index file over words: its answers are those of SQLite's own keyword index.
@Suite struct PostingsTests {
    /// Builds files over words from a few passages on.
    private static let indexed: Database.Configuration = {
        var configuration = Database.Configuration.tiny()
        configuration.postingsThreshold = 50
        return configuration
    }()

    private static func store(_ folder: TemporaryFolder, _ documents: [Document]) async throws -> Database {
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: indexed)
        _ = try await database.put(documents)
        return database
    }

    private static func wordFiles(_ folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0.contains(".db-words-") }
            .sorted()
    }

    /// What a copy without index files answers.
    private static func answers(
        withoutFiles database: Database, _ requests: [SearchRequest]
    ) async throws -> [SearchResponse] {
        let folder = try TemporaryFolder()
        try await database.backup(to: folder.path("copy.db"))
        let copy = try await Database.open(at: folder.path("copy.db"), configuration: .tiny())
        let answers = try await copy.search(requests)
        #expect(answers.allSatisfy { $0.postings == nil })
        try await copy.close()
        return answers
    }

    private static func requests(_ count: Int, seed: UInt64) -> [SearchRequest] {
        var texts = MixedTexts(seed: seed)
        return (0..<count).map { number in
            SearchRequest(
                number % 3 == 1 ? texts.questionWithSyntax() : texts.question(), count: [1, 10, 60, 2000][number % 4],
                mode: number % 5 == 0 ? .hybrid : .keyword, unique: number % 2 == 0)
        }
    }

    /// The same rows in the same order, with the same scores to 1e-9.
    private static func expectSameAnswers(
        _ database: Database, _ requests: [SearchRequest], usingFile: Bool = true,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let given = try await database.search(requests)
        let expected = try await answers(withoutFiles: database, requests)
        for (given, expected) in zip(given, expected) {
            #expect(
                given.results.map(\.passage) == expected.results.map(\.passage), "\(given.query)",
                sourceLocation: sourceLocation)
            for (row, other) in zip(given.results, expected.results) {
                #expect(abs(row.score - other.score) <= 1e-9, sourceLocation: sourceLocation)
                #expect(
                    abs((row.scores.keyword ?? -1) - (other.scores.keyword ?? -1)) <= 1e-9,
                    sourceLocation: sourceLocation)
            }
            #expect((given.postings != nil) == usingFile, "\(given.query)", sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: 0..<3) func `scores are those of FTS5, whatever changes`(_ seed: UInt64) async throws {
        let folder = try TemporaryFolder()
        var texts = MixedTexts(seed: seed)
        let database = try await Self.store(folder, texts.documents(400, prefix: "d"))
        #expect(try Self.wordFiles(folder) == ["store.db-words-1"])
        try await Self.expectSameAnswers(database, Self.requests(24, seed: seed))

        // Beside the file: added, changed and deleted ones.
        for number in 0..<5 { _ = try await database.delete(id: "d\(10 + number * 41)") }
        _ = try await database.put(texts.documents(1, prefix: "d") + texts.documents(2, prefix: "e"))
        #expect(try Self.wordFiles(folder) == ["store.db-words-1"])
        let requests = Self.requests(24, seed: seed + 10)
        try await Self.expectSameAnswers(database, requests)
        let step = try #require(try await database.search(requests[1]).postings)
        #expect(step.passages >= 400 && step.pending > 0 && step.deleted > 0)

        // So much that it is built again.
        _ = try await database.put(texts.documents(40, prefix: "f"))
        #expect(try Self.wordFiles(folder) == ["store.db-words-2"])
        try await Self.expectSameAnswers(database, Self.requests(24, seed: seed + 20))
        #expect(try await database.verify() == [])
        #expect(try await database.information().postings?.generation == 2)
    }

    @Test func `a filter gives the best of those that it allows`() async throws {
        let folder = try TemporaryFolder()
        var texts = MixedTexts(seed: 7)
        var documents = texts.documents(300, prefix: "d")
        for index in documents.indices { documents[index].metadata = ["part": JSONValue(index % 9)] }
        let database = try await Self.store(folder, documents)
        let requests = Self.requests(12, seed: 8).map { request in
            var request = request
            request.filter = .field("part") == 4
            return request
        }
        try await Self.expectSameAnswers(database, requests)
    }

    /// Each kind of syntax, over a file and what has changed since.
    @Test(arguments: [
        "天", "天地", "天地玄*", "run*", "ru* connects", "\"run connect\"", "\"connect run\" hop", "\"run ru\"*",
        "\"run run\"", "run -connect", "run -\"connect hop\"", "connect -ru*", "title:run", "hop -title:run",
        "title:\"connect\" run*", "run_connect", "runConnect hopWell", "run::connect", "--no-run",
        "\"absent word\" run", "\"this OR that\" run", "\"run\" \"connect\" \"hop\"",
    ])
    func `questions with syntax are answered by the file`(_ question: String) async throws {
        let folder = try TemporaryFolder()
        var texts = MixedTexts(seed: 9)
        let database = try await Self.store(folder, texts.documents(200, prefix: "d"))
        _ = try await database.delete(id: "d7")
        _ = try await database.put(texts.documents(4, prefix: "e"))
        let requests = [SearchMode.keyword, .hybrid].flatMap { mode in
            [1, 10, 1000].map { SearchRequest(question, count: $0, mode: mode, unique: false) }
        }
        try await Self.expectSameAnswers(database, requests)
    }

    @Test func `a small store gets no file, and optimize brings an old one up to date`() async throws {
        let folder = try TemporaryFolder()
        var texts = MixedTexts(seed: 3)
        let small = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        _ = try await small.put(texts.documents(200, prefix: "d"))
        #expect(try Self.wordFiles(folder) == [])
        #expect(try await small.information().postings == nil)
        try await small.close()
        let database = try await Database.open(
            at: folder.path("store.db"), mode: .readWrite, configuration: Self.indexed)
        #expect(try await database.optimize().contains { $0.message.contains("store.db-words-1") })
        try await Self.expectSameAnswers(database, Self.requests(8, seed: 4))
        _ = try await database.put([Document(id: "new", text: "connected hopping")])
        #expect(try await database.information().postings?.pending == 1)
        #expect(try await database.optimize().contains { $0.message.contains("store.db-words-2") })
        #expect(try await database.information().postings?.pending == 0)
        #expect(try await database.optimize() == ["Everything was up to date."])
        #expect(try Self.wordFiles(folder) == ["store.db-words-2"])
    }

    @Test func `questions asked together have the answers of single ones`() async throws {
        let folder = try TemporaryFolder()
        var texts = MixedTexts(seed: 23)
        _ = try await Self.store(folder, texts.documents(300, prefix: "d"))
        var configuration = Self.indexed
        configuration.threads = 4
        let database = try await Database.open(at: folder.path("store.db"), configuration: configuration)
        let requests = Self.requests(40, seed: 24)
        let together = try await database.search(requests)
        #expect(together.map(\.query) == requests.map(\.query))
        for (request, answer) in zip(requests, together) {
            #expect(try await database.search(request).rows == answer.rows, "\(request.query)")
        }
    }

    @Test func `another process's changes are seen by the next question`() async throws {
        let folder = try TemporaryFolder()
        var texts = MixedTexts(seed: 5)
        let writer = try await Self.store(folder, texts.documents(300, prefix: "d"))
        let reader = try await Database.open(at: folder.path("store.db"), configuration: Self.indexed)
        for round in 0..<4 {
            try await Self.expectSameAnswers(reader, Self.requests(6, seed: UInt64(round)))
            _ = try await writer.put(texts.documents(round == 2 ? 40 : 3, prefix: "round\(round)-"))
            _ = try await writer.delete(id: "d\(round)")
            // One that is in no file yet.
            if round == 1 { _ = try await writer.delete(id: "round0-1") }
        }
        #expect(try Self.wordFiles(folder) == ["store.db-words-2"])
        try await Self.expectSameAnswers(reader, Self.requests(6, seed: 50))
    }

    @Test func `the file of a lost history is not used`() async throws {
        let folder = try TemporaryFolder()
        var texts = MixedTexts(seed: 6)
        try await Self.store(folder, texts.documents(200, prefix: "d")).close()
        let path = folder.path("store.db")
        let backup = try Data(contentsOf: URL(filePath: path))
        let writer = try await Database.open(at: path, mode: .readWrite, configuration: Self.indexed)
        _ = try await writer.put(texts.documents(40, prefix: "lost"))
        try await writer.close()
        try backup.write(to: URL(filePath: path))
        let rewriter = try await Database.open(at: path, mode: .readWrite, configuration: .tiny())
        let warned = try await rewriter.search(SearchRequest("running", mode: .keyword)).warnings
        #expect(warned.contains { $0.message.contains("store.db-words-2") && $0.remedy == .optimize })
        #expect(try await rewriter.verify().map(\.subject) == [.indexFile(path: rewriter.path + "-words-2")])
        try await Self.expectSameAnswers(rewriter, Self.requests(6, seed: 7), usingFile: false)
        try await rewriter.close()
        let report = try await Database.repair(at: path, configuration: Self.indexed)
        #expect(report.losses.isEmpty && report.done.count == 2)
        let database = try await Database.open(at: path, configuration: Self.indexed)
        try await Self.expectSameAnswers(database, Self.requests(6, seed: 7))
        #expect(try await database.verify() == [])
    }

    /// The change log says nothing of search texts, so files name the version that made them.
    @Test func `a file of other search texts is not used`() async throws {
        let folder = try TemporaryFolder()
        var texts = MixedTexts(seed: 15)
        let database = try await Self.store(folder, texts.documents(200, prefix: "d"))
        let requests = Self.requests(6, seed: 16)
        try await Self.expectSameAnswers(database, requests)
        let store = try Store(path: folder.path("store.db"), mode: .readWrite(createIfMissing: false))
        try store.write { writer in
            _ = try writer.updateSearchTexts { title, _, text in "other words, not those of \(text.prefix(20))" }
            try writer.setSetting("keyword_text", "1")
        }
        try await Self.expectSameAnswers(database, requests, usingFile: false)
        try store.write { try $0.setSetting("keyword_text", "1000") }
        try store.close()
        _ = try await database.optimize()
        try await Self.expectSameAnswers(database, requests)
    }

    /// Files are derived, so an older format needs no word and no work by hand.
    @Test func `a file of an older format is built again without a word`() async throws {
        let folder = try TemporaryFolder()
        var texts = MixedTexts(seed: 17)
        let database = try await Self.store(folder, texts.documents(120, prefix: "d"))
        try await database.close()
        let path = folder.path("store.db-words-1")
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes[8] = 1
        try FileManager.default.removeItem(atPath: path)
        try bytes.write(to: URL(filePath: path))
        let writer = try await Database.open(at: folder.path("store.db"), mode: .readWrite, configuration: Self.indexed)
        let requests = Self.requests(4, seed: 18)
        for answer in try await writer.search(requests) { #expect(answer.warnings.isEmpty && answer.postings == nil) }
        #expect(try await writer.verify() == [])
        _ = try await writer.put([Document(id: "new", text: "connected hopping")])
        #expect(try Self.wordFiles(folder) == ["store.db-words-2"])
        try await Self.expectSameAnswers(writer, requests)
    }

    /// Fifty bytes over the whole file: each is noticed and named, and the questions are answered all the same.
    @Test func `a flipped byte never changes an answer`() async throws {
        let folder = try TemporaryFolder()
        var texts = MixedTexts(seed: 11)
        let database = try await Self.store(folder, texts.documents(120, prefix: "d"))
        let requests = Self.requests(3, seed: 12)
        let expected = try await Self.answers(withoutFiles: database, requests)
        try await database.close()
        let path = folder.path("store.db-words-1")
        let whole = try Data(contentsOf: URL(filePath: path))
        for place in stride(from: 5, to: whole.count, by: max(1, whole.count / 50)) {
            var bytes = whole
            bytes[place] ^= 0x20
            try FileManager.default.removeItem(atPath: path)
            try bytes.write(to: URL(filePath: path))
            let reader = try await Database.open(at: folder.path("store.db"), configuration: Self.indexed)
            for (given, expected) in zip(try await reader.search(requests), expected) {
                #expect(given.rows == expected.rows && given.postings == nil, "byte \(place)")
                #expect(given.warnings.contains { $0.message.contains("store.db-words-1") }, "byte \(place)")
            }
            #expect(try await reader.verify().count == 1)
            try await reader.close()
        }
    }

    @Test(arguments: [1, 600, -4]) func `questions are answered though the file in use is cut short`(_ length: Int)
        async throws
    {
        let folder = try TemporaryFolder()
        var texts = MixedTexts(seed: 13)
        let database = try await Self.store(folder, texts.documents(120, prefix: "d"))
        let requests = Self.requests(4, seed: 14)
        try await Self.expectSameAnswers(database, requests)
        let path = folder.path("store.db-words-1")
        let size = try Data(contentsOf: URL(filePath: path)).count
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        try file.truncate(atOffset: UInt64(length < 0 ? size + length : length))
        try file.close()
        try await Self.expectSameAnswers(database, requests, usingFile: false)
    }
}

extension SearchResponse {
    /// What was searched of the index file over words; nil where it was not used.
    fileprivate var postings: (passages: Int, pending: Int, deleted: Int)? {
        for case .postingsSearch(let passages, _, let pending, let deleted) in explanation {
            return (passages, pending, deleted)
        }
        return nil
    }
}
