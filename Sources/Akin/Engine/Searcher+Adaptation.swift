import AkinStore
import AkinVectors
import Synchronization

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
    /// - Parameter keywords: the lists of earlier calls with the same text, so that words are looked up once.
    mutating func documents(vector: [Float], space: VectorSpace, keywords: KeywordLists) throws -> [Int64] {
        knownKeywords = keywords
        var query: VectorQuery? = VectorQuery(space: space, encoderName: space.encoderName, vector: vector)
        let expression = try request.mode == .semantic ? nil : keywordExpression()
        return try ranking(&query, keywordExpression: expression, leavingOut: nil)
            .prefix(request.count).map(\.candidate.document)
    }
}

/// The keyword lists of one question, by depth.
final class KeywordLists: Sendable {
    private let known = Mutex<[Int: CandidateList]>([:])

    subscript(depth: Int) -> CandidateList? {
        get { known.withLock { $0[depth] } }
        set { known.withLock { $0[depth] = newValue } }
    }
}
