import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

@Suite struct ModelRemovalTests {
    private let folder: TemporaryFolder
    private let models: ModelLibrary

    init() throws {
        folder = try TemporaryFolder()
        models = ModelLibrary(folder: folder.path("models"), packedFolder: folder.path("packed"))
    }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: folder.path(path)) }

    @Test func `a model goes with what was kept to load it fast`() async throws {
        _ = try await models.fetch(TinyModel.half.path)
        _ = try await models.fetch(TinyModel.dense.path)
        try await Task.sleep(for: .milliseconds(200))
        for name in ["half", "dense"] { _ = try await Embedder.load(.init(model: name, models: models)) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("packed")).count == 2)
        let found = try models.removable("HALF")
        #expect(found.name == "half" && found.bytes > 10_000 && exists("models/half"))
        #expect(try models.remove("HALF").path == found.path)
        #expect(try models.installed().map(\.name) == ["dense"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("models")) == ["dense"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("packed")).count == 1)
        await expectRefusal(.noModel) { try models.remove("half") }
    }

    @Test func `a model from a hub goes by the name it has there`() async throws {
        let hub = try HubFolder(TinyModel.half.path)
        _ = try await models.fetch("owner/tiny", environment: hub.environment)
        await expectRefusal(.invalidArgument) { try models.remove("other/tiny") }
        #expect(try models.remove("owner/tiny").name == "tiny")
        #expect(!exists("models/tiny"))
    }

    @Test(arguments: ["", ".", "..", "../outside", "/", ".partial-x", "a/b/c"])
    func `a path is refused`(name: String) async throws {
        try folder.write("outside/config.json", "{}")
        try folder.write("models/.partial-x/config.json", "{}")
        await expectRefusal(.invalidArgument, saying: "not the name of a model") { try models.remove(name) }
        #expect(exists("outside/config.json") && exists("models/.partial-x/config.json"))
    }

    @Test func `a link goes and what it leads to stays`() async throws {
        try FileManager.default.copyItem(atPath: TinyModel.half.path, toPath: folder.path("elsewhere"))
        try folder.write("models/real/config.json", "{}")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("models/linked"), withDestinationPath: folder.path("elsewhere"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("models/real/inner"), withDestinationPath: folder.path("elsewhere"))
        #expect(try models.removable("linked").isLink)
        try models.remove("linked")
        try models.remove("real")
        #expect(!exists("models/linked") && !exists("models/real") && exists("elsewhere/model.safetensors"))
    }

    @Test func `a damaged model can be removed and what is no model cannot`() async throws {
        try folder.write("models/broken/config.json", "{")
        try folder.write("models/letters/dear.txt", "…")
        #expect(try models.remove("broken").name == "broken")
        await expectRefusal(.noModel, saying: "no model") { try models.remove("letters") }
        #expect(exists("models/letters/dear.txt"))
    }
}
