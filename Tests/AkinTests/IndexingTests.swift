import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

@Suite struct IndexingTests {
    /// A folder of seven documents in four formats.
    private static func corpus(_ folder: TemporaryFolder) throws -> String {
        try folder.write("corpus/notes/dog.txt", "The dog is walking on the red river bank.")
        try folder.write("corpus/house.md", "# New house\n\nA small tree is in the house.\n")
        try folder.write(
            "corpus/records.jsonl",
            """
            {"id": "r1", "title": "Guitar", "text": "A man is playing the guitar.", "year": 1999, "tags": ["music", "loud"]}
            {"id": "r2", "text": "Money in the bank."}
            {"id": "r3", "text": "The child is with the cat."}

            """)
        try folder.write("corpus/table.csv", "id,text,colour\nc1,The big red tree.,red\nc2,A blue house.,blue\n")
        return folder.path("corpus")
    }

    /// A store of that folder's documents.
    private static func indexed(
        _ folder: TemporaryFolder, _ configuration: Database.Configuration = .tiny()
    ) async throws -> (corpus: String, database: Database) {
        let corpus = try corpus(folder)
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: configuration)
        _ = try await database.index(paths: [corpus])
        return (corpus, database)
    }

    @Test(arguments: [Database.Configuration.tiny(), .words]) func `every format of a folder is read`(
        _ configuration: Database.Configuration
    )
        async throws
    {
        let folder = try TemporaryFolder()
        let corpus = try Self.corpus(folder)
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: configuration)
        let summary = try await database.index(paths: [corpus])
        #expect(summary.added == 7)
        #expect(summary.updated == 0 && summary.unchanged == 0 && summary.problemCount == 0 && summary.repeatedIDs == 0)
        #expect(summary.passages == 7)
        #expect(
            try await Set(database.allIDs()) == [
                "corpus/notes/dog.txt", "corpus/house.md", "r1", "r2", "r3", "c1", "c2",
            ])

        let guitar = try #require(try await database.document(id: "r1"))
        #expect(guitar.title == "Guitar")
        #expect(guitar.text == "A man is playing the guitar.")
        #expect(guitar.metadata == ["year": .number(1999), "tags": .array([.string("music"), .string("loud")])])
        #expect(guitar.source.hasSuffix("records.jsonl#1"))
        #expect(try await database.document(id: "corpus/house.md")?.title == "New house")
        #expect(try await database.document(id: "c2")?.metadata["colour"] == .string("blue"))

        let information = try await database.information()
        #expect(information.documents == 7 && information.passages == 7)
        #expect(information.spaces.count == 1 && information.spaces[0].vectors == 7)
        #expect(try await database.verify() == [])
    }

    @Test(arguments: [Database.Configuration.tiny(), .words]) func `the second run leaves unchanged documents alone`(
        _ configuration: Database.Configuration
    )
        async throws
    {
        let folder = try TemporaryFolder()
        let (corpus, database) = try await Self.indexed(folder, configuration)
        let before = try await database.information().lastChange
        let again = try await database.index(paths: [corpus])
        #expect(again.unchanged == 7 && again.added == 0 && again.updated == 0)
        #expect(try await database.information().lastChange == before)
    }

    @Test func `a changed record replaces its document`() async throws {
        let folder = try TemporaryFolder()
        let (corpus, database) = try await Self.indexed(folder)
        try folder.write("corpus/notes/dog.txt", "A woman is playing with money.")
        let summary = try await database.index(paths: [corpus])
        #expect(summary.updated == 1 && summary.unchanged == 6 && summary.added == 0)
        #expect(try await database.document(id: "corpus/notes/dog.txt")?.text == "A woman is playing with money.")
        #expect(try await database.search(SearchRequest("dog", mode: .keyword)).ids == [])
        #expect(try await database.search(SearchRequest("woman", mode: .keyword)).ids == ["corpus/notes/dog.txt"])
        #expect(try await database.search(SearchRequest("woman", count: 100, mode: .semantic)).results.count == 7)
        #expect(try await database.verify() == [])
    }

    @Test(arguments: ["title", "metadata", "source"]) func `a change beside the text is a change`(_ part: String)
        async throws
    {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        var document = Document(
            id: "1", title: "dog", text: "the red house", source: "here", metadata: ["a": .number(1)])
        _ = try await database.put([document])
        switch part {
        case "title": document.title = "cat"
        case "metadata": document.metadata["a"] = .number(2)
        default: document.source = "there"
        }
        #expect(try await database.put([document]).updated == 1)
        #expect(try await database.document(id: "1") == document)
    }

    @Test func `pruning deletes what is gone from the same paths only`() async throws {
        let folder = try TemporaryFolder()
        let (corpus, database) = try await Self.indexed(folder)
        _ = try await database.put([
            Document(id: "by hand", text: "the blue guitar", source: folder.path("corpus-of-old/file.txt"))
        ])
        try FileManager.default.removeItem(atPath: folder.path("corpus/notes/dog.txt"))
        try folder.write("corpus/records.jsonl", "{\"id\": \"r1\", \"text\": \"A man is playing the guitar.\"}\n")

        #expect(try await database.index(paths: [corpus]).pruned == 0)
        #expect(try await database.information().documents == 8)
        #expect(try await database.index(paths: [corpus], options: IndexingOptions(prune: true)).pruned == 3)
        #expect(try await Set(database.allIDs()) == ["corpus/house.md", "r1", "c1", "c2", "by hand"])
        #expect(try await database.verify() == [])
    }

    @Test func `nothing of a file is pruned when a record of it could not be read`() async throws {
        let folder = try TemporaryFolder()
        let (corpus, database) = try await Self.indexed(folder)
        try folder.write(
            "corpus/records.jsonl", "{\"id\": \"r1\", \"text\": \"A man is playing the guitar.\"}\n{\"id\": \"r2\", \n")
        let summary = try await database.index(paths: [corpus], options: IndexingOptions(prune: true))
        #expect(summary.problemCount == 1 && summary.pruned == 0)
        #expect(try await database.information().documents == 7)
    }

    /// Near (in one batch) and far apart (in different batches).
    @Test(arguments: [1, 700]) func `the last text of a repeated id wins`(_ distance: Int) async throws {
        let folder = try TemporaryFolder()
        var documents = SampleTexts.documents(0..<distance)
        documents.append(Document(id: "d0", text: "the last guitar"))
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        let file = try folder.write("repeated.jsonl", try documents.jsonLines())
        let summary = try await database.index(paths: [file])
        #expect(summary.repeatedIDs == 1)
        #expect(try await database.information().documents == distance)
        #expect(try await database.document(id: "d0")?.text == "the last guitar")
        #expect(try await database.verify() == [])
    }

    @Test func `ids are compared by their bytes`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        let documents = [Document(id: "caf\u{E9}", text: "a dog"), Document(id: "cafe\u{301}", text: "a cat")]
        let summary = try await database.put(documents)
        #expect(summary.added == 2 && summary.repeatedIDs == 0)
        for document in documents { #expect(try await database.document(id: document.id)?.text == document.text) }
    }

    @Test func `bad records are reported and the rest is stored`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("corpus/a.txt", "the dog")
        try folder.write("corpus/broken.txt", Data([0x64, 0x6F, 0x67, 0x0A, 0xFF, 0xFE, 0x61]))
        try folder.write(
            "corpus/lines.jsonl",
            """
            {"id": "1", "text": "the cat"}
            {"id": "2", "text": "cut off
            {"id": "3", "note": 5}
            {"id": "4", "text": "a tree"}
            {"id": "5", "text": "nul \\u0000 inside"}

            """)
        try folder.write("corpus/rows.csv", "id,text\n6,a house\n7,one,too many\n8,a river\n")
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        let summary = try await database.index(paths: [folder.path("corpus")])
        #expect(try await Set(database.allIDs()) == ["corpus/a.txt", "1", "4", "6", "8"])
        #expect(summary.added == 5)
        #expect(summary.problemCount == 5 && summary.problems.count == 5)
        let places = Set(summary.problems.map { "\(URL(filePath: $0.path).lastPathComponent):\($0.line ?? 0)" })
        #expect(places == ["broken.txt:2", "lines.jsonl:2", "lines.jsonl:3", "lines.jsonl:5", "rows.csv:3"])
        #expect(summary.problems.allSatisfy { !$0.message.isEmpty })
        #expect(try await database.verify() == [])
    }

    @Test func `progress grows to the whole input`() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("many.jsonl", try SampleTexts.documents(0..<1300).jsonLines())
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        let steps = Collected<WorkProgress>()
        _ = try await database.index(paths: [file]) { steps.append($0) }
        let indexing = steps.values.filter { $0.phase == .indexing }
        #expect(indexing.count > 2)
        #expect(indexing.last?.documents == 1300)
        #expect(indexing.map(\.documents) == indexing.map(\.documents).sorted())
        for step in indexing { #expect(step.completed <= (step.total ?? .infinity)) }
    }

    @Test func `indexing is followed with a loop that ends with the work`() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("many.jsonl", try SampleTexts.documents(0..<300).jsonLines())
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        let run = database.indexing(paths: [file])
        var steps: [WorkProgress] = []
        for await step in run { steps.append(step) }
        #expect(try await run.value.added == 300)
        #expect(steps.last { $0.phase == .indexing }?.documents == 300)
    }

    @Test func `what the work throws is thrown by its value`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        let run = database.indexing(paths: [folder.path("missing")])
        for await _ in run {}
        await expectRefusal(.noInput) { try await run.value }
    }

    @Test func `cancelling the task that awaits the work stops the work`() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("many.jsonl", try SampleTexts.documents(0..<5000).jsonLines())
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .tiny())
        let run = database.indexing(paths: [file])
        let following = Task {
            for await _ in run { withUnsafeCurrentTask { $0?.cancel() } }
            return try await run.value
        }
        await #expect(throws: CancellationError.self) { try await following.value }
        #expect(try await database.information().documents < 5000)
        #expect(try await database.verify() == [])
    }

    @Test func `word vectors are trained when there is no model, and this is reported`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .words)
        let summary = try await database.put(SampleTexts.documents(0..<200))
        #expect(summary.encoder == "words" && summary.encoderKind == .words)
        #expect(summary.notes.contains { $0.message.lowercased().contains("word vectors were trained") })
        let space = try #require(try await database.information().spaces.first)
        #expect(space.kind == .words && space.vectors == 200 && space.status == .semantic)
    }
}
