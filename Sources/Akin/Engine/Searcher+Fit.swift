import AkinCore
import AkinStore
import AkinText

/// Whether an answer fits its question.
extension Searcher {
    /// The nearness from which a passage fits.
    ///
    /// Chosen on the questions of docs-qa, cranfield, cisi and npl, asked of their own texts and of the others'.
    private static let leastNearness = 0.45

    /// Whether any result is near to the question; nil where that cannot be told.
    ///
    /// A result fits by its cosine, put between that of unrelated passages and 1, or where it holds every word of the
    /// question that says something.
    func fits(_ results: [SearchResult], _ query: VectorQuery?, _ terms: QuestionTerms?) throws -> Bool? {
        guard let query, let vector = query.vector, query.joint == nil, Self.isJudged(query.space), !results.isEmpty,
            let sample = try database.vectorSamples.sample(of: query.space, reader: reader)
        else { return nil }
        let best = results.lazy.compactMap(\.scores.semantic).max() ?? -1
        if sample.nearness(ofCosine: best, to: vector) >= Self.leastNearness { return true }
        guard let terms, request.mode == .hybrid else { return false }
        return results.contains { terms.areHeld(by: Set(($0.marks ?? []).map(\.term))) }
    }

    /// Whether a cosine says how near two meanings are: those of a model do.
    private static func isJudged(_ space: VectorSpace) -> Bool {
        !space.isImported && space.kind == EncoderKind.bert.rawValue
    }
}
