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
    @Test func `a folder is described`() throws {
        let model = try ModelLibrary().information(TinyModel.half.path)
        #expect(model.name == "half" && model.dimension == 32 && model.layers == 2 && model.maximumTokens == 48)
        #expect(model.vocabularySize == 98 && model.bytes > 10_000 && model.path == TinyModel.half.path)
        #expect(try ModelLibrary().information(TinyModel.dense.path).dimension == 20)
        #expect(try ModelLibrary().information(TinyModel.sharded.path).dimension == 40)
    }

    @Test(arguments: TinyModel.allCases) func `every kind of model tokenizes and embeds`(_ model: TinyModel)
        async throws
    {
        let embedder = try await Embedder.load(.tiny(model))
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

    @Test func `an unknown model is refused with a remedy`() async throws {
        await expectRefusal(.noModel, saying: "no-such-model", "fetch(") {
            try ModelLibrary().information("no-such-model")
        }
        let folder = try TemporaryFolder()
        await expectRefusal(.noModel, saying: "config.json") { try ModelLibrary().information(folder.url.path) }
        await expectRefusal(.noModel) { try ModelLibrary().information("no/such/folder") }
        let configuration = Database.Configuration(model: "no-such-model")
        await expectRefusal(.noModel, saying: "no-such-model") { try await Embedder.load(configuration) }
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: configuration)
        await expectRefusal(.noModel, saying: "no-such-model") {
            try await database.put([Document(id: "1", text: "dog")])
        }
    }

    @Test func `word vectors have no tokens and need a store`() async throws {
        await expectRefusal(.noModel, saying: "Database.open(at:)") { try await Embedder.load(.words) }
        let folder = try TemporaryFolder()
        let database = try await Database.open(at: folder.path("store.db"), mode: .create, configuration: .words)
        _ = try await database.put(SampleTexts.documents(0..<50))
        let embedder = try await database.embedder()
        await expectRefusal(.noModel, saying: "BERT") { try await embedder.tokenize(["dog"]) }
    }

    @Test func `a fetched folder becomes the model of new stores`() async throws {
        let folder = try TemporaryFolder()
        let models = ModelLibrary(folder: folder.path("models"), packedFolder: folder.path("packed"))
        let configuration = Database.Configuration(models: models)
        #expect(try models.installed().isEmpty)

        let without = try await Database.open(
            at: folder.path("without.db"), mode: .create, configuration: configuration)
        let summary = try await without.put(SampleTexts.documents(0..<100))
        #expect(summary.encoderKind == .words)
        #expect(summary.notes.contains { $0.description.contains("fetch(\"minilm\")") })
        await expectRefusal(.noModel, saying: "fetch(\"minilm\")") { try await Embedder.load(configuration) }
        await expectRefusal(.noModel, saying: "fetch(\"minilm\")") {
            let bert = Database.Configuration(encoder: .bert, models: models)
            return try await Database.open(at: folder.path("bert.db"), mode: .create, configuration: bert).put(
                Document(id: "1", text: "dog"))
        }

        let fetched = try await models.fetch(TinyModel.dense.path)
        // A model that changed a moment ago is not packed.
        try await Task.sleep(for: .milliseconds(200))
        #expect(fetched.name == "dense" && fetched.path.hasPrefix(folder.path("models")))
        #expect(try models.installed().map(\.name) == ["dense"])
        #expect(try models.information("DENSE").path == fetched.path)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("models")) == ["dense"])

        // A model that changed a moment ago is not packed yet.
        try await Task.sleep(for: .milliseconds(150))
        let with = try await Database.open(at: folder.path("with.db"), mode: .create, configuration: configuration)
        #expect(try await with.put(Document(id: "1", text: "dog")).encoder == "dense")
        #expect(try await without.put(Document(id: "new", text: "the dog")).encoderKind == .words)
        #expect(FileManager.default.fileExists(atPath: folder.path("packed")))

        // What is no model leaves nothing behind and harms nothing.
        let empty = try folder.write("empty/readme.txt", "nothing")
        await expectRefusal(.noModel) {
            try await models.fetch(URL(filePath: empty).deletingLastPathComponent().path)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("models")) == ["dense"])
    }

    @Test func `a download sees the variables it is given and no others`() async throws {
        let folder = try TemporaryFolder()
        let python = try folder.write("bin/python3", "#!/bin/sh\n/usr/bin/env > \"$SEEN\"\nexit 3\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: python)
        let models = ModelLibrary(folder: folder.path("models"), packedFolder: folder.path("packed"))
        await expectRefusal(.noModel, saying: "exit status 3") {
            try await models.fetch(
                "minilm", environment: ["PATH": folder.path("bin"), "SEEN": folder.path("seen"), "PYTHONPATH": "/x"])
        }
        let seen = try String(contentsOfFile: folder.path("seen"), encoding: .utf8).split(separator: "\n")
        #expect(seen.contains("PATH=" + folder.path("bin")))
        // The shell adds some of its own.
        let names = Set(seen.map { String($0.prefix { $0 != "=" }) })
        #expect(names.isSubset(of: ["PATH", "SEEN", "TMPDIR", "PWD", "OLDPWD", "SHLVL", "_"]), "\(names)")
    }

    @Test func `the environment has no say in where a library's models are`() async {
        await #expect(processExitsWith: .success) {
            for name in ["AKIN_MODELS", "XDG_CACHE_HOME", "HOME"] { setenv(name, "/elsewhere", 1) }
            #expect(ModelLibrary().folder == ModelLibrary.userCacheFolder + "/models")
            #expect(ModelLibrary().packedFolder == ModelLibrary.userCacheFolder + "/packed")
            #expect(!ModelLibrary.userCacheFolder.contains("elsewhere"))
        }
    }
}
