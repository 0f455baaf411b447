import AkinIndex
import AkinVectors

/// Searches under a filter that admits a random share of the rows.
struct FilterRun {
    let share: Double
    private let admitted: [Bool]

    init(share: Double, rows: Int) {
        self.share = share
        var random = SeededGenerator(seed: 17)
        admitted = (0..<rows).map { _ in random.unitDouble() < share }
    }

    /// Recall against the exact index, times and plans.
    func measure(_ index: HNSWIndex, _ exact: ExactIndex, _ questions: [[Float]], _ k: Int) -> [String: Any] {
        let admitted = admitted
        let isAllowed: (Int64) -> Bool = { admitted[Int($0)] }
        var (hits, wanted, fewest) = (0, 0, Int.max)
        var times: [Double] = []
        var plans: [String: Int] = [:]
        // The exact answers take a scan each.
        for question in questions.prefix(200) {
            var found: SearchResult?
            times.append(
                ContinuousClock().measure { found = index.search(question, k: k, ef: nil, isAllowed: isAllowed) }
                    / .milliseconds(1))
            guard let found else { continue }
            let truth = Set(exact.search(question, k: k, ef: nil, isAllowed: isAllowed).neighbors.map(\.id))
            hits += truth.intersection(found.neighbors.map(\.id)).count
            wanted += truth.count
            fewest = min(fewest, found.neighbors.count)
            plans[found.plan.rawValue, default: 0] += 1
        }
        times.sort()
        return [
            "phase": "filter", "share": share, "recall": Double(hits) / Double(max(wanted, 1)),
            "p50_ms": times[times.count / 2],
            "p99_ms": times[times.count * 99 / 100], "fewest": fewest, "plans": plans,
        ]
    }
}
