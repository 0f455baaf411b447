import AkinCore
import AkinVectors
import Foundation

/// How well word vectors agree with people.
package enum WordEvaluation {
    /// A list of pairs of words that people have rated.
    package struct Similarity: Sendable {
        /// Spearman's rank correlation between ratings and cosines, ties by their mean rank.
        package var spearman: Double
        /// Pairs whose words both have a vector, and all.
        package var known: Int
        package var total: Int
    }

    /// A section of analogies.
    package struct AnalogySection: Sendable {
        package var name: String
        package var correct: Int
        /// Questions all of whose words are in the vocabulary, and all.
        package var known: Int
        package var total: Int
    }

    /// - Parameter pairs: words and ratings.
    package static func similarity(_ queries: WordQueries, _ pairs: [(String, String, Double)]) -> Similarity {
        var (ratings, cosines) = ([Double](), [Double]())
        for (first, second, rating) in pairs {
            guard let cosine = try? queries.similarity(first, second) else { continue }
            ratings.append(rating)
            cosines.append(Double(cosine))
        }
        return Similarity(
            spearman: Correlation.spearman(ratings, cosines), known: ratings.count, total: pairs.count)
    }

    /// Counts the questions a : b :: c : d whose best answer is d. Words are looked up as they are, else in lower case;
    /// questions with a word that is not among the `limit` most frequent are left out.
    package static func analogies(
        _ queries: WordQueries, _ sections: [(name: String, questions: [[String]])], method: WordQueries.AnalogyMethod,
        threads: Int
    ) throws -> [AnalogySection] {
        try sections.map { section in
            let ranks = section.questions.compactMap { words -> [Int]? in
                let ranks = words.compactMap { word in queries.index(of: word).flatMap { $0 < queries.limit ? $0 : nil }
                }
                return ranks.count == 4 ? ranks : nil
            }
            let answers = try queries.analogyAnswers(
                ranks.map { ($0[0], $0[1], $0[2]) }, method: method, threads: threads)
            let correct = zip(ranks, answers).count { $0[3] == $1 }
            return AnalogySection(
                name: section.name, correct: correct, known: ranks.count, total: section.questions.count)
        }
    }
}
