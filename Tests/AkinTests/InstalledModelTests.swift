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

/// Models of several families side by side in one folder.
@Suite struct InstalledModelTests {
    /// A folder of models, as children of which the golden ones of the given families are.
    private static func install(_ names: [String: String], in folder: TemporaryFolder) throws -> ModelLibrary {
        let models = folder.url.appending(path: "models")
        try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
        let goldens = repositoryRoot.appending(path: "Tests/AkinTransformersTests/Goldens")
        for (name, golden) in names {
            try FileManager.default.copyItem(at: goldens.appending(path: golden), to: models.appending(path: name))
        }
        return ModelLibrary(folder: models.path, packedFolder: folder.path("packed"))
    }

    @Test func `every family is well in the doctor's eyes`() async throws {
        let folder = try TemporaryFolder()
        let models = try Self.install(
            ["bert": "bert/half", "pieces": "static/plain", "unigram": "static/unigram"], in: folder)
        let findings = await Doctor.examine(models: models).filter { $0.topic.hasPrefix("model ") }
        #expect(findings.map(\.topic) == ["model bert", "model pieces", "model unigram"])
        for finding in findings {
            #expect(finding.severity == .ok && finding.message.contains("loads and encodes"), "\(finding)")
        }
    }

    @Test func `a model with damaged weights is listed as its files describe it, and fails the doctor`() async throws {
        let folder = try TemporaryFolder()
        let models = try Self.install(["bert": "bert/dense", "static": "static/plain"], in: folder)
        let sound = try models.installed()
        // Zeros without end, of which the disk keeps none: whoever reads them all is not done in seconds.
        let size = 1 << 36
        for name in ["bert", "bert/2_Dense", "static"] {
            let path = folder.path("models/\(name)/model.safetensors")
            try FileManager.default.removeItem(atPath: path)
            #expect(FileManager.default.createFile(atPath: path, contents: nil))
            #expect(truncate(path, off_t(size)) == 0)
        }
        let start = ContinuousClock.now
        let listed = try models.installed()
        #expect(ContinuousClock.now - start < .seconds(2))
        #expect(listed.map(\.name) == ["bert", "static"])
        // The configuration of this static model does not say it.
        #expect(listed.map(\.dimension) == [sound[0].dimension, 0])
        #expect(listed.map(\.vocabularySize) == sound.map(\.vocabularySize))
        #expect(listed.map(\.maximumTokens) == sound.map(\.maximumTokens))
        #expect(listed.map(\.bytes) == [size, size])
        #expect(throws: AkinError.self) { try models.information("bert") }
        let findings = await Doctor.examine(models: models).filter { $0.topic.hasPrefix("model ") }
        #expect(findings.map(\.severity) == [.failure, .failure])
    }

    @Test func `a static model is never taken for a network`() async throws {
        let folder = try TemporaryFolder()
        // By name it comes first.
        let models = try Self.install(["a-static": "static/plain", "network": "bert/half"], in: folder)
        let bert = try await Database.open(
            at: folder.path("bert.db"), mode: .create,
            configuration: Database.Configuration(encoder: .bert, models: models))
        #expect(try await bert.put([Document(id: "1", text: "the dog")]).encoder == "network")
        await expectRefusal(.incompatible, saying: "static model") {
            let configuration = Database.Configuration(model: "a-static", encoder: .bert, models: models)
            return try await Database.open(
                at: folder.path("other.db"), mode: .create, configuration: configuration
            ).put([Document(id: "1", text: "the dog")])
        }
        let embedder = try await Embedder.load(.init(model: "a-static", models: models))
        #expect(try await embedder.embed(["the dog"]).dimension == embedder.dimension)
    }

    @Test func `a store that goes over to a static model keeps that model`() async throws {
        let folder = try TemporaryFolder()
        let models = try Self.install(["network": "bert/half", "pieces": "static/plain"], in: folder)
        let database = try await Database.open(
            at: folder.path("store.db"), mode: .create,
            configuration: Database.Configuration(model: "network", models: models))
        _ = try await database.put([Document(id: "1", text: "the dog"), Document(id: "2", text: "a cat")])
        _ = try await database.optimize(encoder: "pieces")
        try await database.close()
        // Another process, in which the folder of the model is gone.
        try FileManager.default.removeItem(atPath: folder.path("models/pieces"))
        let again = try await Database.open(at: folder.path("store.db"), configuration: .init(models: models))
        #expect(try await again.information().spaces.map(\.encoder) == ["pieces"])
        #expect(try await again.search(SearchRequest("the dog", mode: .semantic)).results.count == 2)
    }
}
