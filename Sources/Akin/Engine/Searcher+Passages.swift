import AkinStore
import AkinVectors

/// Which of the ranked passages an answer holds.
extension Searcher {
    /// The passages that rank as well as is asked for. Where a cross-encoder ranks, it is its score that counts, and a
    /// passage that it has not scored does not pass.
    func passing(_ ranked: [Fusion.Fused]) -> [Fusion.Fused] {
        guard let least = request.minimumScore else { return ranked }
        guard request.rerank != nil else { return ranked.filter { $0.score >= least } }
        return ranked.filter { $0.rerankScore.map { $0 >= least } ?? false }
    }

    /// The passages that may pass: all, where what a cross-encoder will say of them is not known yet.
    func passingBeforeRerank(_ ranked: [Fusion.Fused]) -> [Fusion.Fused] {
        request.rerank == nil ? passing(ranked) : ranked
    }

    /// Whether a ranking has as many passages, or documents, as are asked for, or goes on where none rank well enough.
    func holdsEnough(_ ranked: [Fusion.Fused]) -> Bool {
        if ranked.count < request.rerank?.depth ?? 0 { return false }
        let passing = passingBeforeRerank(ranked)
        if passing.count < ranked.count { return true }
        guard request.groupsPassages else { return passing.count >= request.count + foldedCount }
        return Set(passing.lazy.map(\.candidate.document)).count >= request.count + foldedCount
    }

    /// The passages that are asked for, those of a document together. Where copies fold, a passage that is alike to one
    /// before it goes with that one, and others take its place. Passages are read only until the answer is full.
    mutating func chosen(_ ranked: [Fusion.Fused]) throws -> [ShownPassage] {
        var answer = ChosenPassages(request)
        var texts = AlikeTexts()
        var rest = ranked[...]
        while answer.missing > 0, !rest.isEmpty {
            let next = rest.prefix(answer.missing)
            rest = rest.dropFirst(next.count)
            guard request.foldsAlike else {
                next.forEach { answer.add($0) }
                continue
            }
            let wanted = next.filter(answer.takes)
            try read(wanted.map(\.candidate.passage))
            for passage in wanted where answer.takes(passage) {
                guard let row = rows[passage.candidate.passage] else { continue }
                if let place = texts.place(of: row.passage.text, title: row.document.title) {
                    answer.fold(passage, into: place)
                } else {
                    answer.add(passage)
                }
            }
        }
        foldedCount = answer.foldedCount
        return answer.byDocument()
    }

    /// Reads passages that have not been read yet.
    mutating func read(_ passages: [Int64]) throws {
        for row in try reader.passagesWithDocuments(ids: passages.filter { rows[$0] == nil }) {
            rows[row.passage.id] = row
        }
    }

    /// The ranking with other first passages, where that is asked for: relevant ones that are unlike each other.
    mutating func diversified(_ ranked: [Fusion.Fused], _ query: VectorQuery?) throws -> [Fusion.Fused] {
        guard request.diverse, ranked.count > 1 else { return ranked }
        guard let space = try query?.space ?? database.activeSpace(reader) else {
            warn("The store has no vectors to compare passages by, so results are ordered by rank alone.")
            return ranked
        }
        let pool = Array(ranked.prefix(max(Self.diversePool, request.count)))
        let vectors = try reader.vectors(space: space.id, passages: pool.map(\.candidate.passage)).map {
            $0.map(VectorMath.normalized)
        }
        let first = MarginalRelevance(scores: relevance(of: pool), vectors: vectors).order(Self.diverseResults)
        note(.diversity(first: first.count, among: pool.count))
        let leading = Set(first)
        return first.map { pool[$0] } + ranked.indices.filter { !leading.contains($0) }.map { ranked[$0] }
    }

    /// The scores of passages; where a cross-encoder ranks, those that it has not scored are as good as its worst.
    private func relevance(of passages: [Fusion.Fused]) -> [Double] {
        guard let worst = passages.lazy.compactMap(\.rerankScore).min() else { return passages.map(\.score) }
        return passages.map { $0.rerankScore ?? worst }
    }

    /// How many results are made diverse, and among how many.
    private static let (diverseResults, diversePool) = (10, 50)
}
