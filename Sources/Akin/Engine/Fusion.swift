import AkinStore
import AkinVectors

/// Joins a semantic and a keyword list into one ranking.
struct Fusion: Sendable {
    let method: FusionMethod
    /// The weight of the semantic list; the keyword list has the rest of 2 (reciprocal rank) or of 1 (weighted).
    let semanticWeight: Double

    /// The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009, section 2).
    private static let rankConstant = 60.0
    /// In a store of few passages, all near each other in meaning, a smaller difference of cosines decides nothing.
    private static let leastRange = 0.1

    /// A fused candidate; a passage proposed by either list.
    struct Fused {
        let candidate: Candidate
        let score: Double
    }

    /// The union of both lists, best first. Candidates are distinguished by `key` (document or passage); where both
    /// lists propose the same one, the semantic list's passage stands for it. Ties go to the smaller passage id.
    ///
    /// Weighted scores are relative: those of meaning to the range of their list, those of words to the highest. So
    /// encoders whose cosines all lie near each other, and distances, weigh what others do.
    func fuse(semantic: [Candidate], keyword: [Candidate], key: (Candidate) -> Int64) -> [Fused] {
        var scores: [Int64: (candidate: Candidate, score: Double)] = [:]
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
            let (lowest, highest) = (semantic.map(\.score).min() ?? 0, semantic.map(\.score).max() ?? 0)
            let range = max(highest - lowest, Self.leastRange)
            let largestKeyword = keyword.map(\.score).max() ?? 1
            add(semantic) { _, candidate in semanticWeight * (1 - (highest - candidate.score) / range) }
            add(keyword) { _, candidate in (1 - semanticWeight) * candidate.score / largestKeyword }
        }
        return scores.values.map { Fused(candidate: $0.candidate, score: $0.score) }
            .sorted { $0.score != $1.score ? $0.score > $1.score : $0.candidate.passage < $1.candidate.passage }
    }
}

extension Fusion {
    /// The fusion of a store where none is asked for: a weighted sum, which leans on the words where the vectors are
    /// those of words, since these know meaning less well than a model does. Imported vectors, of which nothing is
    /// known, are joined by ranks. Chosen on cranfield, cisi and npl.
    ///
    /// - Parameter space: of the question's vector; nil where it has none.
    static func standard(space: VectorSpace?, method: FusionMethod?) -> Fusion {
        let isWords = space?.kind == EncoderKind.words.rawValue
        return switch method ?? (space?.isImported ?? true ? .reciprocalRank : .weighted) {
        case .reciprocalRank: Fusion(method: .reciprocalRank, semanticWeight: isWords ? 0.3 : 0.5)
        case .weighted: Fusion(method: .weighted, semanticWeight: isWords ? 0.4 : 0.7)
        }
    }
}
