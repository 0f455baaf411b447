import AkinCore
import AkinTransformers
import AkinTestSupport
import AkinVectors
import Foundation
import Testing

/// The cache of loaded models: the same bits with it and without, whatever happens to its files or to the model's.
@Suite struct PackedModelCacheTests {
    private let folder: TemporaryFolder
    private let cache: PackedModelCache

    init() throws {
        folder = try TemporaryFolder()
        cache = PackedModelCache(folder: folder.url.appending(path: "packed"))
    }

    /// A copy of a golden model, long enough after its files were made for their times to be trusted.
    private func copy(_ name: String, as newName: String = "model-copy") throws -> URL {
        let model = folder.url.appending(path: newName)
        try FileManager.default.copyItem(at: BERTGolden.folder(name), to: model)
        settle()
        return model
    }

    private func settle() { Thread.sleep(forTimeInterval: 0.12) }

    /// The files in the cache's folder with what tells one writing of them from another.
    private func files() throws -> [String: UInt64] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: cache.folder.path)) ?? []
        return try Dictionary(
            uniqueKeysWithValues: names.map { name in
                let attributes = try FileManager.default.attributesOfItem(
                    atPath: cache.folder.appending(path: name).path)
                return (name, try #require(attributes[.systemFileNumber] as? NSNumber).uint64Value)
            })
    }

    private func onlyFile() throws -> URL {
        let files = try files()
        try #require(files.count == 1, "\(files.keys.sorted())")
        return cache.folder.appending(path: files.keys.first ?? "")
    }

    private func number(_ bytes: Data, at offset: Int) -> Int {
        (0..<8).reduce(0) { sum, byte in sum | Int(bytes[offset + byte]) << (8 * byte) }
    }

    /// Where the entries of a packed file's table begin.
    private func tableEntries(of bytes: Data) -> [Int] {
        let count = number(bytes, at: 12) & 0xFFFF_FFFF
        return (0..<count).map { 56 + 72 * $0 }
    }

    /// Expects from a model loaded with the cache what it gives without.
    private func expectRight(_ model: URL, precision: EncodingPrecision = .int8, _ comment: Comment? = nil) throws {
        let (plain, cached) = (
            try BERTEncoder(folder: model, precision: precision),
            try BERTEncoder(folder: model, precision: precision, cache: cache)
        )
        #expect(cached.identity == plain.identity, comment)
        #expect(cached.maximumTokens == plain.maximumTokens && cached.overheadTokens == plain.overheadTokens, comment)
        let texts = [
            "the guitar [SEP] of a man", "", "Xylophone, un-heard of! 東京 é",
            String(repeating: "long words ", count: 80),
        ]
        for role in [TextRole.passage, .query] {
            let (expected, actual) = (
                try plain.encode(texts, role: role, threads: 1), try cached.encode(texts, role: role, threads: 1)
            )
            #expect(
                actual.tokenCounts == expected.tokenCounts && actual.unknownCounts == expected.unknownCounts, comment)
            for row in texts.indices {
                #expect(
                    actual.vectors.row(row).map(\.bitPattern) == expected.vectors.row(row).map(\.bitPattern), comment)
            }
        }
        let tokens = cached.tokenize(texts[2], truncate: false)
        #expect(tokens.tokens == plain.tokenize(texts[2], truncate: false).tokens, comment)
    }

    @Test(arguments: BERTGolden.names, EncodingPrecision.allCases)
    func `a hit gives the same bits as a miss`(name: String, precision: EncodingPrecision) throws {
        let model = try copy(name)
        try expectRight(model, precision: precision)
        let written = try files()
        #expect(written.count == 1)
        try expectRight(model, precision: precision)
        #expect(try files() == written)
        #expect(cache.state.files == 1 && cache.state.bytes > 0 && cache.state.isWritable)
    }

    @Test func `a flipped bit anywhere is noticed and the file rebuilt`() throws {
        let model = try copy("half")
        try expectRight(model)
        let file = try onlyFile()
        let whole = try Data(contentsOf: file)
        // Each field of the head, and the middle of each section as the table gives it.
        var places = [0, 8, 12, 16, 24, 55]
        for entry in tableEntries(of: whole) {
            places += [entry, entry + 50, entry + 60]
            places.append(number(whole, at: entry + 56) + number(whole, at: entry + 64) / 2)
        }
        for place in places {
            var damaged = whole
            damaged[place] ^= 1 << (place % 8)
            try damaged.write(to: file)
            try expectRight(model, "byte \(place)")
            #expect(try Data(contentsOf: file) == whole, "byte \(place)")
        }
    }

    @Test(arguments: [0, 1, 55, 56, 63, 64, 1000, 5000, 20_000])
    func `a file that is cut short is rebuilt`(length: Int) throws {
        let model = try copy("half")
        try expectRight(model)
        let file = try onlyFile()
        let whole = try Data(contentsOf: file)
        try whole.prefix(length).write(to: file)
        try expectRight(model)
        #expect(try Data(contentsOf: file) == whole)
        try (whole + Data(count: 64)).write(to: file)
        try expectRight(model)
        #expect(try Data(contentsOf: file) == whole)
        try Data(count: whole.count).write(to: file)
        try expectRight(model)
        #expect(try Data(contentsOf: file) == whole)
    }

    @Test func `another model's file is not used`() throws {
        let model = try copy("half")
        try expectRight(model)
        let file = try onlyFile()
        let whole = try Data(contentsOf: file)
        try FileManager.default.removeItem(at: file)
        let other = try copy("half", as: "other")
        let weights = other.appending(path: "model.safetensors")
        var bytes = try Data(contentsOf: weights)
        bytes[bytes.count - 300] ^= 0x10
        try bytes.write(to: weights)
        settle()
        try expectRight(other)
        try FileManager.default.moveItem(at: onlyFile(), to: file)
        try expectRight(model)
        #expect(try Data(contentsOf: file) == whole)
    }

    @Test func `a file of another version is replaced`() throws {
        let model = try copy("half")
        try expectRight(model)
        let file = try onlyFile()
        let whole = try Data(contentsOf: file)
        var older = whole
        older[8] = 0
        let head = (56 + 72 * tableEntries(of: whole).count + 4 + 63) / 64 * 64
        let checksum = older.prefix(head - 4).withUnsafeBytes { CRC32C.checksum($0) }
        withUnsafeBytes(of: checksum.littleEndian) { older.replaceSubrange(head - 4..<head, with: $0) }
        try older.write(to: file)
        try expectRight(model)
        #expect(try Data(contentsOf: file) == whole)
    }

    @Test(arguments: ["model.safetensors", "config.json", "vocab.txt", "modules.json", "1_Pooling/config.json"])
    func `a touched file is read again`(name: String) throws {
        let model = try copy("half")
        try expectRight(model)
        let before = try files()
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)],
            ofItemAtPath: model.appending(path: name).path)
        settle()
        try expectRight(model)
        let after = try files()
        #expect(after.keys == before.keys && after != before)
    }

    /// The hardest case: as many bytes as before, and the time of the last change put back.
    @Test func `weights changed in place are noticed`() throws {
        let model = try copy("half")
        try expectRight(model)
        let before = try BERTEncoder(folder: model, precision: .int8, cache: cache).identity.fingerprint
        let weights = model.appending(path: "model.safetensors")
        let date = try #require(FileManager.default.attributesOfItem(atPath: weights.path)[.modificationDate] as? Date)
        let handle = try FileHandle(forUpdating: weights)
        let end = try handle.seekToEnd()
        try handle.seek(toOffset: end - 3)
        try handle.write(contentsOf: Data([0x5A]))
        try handle.close()
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: weights.path)
        try expectRight(model)
        #expect(try BERTEncoder(folder: model, precision: .int8, cache: cache).identity.fingerprint != before)
    }

    @Test(arguments: [
        ("config.json", "\"hidden_act\": \"gelu\"", "\"hidden_act\": \"relu\""),
        ("1_Pooling/config.json", "\"pooling_mode_lasttoken\": false", "\"pooling_mode_lasttoken\": true"),
        ("config_sentence_transformers.json", "the a", "the"), ("sentence_bert_config.json", "40", "39"),
        ("vocab.txt", "guitar", "banjo"),
    ])
    func `a changed setting is seen at once`(file: String, old: String, new: String) throws {
        let model = try copy("mean-prompts")
        try expectRight(model)
        let url = model.appending(path: file)
        let text = try String(contentsOf: url, encoding: .utf8)
        try #require(text.contains(old))
        try Data(text.replacing(old, with: new).utf8).write(to: url)
        try expectRight(model)
        try FileManager.default.removeItem(at: model.appending(path: "sentence_bert_config.json"))
        try expectRight(model)
    }

    @Test func `a replaced shard is seen`() throws {
        let model = try copy("sharded-bfloat")
        try expectRight(model)
        let shard = model.appending(path: "model-00003-of-00003.safetensors")
        var bytes = try Data(contentsOf: shard)
        bytes[bytes.count - 3] ^= 1
        try bytes.write(to: shard)
        try expectRight(model)
    }

    @Test func `a model loads where the cache cannot be written`() throws {
        let model = try copy("half")
        let blocked = PackedModelCache(
            folder: URL(filePath: try folder.write("file", "in the way")).appending(path: "packed"))
        let expected = try BERTEncoder(folder: model, precision: .int8)
        for _ in 0..<2 {
            let encoder = try BERTEncoder(folder: model, precision: .int8, cache: blocked)
            #expect(encoder.identity == expected.identity)
            let vector = try encoder.encode(["a man"], role: .query, threads: 1).vectors.row(0)
            #expect(try vector == expected.encode(["a man"], role: .query, threads: 1).vectors.row(0))
        }
        #expect(blocked.state.files == 0 && !blocked.state.isWritable)
        // A folder that stands where the file should be.
        try expectRight(model)
        let file = try onlyFile()
        try FileManager.default.removeItem(at: file)
        try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
        try expectRight(model)
    }

    @Test func `many loads at once all get what one gets`() throws {
        let model = try copy("mean-prompts")
        let expected = try BERTEncoder(folder: model, precision: .int8).encode(["a man"], role: .query, threads: 1)
            .vectors.row(0)
        let cache = cache
        let vectors = try Parallel.map(Array(0..<64), threads: 8) { _ in
            try BERTEncoder(folder: model, precision: .int8, cache: cache).encode(["a man"], role: .query, threads: 1)
                .vectors.row(0)
        }
        #expect(vectors.allSatisfy { $0 == expected })
        _ = try onlyFile()
    }

    @Test func `files of models that are gone are removed`() throws {
        let first = try copy("half", as: "first")
        try expectRight(first)
        let second = try copy("half", as: "second")
        try expectRight(second)
        #expect(try files().count == 2)
        try FileManager.default.removeItem(at: first)
        try expectRight(try copy("half", as: "third"))
        #expect(try files().keys.map { $0.prefix(5) }.sorted() == ["secon", "third"])
    }
}
