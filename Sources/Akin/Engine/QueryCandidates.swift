/// A passage that one of the lists proposes, with the document it belongs to.
struct Candidate: Sendable {
    let passage: Int64
    let document: Int64
    let score: Double

    /// The candidate with its score in another list; nil where that has none.
    func scored(by scores: [Int64: Double]) -> Candidate? {
        scores[passage].map { Candidate(passage: passage, document: document, score: $0) }
    }
}

/// One ranked list of candidates: the semantic or the keyword one.
struct CandidateList: Sendable {
    var candidates: [Candidate]
    /// Whether the list holds everything that matches, so that asking for more gives no more.
    var isComplete: Bool

    /// The best passage of each document, in order.
    func uniqueDocuments() -> [Candidate] {
        var seen: Set<Int64> = []
        return candidates.filter { seen.insert($0.document).inserted }
    }
}
