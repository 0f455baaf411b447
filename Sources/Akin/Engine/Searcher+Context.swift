import AkinTransformers
import AkinStore
import AkinVectors

/// Everything that reads the query's words in their context: ranking by sense, and highlights.
extension Searcher {
    /// The query as the BERT model behind the store's vectors reads it; nil where it is not asked for or there is none.
    mutating func queryContext() throws -> (query: QueryContext, vector: [Float])? {
        guard request.bySense || request.highlights, !query.meaning.allSatisfy(\.isWhitespace) else { return nil }
        guard let space = try database.activeSpace(reader),
            let encoder = try database.contextualEncoder(of: space, reader: reader),
            let vector = try encoder.encode([query.meaning], role: .query, threads: 1).unitVector(0)
        else {
            if request.bySense {
                warn(
                    Note(
                        "Only a BERT model tells senses apart, and this store has none, so results are ordered without them.",
                        remedy: .reencode(with: Remedy.recommendedModel))
                )
            }
            return nil
        }
        return (QueryContext(encoder: encoder, query: query.meaning, threads: database.configuration.threads), vector)
    }

    /// The ranked passages, the first of them in the order that the sense of the query's words in them gives.
    ///
    /// A model's vector of the query has its words in their sense already. Where it ranks, to look at them once more made
    /// answers to prose questions worse and those to ambiguous words no better.
    mutating func rankedBySense(
        _ ranked: [Fusion.Fused], _ vectorQuery: VectorQuery?, _ context: (query: QueryContext, vector: [Float])?
    ) throws -> [Fusion.Fused] {
        guard let context else { return ranked }
        guard vectorQuery?.space.isOfWords ?? true else {
            note(.senseInVector)
            return ranked
        }
        let first = Array(ranked.prefix(max(QueryContext.rankedPassages, request.count)))
        let rows = try reader.passagesWithDocuments(ids: first.map(\.candidate.passage))
        guard rows.count == first.count else { return ranked }
        let order = try context.query.orderBySense(rows.map(\.passage.text))
        note(.senseRanking(passages: first.count))
        return order.map { first[$0] } + ranked.dropFirst(first.count)
    }

    /// Results with the words in them that are nearest to the query.
    func highlighted(_ results: [SearchResult], _ context: (query: QueryContext, vector: [Float])) throws
        -> [SearchResult]
    {
        try Parallel.map(results, threads: database.configuration.threads) { result in
            var result = result
            let start = result.match.range.lowerBound - result.range.lowerBound
            result.highlights = try context.query.highlights(of: String(result.matchText), query: context.vector).map {
                var highlight = $0
                highlight.range = start + $0.range.lowerBound..<start + $0.range.upperBound
                return highlight
            }
            return result
        }
    }
}
