import AkinVectors
import Foundation

/// A tiny model with what `transformers` computes from it, written by tools/goldens_bert.py,
/// tools/goldens_families.py and tools/goldens_gated.py.
struct BERTGolden: Decodable {
    struct Intermediate: Decodable {
        let name: String
        /// The first three tokens' values.
        let rows: [[Float]]
    }

    let texts: [String]
    let ids: [[Int32]]
    let maximumTokens: Int
    let passages: [[Float]]
    let queries: [[Float]]
    let intermediates: [Intermediate]

    static let names = [
        "mean-prompts", "cls-prefixed", "old-names", "half", "sharded-bfloat", "dense", "every-pooling",
        "prompt-not-pooled", "plain-cased", "roberta", "xlm-roberta", "camembert", "bert-unigram", "distilbert",
        "mpnet", "mpnet-far", "modernbert", "modernbert-new", "modernbert-long",
        "nomic", "nomic-authors", "gte", "gte-authors", "jina", "jina-long",
    ]

    static func folder(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
            path: "Goldens/bert/\(name)")
    }

    static func load(_ name: String) throws -> BERTGolden {
        try JSONDecoder().decode(BERTGolden.self, from: Data(contentsOf: folder(name).appending(path: "expected.json")))
    }
}

/// The largest difference between a row of a matrix and what it should be, relative to the expected row's largest value
/// where that is above 1.
func largestDifference(_ matrix: Matrix, row: Int, _ expected: [Float]) -> Float {
    guard matrix.columns == expected.count else { return .infinity }
    let scale = max(1, expected.map(abs).max() ?? 1)
    return zip(matrix.row(row), expected).reduce(0) { max($0, abs($1.0 - $1.1)) } / scale
}
