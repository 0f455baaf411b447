import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// Stores of static vectors, and their way to a BERT model's.
@Suite struct StaticStoreTests {
    private static func configuration(fitTokens: Int = 300, encoder: EncoderKind? = .static) -> Database.Configuration {
        var configuration = Database.Configuration(model: TinyModel.half.path, encoder: encoder, threads: 2)
        configuration.fitTokens = fitTokens
        return configuration
    }

    private static func store(_ folder: TemporaryFolder, count: Int = 700, fitTokens: Int = 300) async throws
        -> Database
    {
        let database = try await Database.open(
            at: folder.path("store.db"), mode: .create, configuration: configuration(fitTokens: fitTokens))
        let summary = try await database.put(SampleTexts.documents(0..<count))
        #expect(summary.added == count && summary.encoder == "half-static" && summary.encoderKind == .static)
        return database
    }

    @Test func `a store is made by a distilled model`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, count: 120)
        let spaces = try await database.information().spaces
        #expect(spaces.first { $0.status == .semantic }?.kind == .static)
        #expect(spaces.first { $0.status == .semantic }?.vectors == 120)
        let sample = try #require(spaces.first { $0.kind == .bert })
        #expect(sample.status == .building && sample.vectors > 5 && sample.vectors < 120)
        let results = try await database.search(SearchRequest("the red dog is in a house", count: 120, mode: .semantic))
            .results
        #expect(results.count == 120 && Set(results.map(\.encoder)) == ["half-static", "half"])
        #expect(results.count { $0.encoder == "half" } == sample.vectors)
        #expect(
            try await database.search(SearchRequest("dog", mode: .words)).results.allSatisfy {
                $0.encoder == "half-static"
            })
        // Later documents join, and a later process needs to name nothing.
        try await database.close()
        let again = try await Database.open(at: folder.path("store.db"), mode: .readWrite)
        #expect(try await again.put([Document(id: "fresh", text: "the guitar of the woman")]).encoder == "half-static")
        let all = try await again.search(SearchRequest("the guitar of the woman", count: 200, mode: .semantic)).results
        #expect(all.count == 121 && all.first { $0.id == "fresh" }?.encoder == "half-static")
        #expect(try await again.verify() == [])
    }

    @Test func `an upgrade is resumed and both kinds are ranked meanwhile`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, count: 3_000)
        let before = try await database.information().spaces.first { $0.kind == .bert }?.vectors ?? 0
        let interruption = Interruption()
        let task = Task {
            try await database.optimize(upgrade: true) { step in if step.phase == .encoding { interruption.stop() } }
        }
        await interruption.cancel(task)
        await #expect(throws: CancellationError.self) { try await task.value }
        let spaces = try await database.information().spaces
        let bert = try #require(spaces.first { $0.kind == .bert })
        #expect(bert.status == .building && bert.vectors > before && bert.vectors < 3_000)
        let meanwhile = try await database.search(SearchRequest("the red dog", count: 3_000, mode: .semantic)).results
        #expect(meanwhile.count == 3_000 && meanwhile.count { $0.encoder == "half" } == bert.vectors)
        #expect(zip(meanwhile, meanwhile.dropFirst()).allSatisfy { $0.score >= $1.score })
        let done = try await database.optimize(upgrade: true)
        #expect(done.contains { $0.message.contains("half") && $0.message.contains("serves") })
        let results = try await database.search(SearchRequest("the red dog", count: 3_000, mode: .semantic)).results
        #expect(results.allSatisfy { $0.encoder == "half" })
        // What a store gives that was encoded by the model from the start.
        let other = try await Database.open(
            at: folder.path("bert.db"), mode: .create, configuration: Self.configuration(encoder: .bert))
        _ = try await other.put(SampleTexts.documents(0..<3_000))
        let expected = try await other.search(SearchRequest("the red dog", count: 20, mode: .semantic)).results
        #expect(zip(results, expected).allSatisfy { abs($0.score - $1.score) < 1e-5 })
        #expect(try await database.search(SearchRequest("dog", mode: .words)).results.first?.encoder == "half-static")
        #expect(try await database.optimize(upgrade: true).contains { $0.message.contains("already") })
        #expect(try await database.verify() == [])
    }

    @Test func `an interrupted store goes on as static`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("store.db")
        let database = try await Database.open(
            at: path, mode: .create, configuration: Self.configuration(fitTokens: 20_000))
        let documents = SampleTexts.documents(0..<2_000)
        let file = try folder.write("docs.jsonl", try documents.jsonLines())
        // When the documents are in and the distillation begins.
        let interruption = Interruption()
        let task = Task {
            try await database.index(paths: [file]) { step in
                if step.phase == .encodingSample { interruption.stop() }
            }
        }
        await interruption.cancel(task)
        await #expect(throws: CancellationError.self) { try await task.value }
        try await database.close()
        let again = try await Database.open(
            at: path, mode: .readWrite, configuration: Database.Configuration(threads: 2))
        let summary = try await again.index(paths: [file])
        #expect(summary.unchanged == 2_000 && summary.encoder == "half-static")
        #expect(try await again.information().spaces.first { $0.kind == .static }?.vectors == 2_000)
    }

    @Test func `a static model joins a store of BERT vectors`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Database.open(
            at: folder.path("store.db"), mode: .create, configuration: Self.configuration(encoder: nil))
        _ = try await database.put(SampleTexts.documents(0..<150))
        let before = try await database.search(SearchRequest("a big tree", mode: .semantic)).results.map(\.score)
        let report = try await database.distill()
        #expect(report.fittedPassages == 150 && report.fit > 0.9 && report.teacher == "half" && report.folder == nil)
        #expect(try await database.search(SearchRequest("a big tree", mode: .semantic)).results.map(\.score) == before)
        #expect(
            try await database.search(SearchRequest("a big tree", mode: .words)).results.allSatisfy {
                $0.encoder == "half-static"
            })

        // As a folder it makes a store of its own, which needs no teacher.
        let model = folder.path("mini")
        #expect(try await database.distill(folder: model, dimension: 16).dimension == 16)
        #expect(try ModelLibrary().information(model).dimension == 16)
        let own = try await Database.open(
            at: folder.path("own.db"), mode: .create, configuration: Database.Configuration(model: model, threads: 2))
        _ = try await own.put(SampleTexts.documents(0..<60))
        try await own.close()
        try FileManager.default.removeItem(atPath: model)
        let again = try await Database.open(at: folder.path("own.db"), mode: .readWrite)
        #expect(
            try await again.search(SearchRequest(SampleTexts.sentence(7), mode: .semantic)).results.first?.id == "d7")
        #expect(try await again.verify() == [])
        await expectRefusal(.incompatible, saying: "optimize(encoder: \"minilm\")") {
            try await database.distillFromImportedOrWords(in: folder)
        }
    }

    @Test func `a damaged static model is reported`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, count: 40)
        try await database.close()
        var bytes = try Data(contentsOf: URL(filePath: folder.path("store.db")))
        let header = try #require(bytes.range(of: Data("\"embeddings\":".utf8)))
        bytes[header.lowerBound + 1] = UInt8(ascii: "E")
        // Under its own name the store would be served by the model that was kept ready for it.
        try folder.write("moved.db", bytes)
        let damaged = try await Database.open(at: folder.path("moved.db"))
        await expectRefusal(.invalidData, saying: "optimize(encoder: \"static\")") {
            try await damaged.search(SearchRequest("dog"))
        }
        #expect(try await damaged.verify().contains { $0.message.contains("static") })
    }

    @Test func `filters hold for both kinds`() async throws {
        let folder = try TemporaryFolder()
        let database = try await Self.store(folder, count: 200)
        let filter = try Database.Filter("id in (\"d1\", \"d2\", \"d150\")")
        let results = try await database.search(SearchRequest("the dog", count: 10, mode: .semantic, filter: filter))
            .results
        #expect(Set(results.map(\.id)) == ["d1", "d2", "d150"])
    }
}

extension Database {
    /// What distilling says where there is no BERT model behind the vectors.
    fileprivate func distillFromImportedOrWords(in folder: TemporaryFolder) async throws -> DistillationReport {
        let words = try await Database.open(at: folder.path("words.db"), mode: .create, configuration: .words)
        _ = try await words.put(SampleTexts.documents(0..<80))
        return try await words.distill()
    }
}
