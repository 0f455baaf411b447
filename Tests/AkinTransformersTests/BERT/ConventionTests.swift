import AkinCore
import AkinTestSupport
import AkinTransformers
import AkinVectors
import Foundation
import Testing

/// The conventions of sentence-transformers' folders, against vectors that sentence-transformers made.
@Suite struct ConventionTests {
    struct Golden: Decodable {
        struct Case: Decodable, CustomTestStringConvertible {
            let name: String
            let folder: String
            /// A file's new contents by its path; null where it is deleted.
            let files: [String: JSONValue]
            let dimensions: Int?
            let maximum: Int
            let passages: [[Float]]
            let queries: [[Float]]

            var testDescription: String { name }
        }

        struct Cut: Decodable {
            let vector: [Float]
            let cut: [Float]
        }

        let texts: [String]
        let cases: [Case]
        let cuts: [Cut]
    }

    static let golden: Golden? = {
        let file = BuiltProgram.package.appending(path: "Tests/AkinTransformersTests/Goldens/conventions.json")
        return (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode(Golden.self, from: $0) }
    }()

    /// A copy of a tiny model under another name, with some files replaced.
    private func model(_ folder: String, in place: TemporaryFolder, as name: String, _ files: [String: JSONValue] = [:])
        throws -> URL
    {
        let copy = place.url.appending(path: name)
        try FileManager.default.copyItem(at: BERTGolden.folder(folder), to: copy)
        for (path, contents) in files {
            let file = copy.appending(path: path)
            try? FileManager.default.removeItem(at: file)
            if contents != .null { try JSONEncoder().encode(contents).write(to: file) }
        }
        return copy
    }

    @Test func `there are goldens`() throws {
        let golden = try #require(Self.golden)
        #expect(golden.cases.count == 11 && golden.cuts.count == 6)
    }

    @Test(arguments: golden?.cases ?? [])
    func `vectors agree with sentence-transformers`(_ golden: Golden.Case) throws {
        let place = try TemporaryFolder()
        let folder = try model(golden.folder, in: place, as: golden.folder, golden.files)
        let encoder = try BERTEncoder(folder: folder, dimensions: golden.dimensions)
        #expect(encoder.maximumTokens == golden.maximum)
        #expect(encoder.identity.dimension == golden.passages[0].count)
        let texts = try #require(Self.golden).texts
        for (role, expected) in [(TextRole.passage, golden.passages), (.query, golden.queries)] {
            let vectors = try encoder.encode(texts, role: role, threads: 1).vectors
            for (row, wanted) in expected.enumerated() {
                #expect(largestDifference(vectors, row: row, wanted) <= 1e-5, "\(role), \(texts[row])")
            }
        }
    }

