import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Synchronization
import Testing

/// Models fetched from a server that has the layout of Hugging Face's hub.
@Suite struct HubFetchTests {
    private let folder: TemporaryFolder
    private let models: ModelLibrary

    init() throws {
        folder = try TemporaryFolder()
        models = ModelLibrary(folder: folder.path("models"), packedFolder: folder.path("packed"))
    }

    private func fetch(
        _ hub: HubFolder, revision: String? = nil, token: String? = nil, progress: ProgressHandler? = nil
    ) async throws -> InstalledModel {
        var environment = hub.environment
        environment["HF_TOKEN"] = token
        return try await models.fetch("owner/tiny", revision: revision, environment: environment, progress: progress)
    }

    /// What stands in the model folder.
    private var inside: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path("models"))) ?? []).sorted()
    }

    @Test(arguments: [TinyModel.half, .dense, .sharded, .cased, .prompted])
    func `a fetched model is the model`(_ tiny: TinyModel) async throws {
        let hub = try HubFolder(
            tiny.path,
            extra: [
                "pytorch_model.bin": [1], "onnx/model.onnx": [1], "onnx/config.json": [1], "run.py": [1],
                "README.md": [1], "model-other.safetensors": [1], "tf_model.h5": [1],
            ])
        let installed = try await fetch(hub)
        #expect(installed.name == "tiny" && installed.path == folder.path("models/tiny") && inside == ["tiny"])
        let origin = try #require(installed.origin)
        #expect(origin.repository == "owner/tiny" && origin.revision == "main" && origin.commit == HubFolder.commit)
        #expect(origin.license == "mit" && origin.endpoint == hub.address && origin.digests.count >= 3)
        let got = Set(try FileManager.default.subpathsOfDirectory(atPath: installed.path))
        #expect(got.isDisjoint(with: ["pytorch_model.bin", "onnx", "run.py", "README.md", "tf_model.h5"]))
        #expect(!got.contains("model-other.safetensors"))

        let texts = ["the dog is big", "a cat"]
        let fetched = try await Embedder.load(.init(model: "owner/tiny", models: models)).embed(texts)
        let original = try await Embedder.load(.tiny(tiny)).embed(texts)
        #expect(fetched.values == original.values)

        // What is there does not come again, and a commit needs no listing.
        let before = hub.hubRequests.count + hub.storeRequests.count
        _ = try await fetch(hub)
        #expect(hub.hubRequests.count + hub.storeRequests.count == before + 1)
        _ = try await fetch(hub, revision: HubFolder.commit)
        #expect(hub.hubRequests.count + hub.storeRequests.count == before + 1)
    }

    @Test func `the token goes to the hub and to no other host`() async throws {
        let hub = try HubFolder(TinyModel.half.path)
        _ = try await fetch(hub, token: "hf_secret")
        #expect(hub.hubRequests.allSatisfy { $0.headers["authorization"] == "Bearer hf_secret" })
        #expect(!hub.storeRequests.isEmpty)
        #expect(hub.storeRequests.allSatisfy { $0.headers["authorization"] == nil })
    }

    @Test func `revisions are asked for by name`() async throws {
        let hub = try HubFolder(TinyModel.half.path)
        let installed = try await fetch(hub, revision: "refs/pr/1")
        #expect(hub.hubRequests[0].path == "/api/models/owner/tiny/revision/refs%2Fpr%2F1?blobs=true")
        #expect(installed.origin?.revision == "refs/pr/1")
        for bad in ["../main", "a b", "-x", "", "a//b", "x\"y"] {
            await expectRefusal(.invalidArgument, saying: "revision") { try await fetch(hub, revision: bad) }
        }
        await expectRefusal(.invalidArgument, saying: "revision") {
            try await models.fetch("minilm", revision: "main", environment: hub.environment)
        }
    }

    @Test func `progress counts the bytes of weights and names the licence`() async throws {
        let steps = Collected<WorkProgress>()
        _ = try await fetch(try HubFolder(TinyModel.sharded.path)) { steps.append($0) }
        let downloading = steps.values.filter { $0.phase.rawValue == "downloading" }
        let last = try #require(downloading.last)
        #expect(last.completed == last.total && last.total ?? 0 > 10_000)
        let notices = downloading.compactMap(\.notice)
        #expect(notices.count == 1 && notices[0].contains("licence mit") && notices[0].contains("5c38ec7c405e"))
        #expect(zip(downloading, downloading.dropFirst()).allSatisfy { $0.completed <= $1.completed })
    }

    @Test(arguments: [true, false])
    func `a connection that breaks is taken up where it broke`(knowsParts: Bool) async throws {
        let twist = HubFolder.Twist(response: { request, count, response in
            guard request.path == "/store/model.safetensors" else { return }
            if count == 0 { response.delivery = .cut(after: 30_000) }
            if !knowsParts, request.firstByte != nil, response.status == 206 {
                response.status = 416
            }
        })
        let hub = try HubFolder(TinyModel.half.path, twist: twist)
        _ = try await fetch(hub)
        let starts = hub.storeRequests.map(\.firstByte)
        #expect(starts == (knowsParts ? [nil, 30_000] : [nil, 30_000, nil]))
    }

    @Test func `a server that gives the whole instead of a part is understood`() async throws {
        let whole = Array(try Data(contentsOf: URL(filePath: TinyModel.half.path + "/model.safetensors")))
        let twist = HubFolder.Twist(response: { request, count, response in
            guard request.path == "/store/model.safetensors" else { return }
            response = .init(200, whole)
            if count == 0 { response.delivery = .cut(after: 30_000) }
        })
        let hub = try HubFolder(TinyModel.half.path, twist: twist)
        _ = try await fetch(hub)
        #expect(hub.storeRequests.count == 2)
    }

    @Test func `a fetch goes on where another ended`() async throws {
        let broken = HubFolder.Twist(response: { request, count, response in
            guard request.path == "/store/model.safetensors" else { return }
            if count == 0 { response.delivery = .cut(after: 20_000) } else { response.status = 503 }
        })
        await expectRefusal(.noModel, saying: "503", "kept") {
            try await fetch(try HubFolder(TinyModel.half.path, twist: broken))
        }
        #expect(inside == [".partial-owner--tiny-\(HubFolder.commit)"])
        let hub = try HubFolder(TinyModel.half.path)
        _ = try await fetch(hub)
        #expect(hub.storeRequests.map(\.firstByte) == [20_000])
        // Settings that came before are only checked.
        #expect(hub.hubRequests.map(\.path).filter { $0.hasSuffix("config.json") }.isEmpty)
        #expect(inside == ["tiny"])
    }

    @Test func `a beginning that is not that of the file is discarded`() async throws {
        try folder.write(
            "models/.partial-owner--tiny-\(HubFolder.commit)/tiny/model.safetensors.part",
            Data(repeating: 7, count: 999))
        let hub = try HubFolder(TinyModel.half.path)
        let installed = try await fetch(hub)
        #expect(hub.storeRequests.map(\.firstByte) == [999, nil])
        #expect(installed.origin?.digests["model.safetensors"]?.count == 64)
    }

    #if os(Linux)
    @Test func `a process that is killed half-way leaves what the next goes on with`() async throws {
        let isKilled = Atomic(false)
        // Nothing more comes until the process is killed, however often it asks again.
        let twist = HubFolder.Twist(response: { request, count, response in
            guard request.path == "/store/model.safetensors", !isKilled.load(ordering: .relaxed) else { return }
            response.delivery = .stalled(after: count == 0 ? 40_000 : 0)
        })
        let hub = try HubFolder(TinyModel.half.path, twist: twist)
        let process = Process()
        let program: URL = try #require(BuiltProgram.url("akin"), "akin is not built")
        process.executableURL = program
        process.arguments = ["model", "fetch", "owner/tiny", "--quiet"]
        process.environment = [
            "HF_ENDPOINT": hub.address, "AKIN_MODELS": models.folder, "HOME": folder.url.path, "HF_TOKEN": "hf_secret",
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        let part = URL(
            filePath: folder.path("models/.partial-owner--tiny-\(HubFolder.commit)/tiny/model.safetensors.part"))
        let end = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < end, (try? Data(contentsOf: part).count) != 40_000 {
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(Self.commandLines.contains { $0.contains("curl") })
        #expect(!Self.commandLines.contains { $0.contains("hf_secret") })
        await expectRefusal(.locked) { try await fetch(hub) }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        isKilled.store(true, ordering: .relaxed)
        let installed = try await fetch(hub)
        #expect(hub.storeRequests.first?.firstByte == nil && hub.storeRequests.last?.firstByte == 40_000)
        #expect(try models.information("tiny").path == installed.path)
    }

    private static var commandLines: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int($0) }.compactMap {
            (try? Data(contentsOf: URL(filePath: "/proc/\($0)/cmdline"))).map { String(decoding: $0, as: UTF8.self) }
        }
    }
    #endif
}
