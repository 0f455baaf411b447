import Foundation

/// Measures of one ranking against judgements.
struct RetrievalMeasures {
    /// Document ids, best first.
    let ranking: [String]
    /// Relevance of judged documents; at most 0 is not relevant.
    let judged: [String: Double]

    private var relevant: Int { judged.values.count { $0 > 0 } }

    /// Σ (2^rel − 1) / log2(rank + 1) over k results, divided by that of the ideal ranking of all judged documents.
    func nDCG(at k: Int) -> Double {
        let ideal = Self.gain(judged.values.sorted(by: >).prefix(k))
        return ideal > 0 ? Self.gain(ranking.prefix(k).map { judged[$0] ?? 0 }) / ideal : 0
    }

    /// The share of the relevant documents among the first k results.
    func recall(at k: Int) -> Double {
        relevant == 0 ? 0 : Double(ranking.prefix(k).count { isRelevant($0) }) / Double(relevant)
    }

    /// The place of the first relevant document, from 1.
    var firstRelevant: Int? { ranking.firstIndex { isRelevant($0) }.map { $0 + 1 } }

    /// 1 / rank of the first relevant document within k, else 0.
    func reciprocalRank(at k: Int) -> Double {
        ranking.prefix(k).firstIndex { isRelevant($0) }.map { 1 / Double($0 + 1) } ?? 0
    }

    /// Mean over the relevant documents of the precision at their rank, 0 for those not found.
    func averagePrecision(at k: Int) -> Double {
        var found = 0
        var sum = 0.0
        for (position, id) in ranking.prefix(k).enumerated() where isRelevant(id) {
            found += 1
            sum += Double(found) / Double(position + 1)
        }
        return relevant == 0 ? 0 : sum / Double(relevant)
    }

    private func isRelevant(_ id: String) -> Bool { (judged[id] ?? 0) > 0 }

    /// Σ (2^rel − 1) / log2(rank + 1) of relevances in the order of their ranks.
    static func gain(_ relevances: some Sequence<Double>) -> Double {
        relevances.enumerated().reduce(0) { sum, item in
            item.element > 0 ? sum + (exp2(item.element) - 1) / log2(Double(item.offset + 2)) : sum
        }
    }
}
