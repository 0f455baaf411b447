import AkinTokenizers
import Foundation
import Testing

/// The tokenizers and cases that `tools/goldens.py tokenizer` wrote.
enum TokenizerGoldens {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        var text: String
        var ids: [Int32]
        /// First and last + 1 of each token, in Unicode scalars of the text.
        var offsets: [Int]

        var ranges: [Range<Int>] { stride(from: 0, to: offsets.count, by: 2).map { offsets[$0]..<offsets[$0 + 1] } }
        var testDescription: String { text.debugDescription }
    }

    static func folder(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "Goldens/tokenizer/\(name)")
    }

    static func data(_ path: String) throws -> Data { try Data(contentsOf: folder(path)) }

    static func cases(_ path: String) throws -> [Case] { try JSONDecoder().decode([Case].self, from: data(path)) }

    static func tokenizer(_ name: String) throws -> WordPieceTokenizer { try WordPieceTokenizer(folder: folder(name)) }
}
