import AkinCore
import AkinTransformers
import Foundation

/// A tiny model with a head and what `transformers` computes from it, written by tools/goldens_heads.py.
struct HeadGolden<Case: Decodable>: Decodable {
    let labels: [String]
    let cases: [Case]

    static func load(_ name: String) throws -> HeadGolden {
        try JSONDecoder().decode(
            HeadGolden.self, from: Data(contentsOf: HeadGoldens.folder(name).appending(path: "expected.json")))
    }
}

enum HeadGoldens {
    static func folder(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
            path: "Goldens/heads/\(name)")
    }

    /// The largest difference of scores that a precision may make, relative to the largest score of the same output:
    /// these networks of random weights and few components are harder than trained ones.
    static func tolerance(_ precision: EncodingPrecision) -> Float {
        switch precision {
        case .fp32: 2e-5
        case .bf16: 0.06
        case .int8, .auto: 0.12
        }
    }
}

struct GoldenScore: Decodable {
    let label: String
    let score: Double
}

/// The largest difference between two rows of scores, relative to the largest expected one where that is above 1.
func largestDifference(_ scores: [Float], _ expected: [Float]) -> Float {
    guard scores.count == expected.count else { return .infinity }
    let scale = max(1, expected.map(abs).max() ?? 1)
    return zip(scores, expected).reduce(0) { max($0, abs($1.0 - $1.1)) } / scale
}
