import Akin
import AkinCore
import AkinTestSupport
import Foundation
import Testing

/// What hubs, or those who sit between, may send that must do no harm.
@Suite struct HubRefusalTests {
    private let folder: TemporaryFolder
    private let models: ModelLibrary

    init() throws {
        folder = try TemporaryFolder()
        models = ModelLibrary(folder: folder.path("models"), packedFolder: folder.path("packed"))
    }

    /// Expects that a fetch is refused, and that nothing is installed or written elsewhere.
    private func expect(
        _ code: AkinError.Code, saying phrases: String..., extra: [String: [UInt8]] = [:],
        model: TinyModel = .half, environment: [String: String] = [:], twist: HubFolder.Twist = .init(),
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        // A few megabytes are in the pipes when the limit of 32 MB is met.
        let most = 100 << 20
        let hub = try HubFolder(model.path, extra: extra, twist: twist)
        do {
            _ = try await models.fetch("owner/tiny", environment: hub.environment.merging(environment) { $1 })
            Issue.record("nothing was refused", sourceLocation: sourceLocation)
        } catch let error as AkinError {
            #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
            for phrase in phrases {
                #expect(error.description.contains(phrase), "\(error)", sourceLocation: sourceLocation)
            }
        }
        #expect(try models.installed().isEmpty, sourceLocation: sourceLocation)
        #expect(hub.sent < most, sourceLocation: sourceLocation)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["models"])
    }

    /// A change to the answers at a path.
    private func answers(
        _ path: String, _ change: @escaping @Sendable (inout LocalServer.Response) -> Void
    ) -> HubFolder.Twist {
        .init(response: { request, _, response in if request.path.hasSuffix(path) { change(&response) } })
    }

    private static let listing = "/api/models/owner/tiny/revision/main?blobs=true"

    @Test(arguments: [401, 403]) func `what may not be read needs a token`(status: Int) async throws {
        try await expect(
            .noModel, saying: "HTTP status \(status)", "HF_TOKEN", "/owner/tiny",
            twist: answers(Self.listing) { $0 = .init(status) })
        // Of one file: the terms of a model may be asked for there only.
        try await expect(
            .noModel, saying: "HF_TOKEN", twist: answers("model.safetensors") { $0 = .init(status) })
    }

    @Test func `what is not there is named`() async throws {
        try await expect(
            .noModel, saying: "owner/tiny at revision main", "404", twist: answers(Self.listing) { $0 = .init(404) })
        try await expect(.noModel, saying: "config.json", "404", twist: answers("/config.json") { $0 = .init(404) })
    }

    @Test(arguments: ["model.safetensors", "config.json"])
    func `another hash is refused, and nothing of it kept`(path: String) async throws {
        try await expect(
            .invalidData, saying: path, "hash",
            twist: answers(path) { $0.body = $0.status == 200 ? $0.body.map { $0 ^ 1 } : $0.body })
        let left = try FileManager.default.subpathsOfDirectory(atPath: folder.path("models"))
        #expect(!left.contains { $0.hasSuffix(".part") || $0.hasSuffix("model.safetensors") })
    }

    @Test func `the hash in a header counts where the listing has none`() async throws {
        var twist = answers("model.safetensors") { $0.body = $0.status == 200 ? $0.body.map { $0 ^ 1 } : $0.body }
        twist.listing = { _, entry in
            entry["lfs"] = nil
            entry["blobId"] = nil
            entry["size"] = nil
        }
        try await expect(.invalidData, saying: "model.safetensors", "hash", twist: twist)
    }

    @Test func `another size is refused`() async throws {
        try await expect(
            .invalidData, saying: "model.safetensors", "bytes",
            twist: .init(listing: { path, entry in
                guard path == "model.safetensors" else { return }
                entry["lfs"] = nil
                entry["size"] = 1000
            }))
        try await expect(
            .invalidData, saying: "model.safetensors", "bytes",
            twist: answers("/store/model.safetensors") { $0.body.append(0) })
    }

    @Test(arguments: ["/store/model.safetensors", "/config.json", listing])
    func `an answer without end is cut off`(path: String) async throws {
        try await expect(
            .invalidData, saying: path == Self.listing ? "MB" : "bytes",
            twist: answers(path) {
                guard $0.status == 200 else { return }
                $0.body = [UInt8](repeating: 0x20, count: 1 << 20)
                $0.delivery = .endless
            })
    }

    @Test(arguments: ["../config.json", "/etc/config.json", "a/../../b", "a//b", ".", "a\\..\\b", "a/\0/b"])
    func `a file name that leads out of the folder is refused`(path: String) async throws {
        try await expect(.invalidData, saying: "leads out", extra: [path: [1]])
    }

    @Test(arguments: ["..", "../other", "/etc", "1_Pooling/../..", "a//b"])
    func `a module that leads out of the folder is refused`(path: String) async throws {
        let modules = """
            [{"idx":0,"name":"0","path":"","type":"sentence_transformers.models.Transformer"},
             {"idx":1,"name":"1","path":"\(path)","type":"sentence_transformers.models.Pooling"}]
            """
        try await expect(.invalidData, saying: "modules.json", extra: ["modules.json": Array(modules.utf8)])
    }

    @Test(arguments: ["../model.safetensors", "run.py", "a/model.safetensors", "", "missing.safetensors"])
    func `a shard that is no file of weights beside the others is refused`(shard: String) async throws {
        let index = "{\"weight_map\": {\"embeddings.word_embeddings.weight\": \"\(shard)\"}}"
        try await expect(
            .invalidData, saying: "index",
            extra: ["model.safetensors.index.json": Array(index.utf8), "run.py": [1]], model: .sharded)
    }

