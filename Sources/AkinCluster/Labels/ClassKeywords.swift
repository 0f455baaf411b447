import Foundation

/// A term with its weight for a class.
package struct Keyword: Sendable, Hashable, Codable {
    package var term: String
    package var score: Double

    package init(term: String, score: Double) {
        self.term = term
        self.score = score
    }
}

/// The words and two-word phrases that set each class of documents apart.
///
/// Class-based TF-IDF (Grootendorst, "BERTopic: neural topic modeling with a class-based TF-IDF procedure", 2022,
/// section 3.3): the weight of term t in class c is tf(t, c) · log(1 + A / f(t)), where tf counts t in the class, f
/// counts t in all classes, and A is the mean number of words of a class.
package struct ClassKeywords: Sendable {
    /// Phrases need this many documents of the class; a pair seen less often is chance.
    private static let minimumPhraseDocuments: Int32 = 3
    /// A phrase stands for its words when at least this share of the rarer word's occurrences in the class are in the
    /// phrase.
    private static let minimumPhraseShare = 0.4

    /// For each class its terms, the heaviest first.
    package let keywords: [[Keyword]]

    /// - Parameters:
    ///   - documents: the words of each document in their order, lower-cased and without stop words.
    ///   - classes: for each document its class; documents of classes outside 0 ..< classCount are left out.
    ///   - limit: the most terms for a class.
    /// - Complexity: linear in the words, plus sorting the terms of each class.
    package init(documents: [[String]], classes: [Int], classCount: Int, limit: Int = 10) {
        let counts = TermCounts(documents: documents, classes: classes, classCount: classCount)
        var sizes = [Int](repeating: 0, count: classCount)
        for group in classes where group >= 0 && group < classCount { sizes[group] += 1 }
        keywords = (0..<classCount).map { group in
            // In a class of several documents a term of only one of them says little about the class.
            let common = Self.candidates(counts, group, minimumDocuments: sizes[group] >= 4 ? 2 : 1)
            let chosen = Self.distinct(common, limit: limit)
            return chosen.isEmpty
                ? Self.distinct(Self.candidates(counts, group, minimumDocuments: 1), limit: limit) : chosen
        }
    }

    /// tf · log(1 + A / f).
    package static func weight(countInClass: Int, countInAll: Int, meanClassLength: Double) -> Double {
        countInAll > 0 ? Double(countInClass) * log(1 + meanClassLength / Double(countInAll)) : 0
    }

    private struct Candidate {
        var keyword: Keyword
        /// The two words of a phrase; empty for a word.
        var parts: [String] = []
    }

    /// The words and phrases of a class by falling weight.
    private static func candidates(_ counts: TermCounts, _ group: Int, minimumDocuments: Int32) -> [Candidate] {
        let length = counts.meanClassLength
        var candidates: [Candidate] = []
        for (number, count) in counts.classWords[group] where count.documents >= minimumDocuments {
            let weight = weight(
                countInClass: Int(count.total), countInAll: counts.wordTotals[Int(number)], meanClassLength: length)
            candidates.append(Candidate(keyword: Keyword(term: counts.words[Int(number)], score: weight)))
        }
        for (pair, count) in counts.classPairs[group]
        where count.documents >= max(minimumPhraseDocuments, minimumDocuments) {
            let rarer = min(
                counts.classWords[group][Int32(pair >> 32)]?.total ?? 0,
                counts.classWords[group][Int32(pair & 0xFFFF_FFFF)]?.total ?? 0)
            guard Double(count.total) >= minimumPhraseShare * Double(rarer) else { continue }
            let weight = weight(
                countInClass: Int(count.total), countInAll: counts.pairTotals[pair] ?? 0, meanClassLength: length)
            let (first, second) = counts.wordsOfPair(pair)
            candidates.append(
                Candidate(
                    keyword: Keyword(term: TermForm.joined(first, second), score: weight), parts: [first, second]))
        }
        return candidates.sorted { ($1.keyword.score, $0.keyword.term) < ($0.keyword.score, $1.keyword.term) }
    }

    /// The heaviest terms of which none is a form or part of another.
    ///
    /// A word that occurs mostly in a phrase gives its place to the phrase.
    private static func distinct(_ candidates: [Candidate], limit: Int) -> [Keyword] {
        var chosen: [Keyword] = []
        let phrases = candidates.filter { !$0.parts.isEmpty }
        for candidate in candidates {
            guard chosen.count < limit else { break }
            guard !chosen.contains(where: { TermForm.areAlike($0.term, candidate.keyword.term) }) else { continue }
            let phrase =
                !candidate.parts.isEmpty
                ? nil
                : phrases.first { phrase in
                    phrase.parts.contains(candidate.keyword.term)
                        && phrase.keyword.score >= minimumPhraseShare * candidate.keyword.score
                        && !chosen.contains { TermForm.areAlike($0.term, phrase.keyword.term) }
                }
            chosen.append(phrase?.keyword ?? candidate.keyword)
        }
        return chosen.sorted { ($1.score, $0.term) < ($0.score, $1.term) }
    }
}
