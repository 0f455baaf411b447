import AkinVectors
import AkinTransformers
import AkinTestSupport
import Foundation
import Testing

/// What a model is called and what its fingerprint depends on.
@Suite struct BERTIdentityTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A copy of a golden model that a test may change.
    private func copy(_ name: String, as newName: String = "copy") throws -> URL {
        let model = folder.url.appending(path: newName)
        try FileManager.default.createDirectory(
            at: model.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: BERTGolden.folder(name), to: model)
        return model
    }

    @Test func `the name is the folder's unless that says nothing`() throws {
        #expect(try BERTEncoder(folder: BERTGolden.folder("half")).identity.name == "half")
        let generic = try copy("half", as: "model")
        #expect(try BERTEncoder(folder: generic).identity.name == "half")
        let hash = String(repeating: "0123456789", count: 4)
        let cached = try copy("half", as: "models--akin--small-model/snapshots/\(hash)")
        #expect(try BERTEncoder(folder: cached).identity.name == "small-model")
    }

    @Test func `the fingerprint is the same for a copy elsewhere`() throws {
        let model = try copy("mean-prompts")
        let there = try BERTEncoder(folder: model).identity.fingerprint
        #expect(try BERTEncoder(folder: BERTGolden.folder("mean-prompts")).identity.fingerprint == there)
        #expect(there.count == 64)
    }

    @Test(arguments: [
        ("config.json", "\"num_attention_heads\": 4", "\"num_attention_heads\": 2"),
        ("config.json", "\"hidden_act\": \"gelu\"", "\"hidden_act\": \"relu\""),
        ("1_Pooling/config.json", "\"pooling_mode_lasttoken\": false", "\"pooling_mode_lasttoken\": true"),
        ("config_sentence_transformers.json", "the a", "the"),
        ("sentence_bert_config.json", "40", "39"),
        ("vocab.txt", "guitar", "banjo"),
    ])
    func `the fingerprint changes with everything that changes vectors`(file: String, old: String, new: String) throws {
        let model = try copy("mean-prompts")
        let before = try BERTEncoder(folder: model).identity.fingerprint
        let url = model.appending(path: file)
        let text = try String(contentsOf: url, encoding: .utf8)
        #expect(text.contains(old))
        try Data(text.replacing(old, with: new).utf8).write(to: url)
        #expect(try BERTEncoder(folder: model).identity.fingerprint != before)
    }

    @Test func `the fingerprint changes with one bit of the weights`() throws {
        let model = try copy("mean-prompts")
        let before = try BERTEncoder(folder: model).identity.fingerprint
        let url = model.appending(path: "model.safetensors")
        var bytes = try Data(contentsOf: url)
        bytes[bytes.count - 3] ^= 1
        try bytes.write(to: url)
        #expect(try BERTEncoder(folder: model).identity.fingerprint != before)
    }
}
