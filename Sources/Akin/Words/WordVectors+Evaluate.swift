import AkinWords
import AkinCore
import Foundation

/// How well word vectors agree with one list of rated pairs.
public struct SimilarityResult: Sendable, Codable {
    /// The file's name without its ending.
    public let list: String
    /// Spearman's rank correlation of ratings and cosines, −1 … 1.
    public let spearman: Double
    /// The number of pairs whose words both have a vector; the correlation is of these.
    public let known: Int
    /// The number of pairs in the list.
    public let total: Int
}

/// How many questions of a section of analogies are answered correctly.
public struct AnalogyResult: Sendable, Codable {
    /// The section's name in the file.
    public let section: String
    /// The number of questions answered correctly.
    public let correct: Int
    /// The number of questions whose four words are all in the vocabulary.
    public let known: Int
    /// The number of questions in the section.
    public let total: Int
    /// The share `correct` / `known`; 0 where none is known.
    public let accuracy: Double

    init(section: String, correct: Int, known: Int, total: Int) {
        self.section = section
        self.correct = correct
        self.known = known
        self.total = total
        accuracy = known > 0 ? Double(correct) / Double(known) : 0
    }
}

/// How well word vectors agree with people: what `akin words eval` prints.
public struct WordEvaluationReport: Sendable, Codable {
    /// A row for each list of word pairs.
    public var similarity: [SimilarityResult] = []
    /// A row for each section of analogies.
    public var analogies: [AnalogyResult] = []
    /// All sections together; nil where no analogies were asked.
    public var analogiesTotal: AnalogyResult?
}

extension WordVectors {
    /// Compares word vectors with ratings and analogies that people made.
    ///
    /// - Parameters:
    ///   - lists: files of two words and a rating a line, between tabs; a first line whose third field is no number is
    ///     a heading.
    ///   - analogies: files of questions of four words a line, the fourth being the answer, in sections that begin with
    ///     `: name`, as Google's `questions-words.txt`.
    ///   - limit: only so many words, the first in rank, are looked at in analogies.
    /// - Throws: `AkinError`: `.noInput` for a missing file, `.invalidData`, with the line, for one that is none of
    ///   these.
    public func evaluate(
        lists: [String] = [], analogies: [String] = [], method: AnalogyMethod = .add, limit: Int? = 300_000,
        threads: Int? = nil
    ) throws -> WordEvaluationReport {
        let queries = WordQueries(embeddings, limit: limit)
        var report = WordEvaluationReport()
        for path in lists {
            let result = WordEvaluation.similarity(queries, try RatedPairs(path: path).pairs)
            let name = URL(filePath: path).deletingPathExtension().lastPathComponent
            report.similarity.append(
                SimilarityResult(list: name, spearman: result.spearman, known: result.known, total: result.total))
        }
        for path in analogies {
            let sections = try WordEvaluation.analogies(
                queries, try AnalogyQuestions(path: path).sections, method: method.packageMethod,
                threads: threads ?? Database.Configuration.defaultThreads)
            report.analogies += sections.map {
                AnalogyResult(section: $0.name, correct: $0.correct, known: $0.known, total: $0.total)
            }
        }
        if !analogies.isEmpty {
            report.analogiesTotal = AnalogyResult(
                section: "all", correct: report.analogies.reduce(0) { $0 + $1.correct },
                known: report.analogies.reduce(0) { $0 + $1.known },
                total: report.analogies.reduce(0) { $0 + $1.total })
        }
        return report
    }
}
