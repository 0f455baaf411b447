/// A passage that one of the lists proposes, with the document it belongs to.
struct Candidate: Sendable {
    let passage: Int64
    let document: Int64
    let score: Double
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