    @Test(arguments: [1e18, 9e15]) func `weights larger than the disk are refused at once`(size: Double) async throws {
        try await expect(
            .inputOutput, saying: "free",
            twist: .init(listing: { path, entry in
                guard path == "model.safetensors" else { return }
                entry["lfs"] = .object(["sha256": .string(String(repeating: "0", count: 64)), "size": .number(size)])
            }))
    }

    @Test(arguments: [JSONValue.number(-1), .number(1.5), .number(1e300), "12", .bool(true)])
    func `a size that is none is refused`(size: JSONValue) async throws {
        try await expect(
            .invalidData, saying: "size",
            twist: .init(listing: { path, entry in if path == "config.json" { entry["size"] = size } }))
    }

    @Test func `settings larger than any are refused before they come`() async throws {
        try await expect(
            .invalidData, saying: "tokenizer_config.json", "MB",
            twist: .init(listing: { path, entry in
                if path == "tokenizer_config.json" { entry["size"] = 1_000_000_000 }
            }))
    }

    @Test(arguments: ["[]", "<html>no hub</html>", "{}", "{\"sha\":\"main\",\"siblings\":[]}", "\u{FF}"])
    func `what is no listing is refused`(text: String) async throws {
        try await expect(
            .invalidData, saying: "owner/tiny", twist: answers(Self.listing) { $0 = .init(200, Array(text.utf8)) })
    }

    @Test func `pickles are no weights`() async throws {
        var twist = HubFolder.Twist()
        twist.answer = { answer in
            guard case .array(let files)? = answer["siblings"] else { return }
            answer["siblings"] = .array(files.filter { !"\($0)".contains("model.safetensors") })
        }
        try await expect(.noModel, saying: "safetensors", extra: ["pytorch_model.bin": [1, 2, 3]], twist: twist)
    }

    @Test func `a model of a kind that is not computed is refused before its weights come`() async throws {
        let config = "{\"model_type\":\"no-such-model\",\"auto_map\":{\"AutoModel\":\"code.Model\"}}"
        let hub = try HubFolder(TinyModel.half.path, extra: ["config.json": Array(config.utf8), "code.py": [1]])
        await expectRefusal(.incompatible) {
            try await models.fetch("owner/tiny", environment: hub.environment)
        }
        #expect(hub.storeRequests.isEmpty)
    }

    @Test func `redirects end`() async throws {
        try await expect(
            .noModel, saying: "one address to the next",
            twist: .init(response: { request, _, response in
                if request.path.hasSuffix("/config.json") {
                    response = .init(307, [], ["Location": request.path])
                }
            }))
        for target in [
            "file:///etc/passwd", "ftp://127.0.0.1/x", "http://", "http://a\"b/", "http://user:x@127.0.0.1/x",
        ] {
            try await expect(
                .noModel, saying: "leads to",
                twist: answers("/config.json") { $0 = .init(302, [], ["Location": target]) })
        }
    }

    @Test func `no token goes out in the clear`() async throws {
        for environment in [
            ["HF_ENDPOINT": "http://hub.example", "HF_TOKEN": "hf_x"],
            ["HF_TOKEN": "hf_x\"\nurl = \"file:///etc/passwd"],
            ["HF_ENDPOINT": "ftp://hub.example"], ["HF_ENDPOINT": "hub"], ["HF_ENDPOINT": "https://a:b@hub.example"],
            ["HF_ENDPOINT": "https://hub.example/?x=\"y"],
        ] {
            await expectRefusal(.invalidArgument, saying: "HF_") {
                try await models.fetch("owner/tiny", environment: environment)
            }
        }
    }

    @Test(arguments: ["a/b/c", "owner/", "/x", "owner/-x", "o..r/x", "owner/x y", "owner/model.whl", "~/x"])
    func `what is no name of a model on a hub is not asked for`(name: String) async {
        await expectRefusal(.noInput, saying: name) {
            try await models.fetch(name, environment: ["HF_ENDPOINT": "http://127.0.0.1:9"])
        }
    }

    @Test func `a hub that cannot be reached is named`() async throws {
        await expectRefusal(.noModel, saying: "http://127.0.0.1:9", "kept") {
            try await models.fetch("owner/tiny", environment: ["HF_ENDPOINT": "http://127.0.0.1:9"])
        }
        await expectRefusal(.noModel, saying: "curl") {
            try await models.fetch(
                "owner/tiny", environment: ["HF_ENDPOINT": "http://127.0.0.1:9", "PATH": "/nowhere"])
        }
    }

    @Test func `a proxy is used`() async throws {
        let hub = try HubFolder(TinyModel.half.path)
        let proxy = try LocalServer { _ in .init(407) }
        await expectRefusal(.noModel, saying: "407") {
            try await models.fetch(
                "owner/tiny", environment: hub.environment.merging(["http_proxy": proxy.address]) { $1 })
        }
        #expect(hub.hubRequests.isEmpty)
        #expect(proxy.requests.map(\.path) == [hub.address + Self.listing])
    }

    @Test func `a model of another origin keeps its name`() async throws {
        _ = try await models.fetch(TinyModel.dense.path)
        let hub = try HubFolder(TinyModel.half.path)
        let other = folder.path("models/dense")
        try FileManager.default.moveItem(atPath: other, toPath: folder.path("models/tiny"))
        await expectRefusal(.cannotCreate, saying: "remove(\"tiny\")") {
            try await models.fetch("owner/tiny", environment: hub.environment)
        }
        #expect(hub.hubRequests.isEmpty)
        #expect(try models.information("tiny").dimension == 20)
        await expectRefusal(.noModel, saying: "fetch(\"owner/tiny\")") { try models.information("owner/tiny") }
    }
}
