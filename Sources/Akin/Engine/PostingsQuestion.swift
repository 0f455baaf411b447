import AkinPostings
import AkinStore
import AkinText

/// A match expression as a file of postings can answer it: any of some words, phrases and beginnings of words.
///
/// Everything is left to FTS5 where no file fits the store.
struct PostingsQuestion: Sendable {
    /// The postings and the terms; nil where FTS5 has to answer.
    private let asked: (present: PostingsCache.Present, terms: LocatedTerms)?

    init(_ expression: String, _ lookup: PostingsLookup, reader: any StoreReading) throws {
        guard let present = lookup.present, let phrases = MatchTerms.phrases(ofExpression: expression) else {
            asked = nil
            return
        }
        let terms = try PostingsLookup.terms(of: phrases, present, reader: reader)
        asked = (present, present.postings.located(terms))
    }

    /// What was searched, for the explanation.
    var step: SearchStep? {
        asked.map { asked in
            let postings = asked.present.postings
            return .postingsSearch(
                passages: postings.base.passageCount, generation: postings.base.header.generation,
                pending: postings.added?.passageCount ?? 0, deleted: postings.removedCount)
        }
    }

    /// The best passages among those allowed; nil where FTS5 has to find them.
    func search(limit: Int, isAllowed: (Int64) throws -> Bool) throws -> [(passage: Int64, score: Double)]? {
        try asked.map { asked in
            try asked.present.postings.search(asked.terms, limit: limit, isAllowed: isAllowed)
                .map { ($0.passage, $0.score) }
        }
    }

    /// The scores of those among passages that hold any of the terms; nil where FTS5 has to give them.
    func scores(of passages: [Int64]) -> [Int64: Double]? {
        asked.map { $0.present.postings.scores($0.terms, of: passages) }
    }
}
