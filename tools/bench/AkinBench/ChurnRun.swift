import AkinIndex
import AkinVectors
import Foundation

/// Half of the rows go and come back, again and again.
struct ChurnRun {
    let vectors: Matrix
    let questions: [[Float]]
    let truth: [Set<Int64>]
    let k: Int

    func measure(_ fresh: HNSWIndex, rounds: Int, _ threads: Int) throws -> [String: Any] {
        var index = fresh
        var random = SeededGenerator(seed: 23)
        var unreachable = 0
        let seconds =
            try ContinuousClock().measure {
                for _ in 0..<rounds {
                    let rows = (0..<vectors.rows).filter { _ in random.unitFloat() < 0.5 }
                    let ids = rows.map { Int64($0) }
                    index = try index.extended(
                        ids: [], vectors: Matrix(rows: 0, columns: vectors.columns), removed: Set(ids), threads: threads
                    )
                    unreachable = max(unreachable, index.statistics().unreachable)
                    index = try index.extended(ids: ids, vectors: vectors.gathered(rows), threads: threads)
                    unreachable = max(unreachable, index.statistics().unreachable)
                }
            } / .seconds(1)
        return [
            "phase": "churn", "rounds": rounds, "seconds": seconds, "recall_fresh": recall(fresh),
            "recall_after": recall(index),
            "unreachable": unreachable, "bytes_fresh": try size(fresh), "bytes_after": try size(index),
        ]
    }

    private func recall(_ index: HNSWIndex) -> Double {
        let hits = zip(questions, truth).reduce(0) {
            $0 + $1.1.intersection(index.search($1.0, k: k).neighbors.map(\.id)).count
        }
        return Double(hits) / Double(k * questions.count)
    }

    private func size(_ index: HNSWIndex) throws -> Int {
        let path = FileManager.default.temporaryDirectory.appending(path: "akin-bench-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let header = SnapshotHeader(
            of: index, storeUUID: UUID(), space: 1, encoderFingerprint: "", generation: 1, lastSequence: 0,
            chain: Data(repeating: 0, count: 32))
        try Snapshot.write(index, header: header, to: path)
        return try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    }
}
