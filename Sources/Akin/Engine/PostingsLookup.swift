import AkinPostings
import AkinStore
import AkinText

/// The store's file of postings for one question: found once, and asked for its words, phrases and beginnings.
///
/// The file does not say where in a passage a word stands. FTS5 does, so it counts the phrases, each alone: what makes
/// it slow is to score a question's frequent words, not to find a row of words.
struct PostingsLookup: Sendable {
    /// What is wrong with files that could have answered.
    let findings: [StoreFinding]
    /// Nil where FTS5 has to answer.
    let present: PostingsCache.Present?

    init(cache: PostingsCache, store: Store, reader: any StoreReading) throws {
        (present, findings) = try cache.present(store: store, reader: reader)
    }

    /// The passages that hold any of some phrases; nil where FTS5 has to find them.
    func passages(with phrases: [MatchPhrase], reader: any StoreReading) throws -> RowSet? {
        guard let present else { return nil }
        let terms = try Self.terms(of: phrases, present, reader: reader)
        return RowSet(present.postings.passages(with: present.postings.located(terms)))
    }

    /// The phrases as postings are asked for them, without those of which FTS5 makes no term.
    static func terms(
        of phrases: [MatchPhrase], _ present: PostingsCache.Present, reader: any StoreReading
    ) throws -> [SearchTerm] {
        let lists = try reader.keywordTerms(of: phrases.map { $0.words.joined(separator: " ") })
        return try zip(phrases, lists).compactMap { phrase, list in
            switch list.count {
            case 0: nil
            case 1: phrase.isPrefix ? .prefix(Array(list[0])) : .word(Array(list[0]))
            default:
                .counted(
                    try present.phrases.counts(of: phrase.expression) {
                        let found = try reader.keywordOccurrences(matchExpression: phrase.expression)
                        return PassageCounts(passages: found.passages, counts: found.counts)
                    })
            }
        }
    }
}
