// Stores vectors that were made elsewhere, here colours as red, green and blue, and finds the nearest to another one.
//
//   imported-vectors colors.db 1.0 0.5 0.0

import Akin
import Foundation

let asked = CommandLine.arguments.dropFirst(2).compactMap(Float.init)
guard asked.count == 3 else {
    print("usage: imported-vectors DATABASE RED GREEN BLUE")
    exit(64)
}

let colors: [(name: String, vector: [Float], isWarm: Bool)] = [
    ("red", [1, 0, 0], true), ("orange", [1, 0.6, 0], true), ("yellow", [1, 1, 0], true),
    ("green", [0, 0.5, 0], false), ("cyan", [0, 1, 1], false), ("blue", [0, 0, 1], false),
]

let database = try await Database.open(at: CommandLine.arguments[1], mode: .create)
let summary = try await database.insert(
    vectors: colors.map { VectorRecord(id: $0.name, vector: $0.vector, metadata: ["warm": .bool($0.isWarm)]) },
    // The first import settles the metric for the store: here the Euclidean distance.
    options: VectorImportOptions(metric: .l2))
print("\(summary.added) added, \(summary.unchanged) unchanged")

// Scores are larger for nearer: under `l2` the squared distance, negated.
for result in try await database.search(vector: asked, count: 3).results {
    print(result.rank, result.id, result.score)
}
try await database.close()