    @Test func `the cut of Nomic's models is that of torch`() throws {
        for golden in try #require(Self.golden).cuts {
            let cut = try #require(
                try VectorCut(to: golden.cut.count, of: golden.vector.count, model: "x", isCentred: true))
            let found = cut.apply(golden.vector)
            #expect(zip(found, golden.cut).allSatisfy { abs($0 - $1) <= 1e-6 })
            let other = try #require(
                try VectorCut(to: golden.cut.count, of: golden.vector.count, model: "x", isCentred: false))
            #expect(zip(other.apply(golden.vector), golden.cut).contains { abs($0 - $1) > 1e-3 })
        }
        #expect(VectorCut.centres("nomic-embed-text-v1.5") && !VectorCut.centres("nomic-embed-text-v1"))
        #expect(!VectorCut.centres("bge-small-en-v1.5"))
    }

    @Test func `a cut makes other vectors, and a cut to all the same`() throws {
        let folder = BERTGolden.folder("half")
        let whole = try BERTEncoder(folder: folder)
        let fingerprints = try [nil, 32, 31, 8].map {
            try BERTEncoder(folder: folder, dimensions: $0).identity.fingerprint
        }
        #expect(fingerprints[0] == whole.identity.fingerprint && fingerprints[1] == fingerprints[0])
        #expect(Set(fingerprints).count == 3)
        for wrong in [0, -1, 33, Int.max] {
            #expect(throws: AkinError.self) { try BERTEncoder(folder: folder, dimensions: wrong) }
        }
    }

    @Test func `a cut model comes from the same packed file`() async throws {
        let place = try TemporaryFolder()
        let cache = PackedModelCache(folder: place.url.appending(path: "packed"))
        let folder = try model("half", in: place, as: "half")
        try await Task.sleep(for: .milliseconds(200))
        let first = try BERTEncoder(folder: folder, precision: .fp32, cache: cache, dimensions: 8)
        let second = try BERTEncoder(folder: folder, precision: .fp32, cache: cache, dimensions: 9)
        let whole = try BERTEncoder(folder: folder, precision: .fp32, cache: cache)
        #expect(cache.state.files == 1)
        #expect(first.identity.fingerprint != second.identity.fingerprint)
        #expect(whole.identity.fingerprint == (try BERTEncoder(folder: folder).identity.fingerprint))
    }

    @Test(arguments: [
        ("e5-small-v2", "query: ", "passage: "), ("multilingual-e5-base", "query: ", "passage: "),
        ("bge-small-en-v1.5", "Represent this sentence for searching relevant passages: ", ""),
        ("bge-large-zh-v1.5", "为这个句子生成表示以用于检索相关文章：", ""),
        ("nomic-embed-text-v1.5", "search_query: ", "search_document: "),
        ("bge-m3", "", ""), ("e5-mistral-7b-instruct", "", ""), ("my-e5-small-v2", "", ""), ("half", "", ""),
    ])
    func `known prompts stand where the folder has none`(name: String, query: String, passage: String) throws {
        let place = try TemporaryFolder()
        let encoder = try BERTEncoder(folder: try model("half", in: place, as: name))
        #expect(encoder.prompt(.query) == query && encoder.prompt(.passage) == passage)
        let plain = try BERTEncoder(folder: BERTGolden.folder("half"))
        let bare = try encoder.withoutKnownPrompts()
        #expect((bare == nil) == query.isEmpty)
        #expect((bare ?? encoder).identity.fingerprint == plain.identity.fingerprint)
        #expect((encoder.identity.fingerprint == plain.identity.fingerprint) == query.isEmpty)
        let found = try encoder.encode(["a dog"], role: .query, threads: 1).vectors
        #expect(found.row(0) == (try plain.encode([query + "a dog"], role: .query, threads: 1).vectors.row(0)))
    }

    @Test func `a folder's own prompts win`() throws {
        let place = try TemporaryFolder()
        let encoder = try BERTEncoder(folder: try model("mean-prompts", in: place, as: "e5-small-v2"))
        let plain = try BERTEncoder(folder: BERTGolden.folder("mean-prompts"))
        #expect(encoder.prompt(.query) == plain.prompt(.query) && !plain.prompt(.query).isEmpty)
        #expect(encoder.identity.fingerprint == plain.identity.fingerprint)
    }

    @Test(arguments: [
        ["use_residual": JSONValue.bool(true)], ["module_input_name": "token_embeddings"],
        ["module_output_name": "other"],
    ])
    func `a Dense module of another kind is refused`(change: [String: JSONValue]) throws {
        let place = try TemporaryFolder()
        let file = BERTGolden.folder("dense").appending(path: "2_Dense/config.json")
        var fields = try JSONDecoder().decode([String: JSONValue].self, from: Data(contentsOf: file))
        fields.merge(change) { $1 }
        let folder = try model("dense", in: place, as: "dense", ["2_Dense/config.json": .object(fields)])
        let error = #expect(throws: AkinError.self) { try BERTEncoder(folder: folder) }
        #expect(error?.code == .incompatible)
    }
}
