import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

@Suite struct IndexFileTests {
    /// Few enough for the graph's answers to be exact: it compares all of its nodes when they are no more than it would
    /// visit.
    private static let count = 60
    private static let graphed = Database.Configuration.tiny(exactThreshold: 10)

    private static func store(_ folder: TemporaryFolder, _ documents: [Document] = SampleTexts.documents(0..<count))
        async throws
        -> Database
    {
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: graphed)
        _ = try await database.put(documents)
        return database
    }

    /// Asks several questions by the graph and by comparing everything, and expects the same rows.
    private static func expectExactAnswers(
        _ database: Database, plan: SearchPlan = .graph, by expectedPlan: SearchPlan = .graph,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        for mode in [SearchMode.semantic, .hybrid] {
            for query in SampleTexts.queries(10) {
                let answer = try await database.search(SearchRequest(query, count: 20, mode: mode, plan: plan))
                let exact = try await database.search(SearchRequest(query, count: 20, mode: mode, plan: .exact))
                #expect(answer.plan == expectedPlan, sourceLocation: sourceLocation)
                #expect(exact.plan == .exact, sourceLocation: sourceLocation)
                #expect(answer.rows == exact.rows, sourceLocation: sourceLocation)
            }
        }
    }

    /// What a graph that is walked, not scanned, promises: nearly all of the nearest, and nothing but true scores.
    private static func expectNearlyExactAnswers(
        _ database: Database, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        var found = 0
        for query in SampleTexts.queries(30) {
            let answer = try await database.search(SearchRequest(query, count: 10, mode: .semantic, plan: .graph))
            let all = try await database.search(SearchRequest(query, count: 10_000, mode: .semantic, plan: .exact))
            #expect(answer.plan == .graph && answer.results.count == 10, sourceLocation: sourceLocation)
            #expect(Set(answer.rows).isSubset(of: all.rows), sourceLocation: sourceLocation)
            found += Set(answer.rows).intersection(all.rows.prefix(10)).count
        }
        #expect(found >= 285, "of 300", sourceLocation: sourceLocation)
    }

    @Test(arguments: [0, 10]) func `a store above the threshold gets an index file`(_ threshold: Int) async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(
            at: folder.path("store.db"), mode: .create, configuration: .tiny(exactThreshold: threshold))
        _ = try await database.put(SampleTexts.documents(0..<Self.count))
        let names = try folder.indexFiles()
        #expect(names.count == 1)
        #expect(names.allSatisfy { $0.hasPrefix("store.db-index-") })
        let index = try #require(try await database.information().spaces.first?.index)
        #expect(index.vectors == Self.count && index.pending == 0 && index.generation == 1 && index.bytes > 0)
        #expect(URL(filePath: index.path).lastPathComponent == names.first)
        try await Self.expectExactAnswers(database)
        try await Self.expectExactAnswers(database, plan: .auto)
        #expect(try await database.verify() == [])
    }

    @Test func `a store below the threshold gets no index file`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(
            at: folder.path("store.db"), mode: .create, configuration: .tiny(exactThreshold: Self.count))
        _ = try await database.put(SampleTexts.documents(0..<Self.count))
        #expect(try folder.indexFiles() == [])
        let answer = try await database.search(SearchRequest("dog", plan: .graph))
        #expect(answer.plan == .exact && answer.results.count == 10)
        #expect(answer.warnings.contains { $0.message.contains("up to \(Self.count) vectors") })
        #expect(try await database.search(SearchRequest("dog")).warnings == [])
    }

    @Test func `a larger graph is walked`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, SampleTexts.documents(0..<600))
        try await Self.expectNearlyExactAnswers(database)
        let all = try await database.search(SearchRequest("dog", count: 1000, mode: .semantic, plan: .graph))
        #expect(all.plan == .graph && Set(all.ids).count == 600)
    }

    @Test func `later documents are found and deleted ones are not, without a rebuild`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        // Opened, and its graph mapped, before the writes.
        let other = try await Database.open(at: folder.path("store.db"), configuration: Self.graphed)
        try await Self.expectExactAnswers(other)

        let fresh = SampleTexts.documents(1000..<1002, prefix: "fresh")
        _ = try await database.put(fresh)
        let gone = ["d7", "d49"]
        for id in gone { #expect(try await database.delete(id: id)) }
        _ = try await database.put([Document(id: "d1", text: "a guitar is a guitar is a guitar")])

        let index = try #require(try await database.information().spaces.first?.index)
        #expect(index.generation == 1 && index.pending == 3)
        for reader in [database, other] {
            try await Self.expectExactAnswers(reader)
            for document in fresh + [Document(id: "d1", text: "a guitar is a guitar is a guitar")] {
                let answer = try await reader.search(
                    SearchRequest(document.text, count: 1, mode: .semantic, plan: .graph))
                #expect(answer.ids == [document.id] && answer.warnings == [])
            }
            let everything = try await reader.search(SearchRequest("dog", count: 1000, mode: .semantic, plan: .graph))
            #expect(Set(everything.ids).isDisjoint(with: gone))
            #expect(everything.results.count == Self.count + fresh.count - gone.count)
            #expect(everything.results.count { $0.id == "d1" } == 1)
        }
        #expect(try await database.verify() == [])

        #expect(try await database.optimize().contains { $0.message.contains("index") })
        #expect(try await database.information().spaces.first?.index?.pending == 0)
        try await Self.expectExactAnswers(other)
    }

    @Test func `many changes build the next generation, which other readers take up`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let other = try await Database.open(at: folder.path("store.db"), configuration: Self.graphed)
        try await Self.expectExactAnswers(other)
        _ = try await database.put(SampleTexts.documents(1000..<1020))
        let index = try #require(try await database.information().spaces.first?.index)
        #expect(index.generation == 2 && index.vectors == Self.count + 20 && index.pending == 0)
        #expect(try folder.indexFiles().count == 1)
        try await Self.expectExactAnswers(database)
        try await Self.expectExactAnswers(other)
        #expect(try await database.verify() == [])
    }

    @Test func `a reader keeps its state while the index is replaced`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder)
        let path = folder.path("store.db")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    let reader = try await Database.open(at: path, configuration: Self.graphed)
                    for round in 0..<30 {
                        let query = SampleTexts.queries(30)[round]
                        let answer = try await reader.search(SearchRequest(query, count: 10, mode: .semantic))
                        #expect(answer.results.count == 10)
                    }
                }
            }
            group.addTask {
                for round in 0..<6 {
                    _ = try await database.put(
                        SampleTexts.documents(2000 + round * 60..<2060 + round * 60, prefix: "later"))
                }
            }
            try await group.waitForAll()
        }
        try await Self.expectNearlyExactAnswers(database)
        #expect(try await database.verify() == [])
    }

    @Test func `an index file of a lost history is not used`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("store.db")
        try await Self.store(folder).close()
        let backup = try Data(contentsOf: URL(filePath: path))

        let lost = SampleTexts.documents(1000..<1020, prefix: "lost")
        let writer = try await Database.open(at: path, mode: .readWrite, configuration: Self.graphed)
        _ = try await writer.put(lost)
        let lastChange = try await writer.information().lastChange
        #expect(try await writer.information().spaces.first?.index?.generation == 2)
        try await writer.close()

        try backup.write(to: URL(filePath: path))
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        let restored = try await Database.open(at: path, configuration: Self.graphed)
        try await Self.expectExactAnswers(restored, by: .exact)
        #expect(
            try await restored.search(SearchRequest("dog", mode: .semantic)).warnings.contains {
                $0.message.contains("another state of this store")
            })
        try await restored.close()

        // The same sequence numbers, and so the same passage ids, now stand for other texts.
        let rewriter = try await Database.open(at: path, mode: .readWrite, configuration: .tiny())
        _ = try await rewriter.put(SampleTexts.documents(3000..<3020, prefix: "other"))
        #expect(try await rewriter.information().lastChange == lastChange)
        try await rewriter.close()

        let database = try await Database.open(at: path, mode: .readWrite, configuration: Self.graphed)
        try await Self.expectExactAnswers(database, by: .exact)
        let answer = try await database.search(SearchRequest(lost[3].text, count: 1000, mode: .semantic))
        #expect(answer.results.count == Self.count + 20 && answer.ids.allSatisfy { !$0.hasPrefix("lost") })

        _ = try await database.optimize()
        try await Self.expectExactAnswers(database)
        #expect(try folder.indexFiles().count == 1)
        #expect(try await database.verify() == [])
    }
}
