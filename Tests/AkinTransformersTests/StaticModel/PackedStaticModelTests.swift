import AkinTokenizers
import AkinTransformers
import AkinCore
import AkinTestSupport
import AkinVectors
import Foundation
import Testing

/// Static models and what distilling begins with, kept among the packed models: the same bits with the cache and
/// without.
@Suite struct PackedStaticModelTests {
    private let folder: TemporaryFolder
    private let cache: PackedModelCache
    private static let texts = ["the dog is walking", "zebra unbelievable", "", "Caf\u{e9} <tok> ﬁ 1½"]

    init() throws {
        folder = try TemporaryFolder()
        cache = PackedModelCache(folder: folder.url.appending(path: "packed"))
    }

    private func vectors(_ model: StaticModel) throws -> [[Float]] {
        let vectors = try StaticEncoder(model: model, name: "static", fingerprint: "").encode(
            Self.texts, role: .passage, threads: 1
        ).vectors
        return (0..<vectors.rows).map { vectors.row($0) }
    }

    private func file() throws -> URL {
        let names = try FileManager.default.contentsOfDirectory(atPath: cache.folder.path)
        try #require(names.count == 1, "\(names)")
        return cache.folder.appending(path: names[0])
    }

    /// A copy of a golden model, long enough after its files were made for their times to be trusted.
    private func copy(_ name: String) throws -> URL {
        let model = folder.url.appending(path: "copy")
        try FileManager.default.copyItem(at: StaticModelTests.folder(name), to: model)
        Thread.sleep(forTimeInterval: 0.12)
        return model
    }

    @Test(arguments: StaticModelTests.names) func `a folder's model is the same from the cache`(name: String) throws {
        let place = try copy(name)
        let plain = try StaticModel(folder: place)
        let expected = StaticModel.fingerprint(try plain.serialized())
        for _ in 0..<2 {
            let (model, fingerprint) = try StaticModel.load(folder: place, cache: cache)
            #expect(fingerprint == expected)
            #expect(try vectors(model) == vectors(plain))
            #expect(try model.serialized() == plain.serialized())
            #expect(
                model.maximumTokens == plain.maximumTokens
                    && model.tokenizer.vocabularySize == plain.tokenizer.vocabularySize)
            #expect(
                model.tokenizer.placedTokens("walking dog").ranges == plain.tokenizer.placedTokens("walking dog").ranges
            )
        }
        // What is damaged is not believed.
        let packed = try file()
        let whole = try Data(contentsOf: packed)
        for offset in stride(from: 8, to: whole.count, by: max(1, whole.count / 40)) {
            var bytes = whole
            bytes[offset] ^= 0x55
            try bytes.write(to: packed)
            let (model, fingerprint) = try StaticModel.load(folder: place, cache: cache)
            #expect(try fingerprint == expected && vectors(model) == vectors(plain))
        }
    }

    @Test func `a changed folder is read again`() throws {
        let place = try copy("plain")
        let first = try StaticModel.load(folder: place, cache: cache).fingerprint
        try FileManager.default.removeItem(at: place)
        let other = try copy("quantized")
        #expect(try StaticModel.load(folder: other, cache: cache).fingerprint != first)
    }

    @Test func `a store's model is read from it once`() throws {
        let store = URL(filePath: try folder.write("notes.db", "a store"))
        let model = try StaticModel(folder: StaticModelTests.folder("plain"))
        var reads = 0
        func load(_ fingerprint: String) throws -> StaticModel {
            try StaticModel.load(fingerprint: fingerprint, of: store, cache: cache) {
                reads += 1
                return model
            }
        }
        for _ in 0..<3 { #expect(try vectors(load("one")) == vectors(model)) }
        #expect(reads == 1)
        // The store has another model now.
        _ = try load("two")
        _ = try load("two")
        #expect(reads == 2)
        // A file whose store is gone goes when the next is written.
        try FileManager.default.removeItem(at: store)
        _ = try StaticModel.load(folder: copy("plain"), cache: cache)
        #expect(try file().lastPathComponent.hasPrefix("copy-"))
    }

    @Test func `the vocabulary is encoded once`() throws {
        let teacher = try BERTEncoder(folder: BERTGolden.folder("half"))
        let texts = (0..<30).map { "the dog number \($0) is walking to a bank" }
        let targets = DistillationTargets(
            texts: texts, vectors: try teacher.encode(texts, role: .passage, threads: 1).vectors)
        func distilled(_ cache: PackedModelCache?) throws -> Data {
            try StaticDistillation(teacher: teacher, cache: cache).run(
                corpus: { body in for text in texts { try body(text) } }, targets: targets
            ).model.serialized()
        }
        let expected = try distilled(nil)
        #expect(try distilled(cache) == expected)
        let packed = try file()
        func number() throws -> UInt64? {
            (try FileManager.default.attributesOfItem(atPath: packed.path)[.systemFileNumber] as? NSNumber)?.uint64Value
        }
        let first = try number()
        #expect(try distilled(cache) == expected)
        #expect(try number() == first)
        var bytes = try Data(contentsOf: packed)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: packed)
        #expect(try distilled(cache) == expected)
        #expect(try number() != first)
    }
}
