import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// Stores whose vectors are cut.
@Suite struct CutVectorTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func configuration(_ dimensions: Int?, model: String? = TinyModel.half.path) -> Database.Configuration {
        var configuration = Database.Configuration(
            model: model, threads: 2,
            models: ModelLibrary(folder: folder.path("models"), packedFolder: folder.path("packed")))
        configuration.dimensions = dimensions
        return configuration
    }

    private func open(
        _ configuration: Database.Configuration, _ mode: Database.OpenMode = .readWrite
    ) async throws -> Database {
        try await Database.open(at: folder.path("store.db"), mode: mode, configuration: configuration)
    }

    private let documents = ["the dog is big", "a red bank", "you and the river", "a cat"].enumerated().map {
        Document(id: "\($0)", text: $1)
    }

    @Test func `a store remembers what its vectors are cut to`() async throws {
        let made = try await open(configuration(8), .create)
        _ = try await made.put(documents)
        #expect(try await made.information().spaces.map(\.dimension) == [8])
        try await made.close()
        // Whoever opens it next says nothing of it.
        let again = try await open(configuration(nil, model: nil))
        let results = try await again.search(SearchRequest("the dog is big", mode: .semantic)).results
        #expect(results.first?.id == "0" && results.count == 4)
        #expect(abs((results.first?.scores.semantic ?? 0) - 1) < 1e-3)
        _ = try await again.put(Document(id: "new", text: "a tree"))
        #expect(try await again.information().spaces.map(\.vectors) == [5])
        try await again.close()
        // The same number fits, others do not.
        let same = try await open(configuration(8))
        #expect(try await same.search(SearchRequest("a cat", mode: .semantic)).results.first?.id == "3")
        for other in [7, 32] {
            let database = try await open(configuration(other))
            await expectRefusal(.incompatible, saying: "8 components", "dimensions") {
                try await database.search(SearchRequest("a cat", mode: .semantic))
            }
            await expectRefusal(.incompatible, saying: "8 components") {
                try await database.put(Document(id: "x", text: "a cat"))
            }
        }
    }

    @Test func `a store is encoded again with fewer components and with all`() async throws {
        let database = try await open(configuration(nil), .create)
        _ = try await database.put(documents)
        for (dimensions, found) in [(8, 8), (nil, 32)] as [(Int?, Int)] {
            _ = try await database.optimize(encoder: TinyModel.half.path, dimensions: dimensions)
            #expect(try await database.information().spaces.map(\.dimension) == [found])
            #expect(try await database.search(SearchRequest("a cat", mode: .semantic)).results.first?.id == "3")
        }
        await expectRefusal(.invalidArgument, saying: "dimensions") { try await database.optimize(dimensions: 8) }
        await expectRefusal(.invalidArgument, saying: "32 components") {
            try await database.optimize(encoder: TinyModel.half.path, dimensions: 33)
        }
    }

    @Test func `what cannot be cut is refused`() async throws {
        for encoder in [EncoderKind.words, .static] {
            var configuration = configuration(8, model: nil)
            configuration.encoder = encoder
            await expectRefusal(.invalidArgument, saying: "dimensions") { try await open(configuration, .create) }
        }
        // Where no model is installed, word vectors would be trained.
        let database = try await open(configuration(8, model: nil), .create)
        await expectRefusal(.invalidArgument, saying: "dimensions") { try await database.put(documents) }
        let model = repositoryRoot.appending(path: "Tests/AkinTransformersTests/Goldens/static/plain").path
        await expectRefusal(.incompatible, saying: "static") { try await Embedder.load(configuration(8, model: model)) }
    }

    @Test func `a store of an earlier version, which knew no prompts, is read as it was made`() async throws {
        // Under its own name the model has no known prompts, as every model had none.
        try FileManager.default.createDirectory(
            atPath: folder.path("models"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: TinyModel.half.path, toPath: folder.path("models/plain"))
        let made = try await open(configuration(nil, model: "plain"), .create)
        _ = try await made.put(documents)
        let before = try await made.search(SearchRequest("a cat", mode: .semantic)).results.map(\.scores.semantic)
        try await made.close()
        try FileManager.default.moveItem(atPath: folder.path("models/plain"), toPath: folder.path("models/e5-small-v2"))
        let again = try await open(configuration(nil, model: "e5-small-v2"))
        let after = try await again.search(SearchRequest("a cat", mode: .semantic)).results.map(\.scores.semantic)
        #expect(after == before)
        // A new store has them.
        let embedder = try await Embedder.load(configuration(nil, model: "e5-small-v2"))
        let plain = try await Embedder.load(configuration(nil))
        #expect(
            try await embedder.embed(["a cat"], asQueries: true).values
                == plain.embed(["query: a cat"], asQueries: true).values)
    }
}
