import AkinPostings
import AkinStore
import AkinText

/// A match expression as a file of postings can answer it: any of some words.
///
/// Prefixes and phrases are left to FTS5, and so is everything where no file fits the store.
struct PostingsQuestion: Sendable {
    /// What is wrong with files that could have answered.
    let findings: [StoreFinding]
    /// The postings and the terms of the words; nil where FTS5 has to answer.
    private let asked: (present: PostingsCache.Present, terms: [[UInt8]])?

    init(_ expression: String, cache: PostingsCache, store: Store, reader: any StoreReading) throws {
        guard let words = KeywordText.words(ofExpression: expression) else {
            (findings, asked) = ([], nil)
            return
        }
        let (present, findings) = try cache.present(store: store, reader: reader)
        self.findings = findings
        guard let present else {
            asked = nil
            return
        }
        let terms = try reader.keywordTerms(of: words)
        // A word of which FTS5 makes several terms is a phrase to it.
        guard terms.allSatisfy({ $0.count <= 1 }) else {
            asked = nil
            return
        }
        asked = (present, terms.filter { $0.count == 1 }.map { Array($0[0]) })
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

    /// The scores of those among passages that hold any of the words; nil where FTS5 has to give them.
    func scores(of passages: [Int64]) -> [Int64: Double]? {
        asked.map { $0.present.postings.scores($0.terms, of: passages) }
    }
}
