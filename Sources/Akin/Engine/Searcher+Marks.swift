import AkinPostings
import AkinStore
import AkinText
import Foundation

/// Which words of the question are marked in the results.
extension Searcher {
    /// Stores of more passages have an index file over words, which knows how rare each is. Without one it is not
    /// counted in larger stores.
    private static let mostCounted = 20_000

    /// The question's words that say what it is about; nil for a question without words.
    func questionTerms(_ stems: inout WordStems) throws -> QuestionTerms? {
        let terms = try QuestionTerms(query, indexed: { try stems.stem($0, reader) }, weights: weights)
        return terms.isEmpty ? nil : terms
    }

    /// How much each word says: the logarithm of how many passages there are for one that holds it; none for a word that
    /// no passage holds.
    private func weights(_ words: [QuestionTerms.Word]) throws -> [Double] {
        guard !words.isEmpty else { return [] }
        let count = try database.passageCounts.count(reader)
        func weight(_ holders: Int) -> Double { holders > 0 ? log(1 + Double(count) / Double(holders)) : 0 }
        if request.mode == .keyword || request.mode == .hybrid,
            let present = try database.postings.present(store: database.store, reader: reader).present
        {
            return words.map { weight(present.postings.holders(of: Array($0.indexed.utf8))) }
        }
        guard count <= Self.mostCounted else { return words.map { _ in 1 } }
        return try words.map { word in
            guard let expression = KeywordText.matchExpression(word.written) else { return 0 }
            return weight(try reader.passages(matchExpression: expression).count)
        }
    }
}

/// What the keyword index makes of words, each looked up once.
struct WordStems {
    private var known: [String: String?] = [:]

    mutating func stem(_ word: String, _ reader: any StoreReading) throws -> String? {
        if let stem = known[word] { return stem }
        let stem = try reader.keywordTokens(of: KeywordText.searchText(word) ?? word).first
        known[word] = .some(stem)
        return stem
    }
}
