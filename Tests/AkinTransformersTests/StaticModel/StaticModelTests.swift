import AkinTokenizers
import AkinTransformers
import AkinCore
import AkinTestSupport
import AkinVectors
import Foundation
import Testing

/// Folders of the `model2vec` project, written by tools/goldens_static.py.
@Suite struct StaticModelTests {
    struct Golden: Decodable {
        let texts: [String]
        let vectors: [[Float]]
    }

    static let names = ["plain", "half", "raw", "quantized", "quantized-double", "unigram"]

    static func folder(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
            path: "Goldens/static/\(name)")
    }

    private static func encode(_ model: StaticModel, _ texts: [String], threads: Int = 2) throws -> EncodedTexts {
        try StaticEncoder(model: model, name: "static", fingerprint: "").encode(texts, role: .passage, threads: threads)
    }

    @Test(arguments: names) func `vectors equal those of Model2Vec`(name: String) throws {
        let folder = Self.folder(name)
        let golden = try JSONDecoder().decode(
            Golden.self, from: Data(contentsOf: folder.appending(path: "expected.json")))
        #expect(StaticModel.isFolder(folder))
        let vectors = try Self.encode(StaticModel(folder: folder), golden.texts).vectors
        // Half precision is rounded there after each step.
        let tolerance: Float = name == "half" ? 2e-3 : 2e-5
        for (row, expected) in golden.vectors.enumerated() {
            #expect(largestDifference(vectors, row: row, expected) < tolerance, "\(golden.texts[row])")
        }
    }

    @Test(arguments: names) func `a folder and a stored model are read back alike`(name: String) throws {
        let texts = ["the dog is walking", "zebra unbelievable"]
        let model = try StaticModel(folder: Self.folder(name))
        let temporary = try TemporaryFolder()
        try model.write(folder: temporary.url.appending(path: "copy"))
        let expected = try Self.encode(model, texts).vectors
        let copy = try Self.encode(StaticModel(folder: temporary.url.appending(path: "copy")), texts).vectors
        let stored = try StaticModel(serialized: model.serialized())
        #expect(try stored.serialized() == model.serialized())
        for row in 0..<texts.count {
            #expect(copy.row(row) == expected.row(row))
            #expect(largestDifference(try Self.encode(stored, texts).vectors, row: row, expected.row(row)) < 2e-3)
        }
    }

    @Test func `texts without known tokens have no vector`() throws {
        let encoded = try Self.encode(StaticModel(folder: Self.folder("plain")), ["", "字 漢", "the dog"])
        #expect(encoded.vectors.row(0).allSatisfy { $0 == 0 } && encoded.vectors.row(1).allSatisfy { $0 == 0 })
        #expect(encoded.tokenCounts == [0, 2, 2] && encoded.unknownCounts == [0, 2, 0])
    }

    private func damaged(_ change: (URL) throws -> Void) throws -> AkinError? {
        let temporary = try TemporaryFolder()
        let copy = temporary.url.appending(path: "model")
        try FileManager.default.copyItem(at: Self.folder("quantized"), to: copy)
        try change(copy)
        do {
            _ = try StaticModel(folder: copy)
            return nil
        } catch let error as AkinError { return error }
    }

    @Test func `malformed folders are refused`() throws {
        #expect(try damaged { _ in } == nil)
        for name in ["config.json", "tokenizer.json", "model.safetensors"] {
            #expect(try damaged { try FileManager.default.removeItem(at: $0.appending(path: name)) }?.code == .noModel)
        }
        #expect(try damaged { try Data("[1]".utf8).write(to: $0.appending(path: "config.json")) }?.code == .invalidData)
        #expect(
            try damaged { try Data("{\"max_length\": -3}".utf8).write(to: $0.appending(path: "config.json")) }?.code
                == .invalidData)
        let cut = try damaged { folder in
            let file = folder.appending(path: "model.safetensors")
            try Data(contentsOf: file).dropLast(3).write(to: file)
        }
        #expect(cut?.code == .invalidData)
        // A model of another shape behind the same tokenizer.
        var writer = SafetensorsWriter()
        writer.append("embeddings", Matrix(rows: 3, columns: 4))
        let other = writer.contents()
        #expect(try damaged { try other.write(to: $0.appending(path: "model.safetensors")) }?.code == .invalidData)
        writer.append("mapping", [Int32](repeating: 3, count: 200))
        let beyond = writer.contents()
        #expect(try damaged { try beyond.write(to: $0.appending(path: "model.safetensors")) }?.code == .invalidData)
        var bad = SafetensorsWriter()
        bad.append("embeddings", Matrix((0..<200).map { [Float]([$0 == 7 ? .nan : 1, 2]) }))
        let notNumbers = bad.contents()
        #expect(try damaged { try notNumbers.write(to: $0.appending(path: "model.safetensors")) }?.code == .invalidData)
        #expect(throws: AkinError.self) { try StaticModel(serialized: Data("AKIN".utf8)) }
        #expect(throws: AkinError.self) { try StaticModel(serialized: other) }
    }

    @Test func `a tokenizer is written as it was read`() throws {
        let tokenizer = try WordPieceTokenizer(folder: BERTGolden.folder("half"))
        let again = try WordPieceTokenizer(json: tokenizer.json, name: "test")
        #expect(again.fingerprintBytes == tokenizer.fingerprintBytes)
        let longer = try tokenizer.adding(words: ["banking", "yorker"])
        let text = "Banking, bankings in New Yorker \"un\\believable\""
        #expect(tokenizer.plainTokens("banking").ids.count == 2 && longer.plainTokens("banking").ids.count == 1)
        #expect(try WordPieceTokenizer(json: longer.json, name: "test").encode(text).ids == longer.encode(text).ids)
        #expect(longer.vocabularySize == tokenizer.vocabularySize + 2)
    }
}
