import AkinVectors

/// Joins a semantic and a keyword list into one ranking.
struct Fusion: Sendable {
    let method: FusionMethod
    /// The weight of the semantic list; the keyword list has the rest of 2 (reciprocal rank) or of 1 (weighted).
    let semanticWeight: Double

    /// The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009, section 2).
    private static let rankConstant = 60.0

    /// A fused candidate; a passage proposed by either list.
    struct Fused {
        let candidate: Candidate
        let score: Double
    }

    /// The union of both lists, best first. Candidates are distinguished by `key` (document or passage); where both
    /// lists propose the same one, the semantic list's passage stands for it. Ties go to the smaller passage id.
    func fuse(semantic: [Candidate], keyword: [Candidate], key: (Candidate) -> Int64) -> [Fused] {
        var scores: [Int64: (candidate: Candidate, score: Double)] = [:]
        let largestKeyword = keyword.first?.score ?? 1
        func add(_ list: [Candidate], _ contribution: (Int, Candidate) -> Double) {
            for (rank, candidate) in list.enumerated() {
                let gain = contribution(rank, candidate)
                scores[key(candidate), default: (candidate, 0)].score += gain
            }
        }
        switch method {
        case .reciprocalRank:
            add(semantic) { rank, _ in semanticWeight * 2 / (Self.rankConstant + Double(rank + 1)) }
            add(keyword) { rank, _ in (1 - semanticWeight) * 2 / (Self.rankConstant + Double(rank + 1)) }
        case .weighted:
            add(semantic) { _, candidate in semanticWeight * candidate.score }
            add(keyword) { _, candidate in (1 - semanticWeight) * candidate.score / largestKeyword }
        }
        return scores.values.map { Fused(candidate: $0.candidate, score: $0.score) }
            .sorted { $0.score != $1.score ? $0.score > $1.score : $0.candidate.passage < $1.candidate.passage }
    }
}

extension Fusion {
    /// The fusion of a store where none is asked for: reciprocal rank with a model. Word vectors know meaning less well
    /// than a model does. With them, ranks of equal weight give worse results than BM25 alone, so a weighted sum that
    /// leans on the words is used. Chosen on cranfield.
    static func standard(encoderKind: String?, method: FusionMethod?) -> Fusion {
        let isWords = encoderKind == EncoderKind.words.rawValue
        return switch method ?? (isWords ? .weighted : .reciprocalRank) {
        case .reciprocalRank: Fusion(method: .reciprocalRank, semanticWeight: isWords ? 0.3 : 0.5)
        case .weighted: Fusion(method: .weighted, semanticWeight: isWords ? 0.3 : 0.7)
        }
    }
}
