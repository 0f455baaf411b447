import AkinStore
import AkinText

/// Ranking the best passages of an answer again by a cross-encoder.
extension Searcher {
    /// What the cross-encoder has said so far. An answer that leaves out copies looks deeper for others, and passages that
    /// have been scored are not scored again.
    struct RerankScores {
        /// By passage.
        var scores: [Int64: Double] = [:]
        var elapsed = Duration.zero
        /// Nil before the first pass.
        var report: RerankingReport?
    }

    /// The ranking with its first passages in the order of the cross-encoder's scores, where that is asked for. Those that
    /// it has not scored keep their order behind them.
    mutating func reranked(_ ranked: [Fusion.Fused]) throws -> [Fusion.Fused] {
        guard let reranking = request.rerank else { return ranked }
        let reranker = try database.reranker(named: reranking.model)
        let first = ranked.prefix(reranking.depth)
        let unknown = first.map(\.candidate.passage).filter { rerank.scores[$0] == nil }
        try score(unknown, by: reranker, reranking)
        var scored = first.compactMap { passage -> Fusion.Fused? in
            guard let score = rerank.scores[passage.candidate.passage] else { return nil }
            var passage = passage
            (passage.score, passage.rerankScore) = (score, score)
            return passage
        }
        rerank.report = RerankingReport(
            model: reranker.name, candidates: first.count, scored: scored.count,
            elapsedMilliseconds: rerank.elapsed.milliseconds, budgetMilliseconds: reranking.budget?.milliseconds)
        let places = Dictionary(uniqueKeysWithValues: scored.enumerated().map { ($1.candidate.passage, $0) })
        func place(_ passage: Fusion.Fused) -> Int { places[passage.candidate.passage] ?? 0 }
        scored.sort { $0.score != $1.score ? $0.score > $1.score : place($0) < place($1) }
        return scored + ranked.filter { places[$0.candidate.passage] == nil }
    }

    /// Scores as many passages as fit into what is left of the time, the same text once.
    private mutating func score(_ passages: [Int64], by reranker: Reranker, _ reranking: Reranking) throws {
        guard !passages.isEmpty else { return }
        if let budget = reranking.budget, rerank.elapsed >= budget { return }
        let start = ContinuousClock.now
        try read(passages)
        var texts: [String] = []
        var placeOfText: [String: Int] = [:]
        var places: [(passage: Int64, place: Int)] = []
        for id in passages {
            guard let row = rows[id] else { continue }
            // What an encoder reads of the passage too.
            let text = PreparedDocument.encodedText(title: row.document.title, passage: row.passage.text)
            let place = placeOfText[text] ?? texts.count
            if place == texts.count {
                placeOfText[text] = place
                texts.append(text)
            }
            places.append((id, place))
        }
        let left = reranking.budget.map { $0 - rerank.elapsed - (ContinuousClock.now - start) }
        let found = try reranker.scores(of: texts, for: query.meaning, within: left, threads: threads).scores
        for (passage, place) in places where place < found.count { rerank.scores[passage] = found[place] }
        rerank.elapsed += ContinuousClock.now - start
    }
}

extension Database {
    /// A cross-encoder, by name or folder, as the database's settings have it loaded.
    func reranker(named model: String) throws -> Reranker {
        try rerankers.reranker(model) { try Reranker.loadNow(model, configuration: configuration) }
    }
}
