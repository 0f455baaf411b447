import AkinStore
import AkinVectors

/// Joins a semantic and a keyword list into one ranking.
struct Fusion: Sendable {
    let method: FusionMethod
    /// The weight of the semantic list; the keyword list has the rest of 2 (reciprocal rank) or of 1 (weighted).
    let semanticWeight: Double
    /// What the weight was chosen by.
    let reason: SearchStep.FusionReason

    /// The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009, section 2).
    private static let rankConstant = 60.0
    /// In a store of few passages, all near each other in meaning, a smaller difference of cosines decides nothing.
    private static let leastRange = 0.1

    /// A fused candidate; a passage proposed by either list.
    struct Fused {
        let candidate: Candidate
        var score: Double
        /// What each list says of it; nil where there is one list only.
        var parts: SearchResult.FusionParts?
        /// What a cross-encoder gives the passage; nil where none has scored it.
        var rerankScore: Double?
    }

    /// The union of both lists, best first. Candidates are distinguished by `key` (document or passage); where both
    /// lists propose the same one, the semantic list's passage stands for it. Ties go to the smaller passage id.
    ///
    /// Weighted scores are relative: those of meaning to the range of their list, those of words to the highest. So
    /// encoders whose cosines all lie near each other, and distances, weigh what others do.
    ///
    /// - Parameter listed: how many candidates at the beginning of each list are its own; those behind were proposed by
    ///   the other list, and have a score and no rank. Nil where all are.
    func fuse(
        semantic: [Candidate], keyword: [Candidate], listed: (semantic: Int, keyword: Int)? = nil,
        key: (Candidate) -> Int64
    ) -> [Fused] {
        typealias Part = WritableKeyPath<SearchResult.FusionParts, SearchResult.FusionParts.Part>
        var fused: [Int64: Fused] = [:]
        func add(_ list: [Candidate], _ listed: Int?, _ part: Part, _ contribution: (Int, Candidate) -> Double) {
            for (rank, candidate) in list.enumerated() {
                let (gain, id) = (contribution(rank, candidate), key(candidate))
                var entry = fused[id] ?? Fused(candidate: candidate, score: 0, parts: SearchResult.FusionParts())
                entry.score += gain
                entry.parts?[keyPath: part] = SearchResult.FusionParts.Part(
                    rank: rank < listed ?? list.count ? rank + 1 : nil, score: candidate.score, share: gain)
                fused[id] = entry
            }
        }
        let byMeaning: (Int, Candidate) -> Double
        let byWords: (Int, Candidate) -> Double
        switch method {
        case .reciprocalRank:
            byMeaning = { rank, _ in semanticWeight * 2 / (Self.rankConstant + Double(rank + 1)) }
            byWords = { rank, _ in (1 - semanticWeight) * 2 / (Self.rankConstant + Double(rank + 1)) }
        case .weighted:
            let (lowest, highest) = (semantic.map(\.score).min() ?? 0, semantic.map(\.score).max() ?? 0)
            let range = max(highest - lowest, Self.leastRange)
            let largestKeyword = keyword.map(\.score).max() ?? 1
            byMeaning = { semanticWeight * (1 - (highest - $1.score) / range) }
            byWords = { (1 - semanticWeight) * $1.score / largestKeyword }
        }
        add(semantic, listed?.semantic, \.semantic, byMeaning)
        add(keyword, listed?.keyword, \.keyword, byWords)
        return fused.values
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
        let reason: SearchStep.FusionReason =
            isWords ? .wordVectors : space.map { $0.isImported ? .importedVectors : .modelVectors } ?? .noVectors
        return switch method ?? (space?.isImported ?? true ? .reciprocalRank : .weighted) {
        case .reciprocalRank: Fusion(method: .reciprocalRank, semanticWeight: isWords ? 0.3 : 0.5, reason: reason)
        case .weighted: Fusion(method: .weighted, semanticWeight: isWords ? 0.4 : 0.7, reason: reason)
        }
    }
}
