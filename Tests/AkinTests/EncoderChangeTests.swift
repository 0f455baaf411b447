import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

@Suite struct EncoderChangeTests {
    private static func store(_ folder: TemporaryFolder, _ configuration: Database.Configuration, count: Int = 120)
        async throws
        -> String
    {
        let path = folder.path("store.db")
        let database = try await Database.open(at: path, mode: .create, configuration: configuration)
        _ = try await database.put(SampleTexts.documents(0..<count))
        try await database.close()
        return path
    }

    @Test func `a mode without word vectors names a remedy that works`() async throws {
        let folder = try TemporaryFolder()
        let path = try await Self.store(folder, .tiny())
        let database = try await Database.open(at: path, mode: .readWrite, configuration: .tiny())
        await expectRefusal(.incompatible, saying: "optimize(encoder: \"words\")") {
            try await database.search(SearchRequest("dog", mode: .words))
        }
        let before = try await database.search(SearchRequest("big dog", mode: .semantic)).rows
        let done = try await database.optimize(encoder: "words")
        #expect(done.contains { $0.remedy == .give(.searchMode, "words") })
        let answer = try await database.search(SearchRequest("dog", mode: .words)).results
        #expect(answer.count == 10 && answer.allSatisfy { $0.encoder == "words" })
        #expect(try await database.search(SearchRequest("big dog", mode: .semantic)).rows == before)

        // Documents put later get vectors of both kinds, if not at once then by the next optimisation.
        _ = try await database.put([Document(id: "fresh", text: "red guitar red guitar")])
        _ = try await database.optimize()
        let information = try await database.information()
        #expect(information.spaces.map(\.kind.rawValue).sorted() == ["bert", "words"])
        #expect(information.spaces.map(\.vectors) == [121, 121])
        #expect(
            try await database.search(SearchRequest("red guitar red guitar", count: 200, mode: .words)).ids.contains(
                "fresh"))
        #expect(try await database.verify() == [])
    }

    @Test func `another model is refused until the store is encoded with it`() async throws {
        let folder = try TemporaryFolder()
        let path = try await Self.store(folder, .tiny(.dense))
        let database = try await Database.open(at: path, mode: .readWrite, configuration: .tiny(.half))
        for mode in [SearchMode.semantic, .hybrid] {
            await expectRefusal(.incompatible, saying: "optimize(encoder:", "dense", "half") {
                try await database.search(SearchRequest("dog", mode: mode))
            }
        }
        await expectRefusal(.incompatible, saying: "optimize(encoder:") {
            try await database.put([Document(id: "x", text: "dog")])
        }
        #expect(try await database.search(SearchRequest("dog", mode: .keyword)).results.count == 10)

        _ = try await database.optimize(encoder: TinyModel.half.path)
        let spaces = try await database.information().spaces
        #expect(spaces.map(\.encoder) == ["half"] && spaces.map(\.vectors) == [120] && spaces.map(\.dimension) == [32])
        let embedder = try await Embedder.load(.tiny(.half))
        let results = try await database.search(SearchRequest("red dog", mode: .semantic)).results
        let query = try await embedder.embed(["red dog"], asQueries: true)
        let passages = try await embedder.embed(results.map(\.text))
        for (index, result) in results.enumerated() {
            #expect(abs(storedScore(query.row(0), passages.row(index)) - result.score) < 1e-5)
        }
        #expect(try await database.put([Document(id: "x", text: "dog")]).added == 1)
        #expect(try await database.verify() == [])
        try await database.close()

        let old = try await Database.open(at: path, configuration: .tiny(.dense))
        await expectRefusal(.incompatible, saying: "optimize(encoder:") {
            try await old.search(SearchRequest("dog"))
        }
    }

    @Test func `a store remembers its model`() async throws {
        let folder = try TemporaryFolder()
        let path = try await Self.store(folder, .tiny(.half))
        let database = try await Database.open(
            at: path, mode: .readWrite, configuration: Database.Configuration(encoder: .bert))
        #expect(try await database.search(SearchRequest("red dog", mode: .semantic)).results.first?.encoder == "half")
        #expect(try await database.put([Document(id: "x", text: "the red dog")]).encoder == "half")
    }

    @Test func `an encoder of the other family is refused`() async throws {
        let folder = try TemporaryFolder()
        let path = try await Self.store(folder, .tiny())
        let database = try await Database.open(at: path, mode: .readWrite, configuration: .words)
        await expectRefusal(.incompatible, saying: "optimize(encoder: \"words\")") {
            try await database.search(SearchRequest("dog"))
        }
        await expectRefusal(.incompatible, saying: "optimize(encoder: \"words\")") {
            try await database.put([Document(id: "x", text: "dog")])
        }
    }

    @Test func `word vectors are replaced by those of a model`() async throws {
        let folder = try TemporaryFolder()
        let path = try await Self.store(folder, .words)
        let database = try await Database.open(at: path, mode: .readWrite, configuration: .tiny())
        _ = try await database.optimize(encoder: TinyModel.dense.path)
        let response = try await database.search(SearchRequest("red dog", mode: .semantic))
        #expect(response.results.allSatisfy { $0.encoder == "dense" })
        #expect(try await database.information().spaces.filter { $0.status == .semantic }.map(\.encoder) == ["dense"])
        #expect(try await database.verify() == [])
    }

    @Test func `index files of dropped vectors are removed`() async throws {
        let folder = try TemporaryFolder()
        let path = try await Self.store(folder, .tiny(exactThreshold: 10))
        #expect(try folder.indexFiles().count == 1)
        let database = try await Database.open(at: path, mode: .readWrite, configuration: .tiny(exactThreshold: 10))
        _ = try await database.optimize(encoder: TinyModel.half.path)
        let live = try await database.information().spaces.compactMap {
            $0.index.map { URL(filePath: $0.path).lastPathComponent }
        }
        #expect(live.count == 1)
        #expect(try folder.indexFiles() == live)
    }

    @Test func `encoding again with the same model does nothing`() async throws {
        let folder = try TemporaryFolder()
        let path = try await Self.store(folder, .tiny())
        let database = try await Database.open(at: path, mode: .readWrite, configuration: .tiny())
        let before = try await database.information().lastChange
        #expect(try await database.optimize(encoder: TinyModel.dense.path).contains { $0.message.contains("already") })
        #expect(try await database.information().lastChange == before)
    }
}
