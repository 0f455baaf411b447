import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

@Suite struct ModelTests {
    @Test func aFolderIsDescribed() throws {
        let model = try Models.information(TinyModel.half.path)
        #expect(model.name == "half" && model.dimension == 32 && model.layers == 2 && model.maximumTokens == 48)
        #expect(model.vocabularySize == 98 && model.bytes > 10_000 && model.path == TinyModel.half.path)
        #expect(try Models.information(TinyModel.dense.path).dimension == 20)
        #expect(try Models.information(TinyModel.sharded.path).dimension == 40)
    }

    @Test(arguments: TinyModel.allCases) func everyKindOfModelTokenisesAndEmbeds(_ model: TinyModel) async throws {
        let embedder = try await Embedder.open(configuration: .tiny(model))
        #expect(embedder.name == model.rawValue)
        let texts = ["the dog is big", "", "a cat"]
        let embeddings = try await embedder.embed(texts)
        #expect(
            embeddings.rows == 3 && embeddings.dimension == embedder.dimension
                && embeddings.values.count == 3 * embedder.dimension)
        #expect(embeddings.values.allSatisfy { $0.isFinite })
        let alone = try await embedder.embed([texts[2]])
        #expect(alone.values == Array(embeddings.row(2)))
        let tokens = try await embedder.tokenize(texts)
        #expect(tokens.count == 3 && tokens[1].tokens.count >= 2)
        #expect(tokens.allSatisfy { $0.tokens.count == $0.ids.count && $0.ids.count == $0.offsets.count })
    }

    @Test func anUnknownModelIsRefusedWithARemedy() async throws {
        await expectRefusal(.noModel, saying: "no-such-model", "akin model fetch") {
            try Models.information("no-such-model")
        }
        let folder = try TemporaryFolder()
        await expectRefusal(.noModel, saying: "config.json") { try Models.information(folder.url.path) }
        await expectRefusal(.noModel) { try Models.information("no/such/folder") }
        let configuration = Database.Configuration(model: "no-such-model")
        await expectRefusal(.noModel, saying: "no-such-model") { try await Embedder.open(configuration: configuration) }
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: configuration)
        await expectRefusal(.noModel, saying: "no-such-model") {
            try await database.put([Document(id: "1", text: "dog")])
        }
    }

    @Test func wordVectorsHaveNoTokensAndNeedAStore() async throws {
        await expectRefusal(.noModel, saying: "--db") { try await Embedder.open(configuration: .words) }
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .words)
        _ = try await database.put(SampleTexts.documents(0..<50))
        let embedder = try await Embedder.open(configuration: .words, store: database)
        await expectRefusal(.noModel, saying: "BERT") { try await embedder.tokenize(["dog"]) }
    }

    /// In a process of its own, whose environment names a folder of models that holds none at first.
    @Test func aFetchedFolderBecomesTheModelOfNewStores() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            setenv("AKIN_MODELS", folder.path("models"), 1)
            #expect(Models.folder == folder.path("models"))
            #expect(try Models.installed().isEmpty)

            let without = try await Database.open(at: folder.path("without.db"), mode: .create)
            let summary = try await without.put(SampleTexts.documents(0..<100))
            #expect(summary.encoderKind == .words)
            #expect(summary.notes.contains { $0.contains("akin model fetch minilm") })
            await expectRefusal(.noModel, saying: "akin model fetch minilm") { try await Embedder.open() }
            await expectRefusal(.noModel, saying: "akin model fetch minilm") {
                let bert = Database.Configuration(encoder: .bert)
                return try await Database.open(at: folder.path("bert.db"), mode: .create, configuration: bert).put([
                    Document(id: "1", text: "dog")
                ])
            }

            let fetched = try await Models.fetch(TinyModel.dense.path)
            #expect(fetched.name == "dense" && fetched.path.hasPrefix(folder.path("models")))
            #expect(try Models.installed().map(\.name) == ["dense"])
            #expect(try Models.information("DENSE").path == fetched.path)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("models")) == ["dense"])

            let with = try await Database.open(at: folder.path("with.db"), mode: .create)
            #expect(try await with.put([Document(id: "1", text: "dog")]).encoder == "dense")
            #expect(try await without.put([Document(id: "new", text: "the dog")]).encoderKind == .words)

            // What is no model leaves nothing behind and harms nothing.
            let empty = try folder.write("empty/readme.txt", "nothing")
            await expectRefusal(.noModel) {
                try await Models.fetch(URL(filePath: empty).deletingLastPathComponent().path)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("models")) == ["dense"])
        }
    }
}
