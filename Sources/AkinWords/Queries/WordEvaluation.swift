import AkinCore
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
            spearman: RankCorrelation.spearman(ratings, cosines), known: ratings.count, total: pairs.count)
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

/// Correlation of ranks.
enum RankCorrelation {
    /// Spearman's ρ: the correlation of ranks, equal values sharing their mean rank; 0 where one side does not vary.
    static func spearman(_ first: [Double], _ second: [Double]) -> Double {
        let (x, y) = (ranks(first), ranks(second))
        guard x.count > 1 else { return 0 }
        let mean = Double(x.count + 1) / 2
        var (covariance, xSquares, ySquares) = (0.0, 0.0, 0.0)
        for (a, b) in zip(x, y) {
            covariance += (a - mean) * (b - mean)
            xSquares += (a - mean) * (a - mean)
            ySquares += (b - mean) * (b - mean)
        }
        return xSquares > 0 && ySquares > 0 ? covariance / (xSquares * ySquares).squareRoot() : 0
    }

    private static func ranks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
            start = end
        }
        return ranks
    }
}
