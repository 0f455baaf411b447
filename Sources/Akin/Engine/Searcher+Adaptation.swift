import AkinStore
import AkinVectors

extension Searcher {
    /// Changes the query's vector by the query adapter of its space, where there is one.
    mutating func adapt(_ query: inout VectorQuery) throws {
        guard let vector = query.vector, let stored = try database.queryAdapter(of: query.space, reader: reader)
        else { return }
        query.vector = stored.adapter.adapted(vector)
        note(.queryAdaptation(source: stored.adaptation.source, questions: stored.adaptation.questions))
    }

    /// The documents that the request finds, best first, when its text has a given vector.
    ///
    /// - Parameter keywords: what earlier calls with the same text have found, so that words are looked up once.
    mutating func documents(vector: [Float], space: VectorSpace, keywords: KeywordFindings) throws -> [Int64] {
        self.keywords = keywords
        var query: VectorQuery? = VectorQuery(space: space, encoderName: space.encoderName, vector: vector)
        let expression = try request.mode == .semantic ? nil : readQuery()
        return try ranking(&query, keywordExpression: expression, leavingOut: nil)
            .prefix(request.count).map(\.candidate.document)
    }
}
