import AkinTransformers
import AkinVectors
import Foundation
import Testing

/// The encoder against `transformers` on the real all-MiniLM-L6-v2, where it is installed (`tools/test` sees to that).
@Suite(.enabled(if: MiniLM.isInstalled, "all-MiniLM-L6-v2 is not installed: akin model fetch minilm"))
struct MiniLMTests {
    @Test func `vectors agree with those of Transformers`() throws {
        let golden = try MiniLM.golden()
        let encoded = try BERTEncoder(folder: MiniLM.folder).encode(golden.texts, role: .passage, threads: 2)
        #expect(encoded.vectors.columns == 384)
        for (row, expected) in golden.vectors.enumerated() {
            let largest = zip(encoded.vectors.row(row), expected).map { abs($0 - $1) }.max() ?? .infinity
            #expect(largest <= 1e-5, "\(golden.texts[row].prefix(40)): \(largest)")
        }
        #expect(encoded.truncated == [false, false, false, false, true, false, false])
        #expect(encoded.tokenCounts[4] == 256)
    }

    @Test func `a text alone is the same as in a batch on any number of threads`() throws {
        let encoder = try BERTEncoder(folder: MiniLM.folder)
        let texts = try MiniLM.golden().texts
        let bulk = try encoder.encode(texts + texts.reversed(), role: .passage, threads: 2)
        for (row, text) in texts.enumerated() {
            let alone = try encoder.encode([text], role: .passage, threads: 1)
            #expect(
                alone.vectors.row(0).map(\.bitPattern) == bulk.vectors.row(row).map(\.bitPattern), "\(text.prefix(40))")
        }
    }
}

/// Where the model is, and what the reference computes with it.
enum MiniLM {
    struct Golden: Decodable {
        let texts: [String]
        let vectors: [[Float]]
    }

    static var folder: URL {
        let environment = ProcessInfo.processInfo.environment
        let models =
            environment["AKIN_MODELS"] ?? (environment["XDG_CACHE_HOME"] ?? NSHomeDirectory() + "/.cache")
            + "/akin/models"
        return URL(filePath: models).appending(path: "all-MiniLM-L6-v2")
    }

    static var isInstalled: Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "model.safetensors").path)
    }

    static func golden() throws -> Golden {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Goldens/minilm.json")
        return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
    }
}
