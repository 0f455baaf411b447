import AkinCore
import AkinVectors
import Synchronization

/// Finds out whether an adapter makes search better on questions that it has not learnt from.
///
/// The questions are dealt into folds. Each fold is asked with an adapter learnt from the other folds, whose penalty was
/// chosen among those alone, by folds of their own (nested cross-validation; Varma and Simon 2006). The differences to
/// unadapted search, question by question, give an interval for their mean by the bootstrap (Efron 1979).
final class AdaptationGuard: Sendable {
    private let trial: AdaptationTrial
    private let progress: ProgressHandler?
    private let asked = Mutex(0)

    /// The fewest questions that are judged: with fewer, a fold says nothing.
    static let leastQuestions = 20

    /// Weights, a question, of leaving vectors as they are; weakest last.
    private static let penalties = [3, 1, 0.3, 0.1, 0.03, 0.01]
    private static let outerFolds = 5
    private static let innerFolds = 4
    private static let resamples = 4_000
    /// The interval holds the mean difference with this probability.
    private static let probability = 0.8

    init(_ trial: AdaptationTrial, progress: ProgressHandler?) {
        (self.trial, self.progress) = (trial, progress)
    }

    /// What search gains, and the penalty that all questions together choose.
    struct Outcome {
        let hybrid: AdaptationReport.Comparison
        let semantic: AdaptationReport.Comparison
        let penalty: Double
    }

    func run() throws -> Outcome {
        var generator = SeededGenerator(seed: 1)
        let order = trial.questions.indices.shuffled(using: &generator)
        let total = order.count * (4 + Self.penalties.count * Self.outerFolds)
        var differences: [SearchMode: (before: [Double], after: [Double])] = [:]
        for fold in Self.folds(order, Self.outerFolds) {
            let penalty = try chosenPenalty(fold.learnt, total)
            let adapter = try trial.adapter(from: fold.learnt, penalty: penalty)
            for mode in [SearchMode.hybrid, .semantic] {
                differences[mode, default: ([], [])].before += try qualities(fold.asked, mode, nil, total)
                differences[mode, default: ([], [])].after += try qualities(fold.asked, mode, adapter, total)
            }
        }
        func comparison(_ mode: SearchMode) -> AdaptationReport.Comparison {
            let (before, after) = differences[mode] ?? ([], [])
            return Self.comparison(before: before, after: after)
        }
        return Outcome(
            hybrid: comparison(.hybrid), semantic: comparison(.semantic), penalty: try chosenPenalty(order, total))
    }

    /// Mean nDCG@10 of hybrid search with an adapter that may have learnt from the questions.
    func quality(with adapter: QueryAdapter) throws -> Double {
        let values = try trial.qualities(of: Array(trial.questions.indices), mode: .hybrid, adapter: adapter) { _ in }
        return values.mean
    }

    /// The penalty with which hybrid search is best on questions that were not learnt from; the strongest of equals.
    private func chosenPenalty(_ order: [Int], _ total: Int) throws -> Double {
        var best = (penalty: Self.penalties[0], quality: -1.0)
        let folds = Self.folds(order, Self.innerFolds)
        for penalty in Self.penalties {
            var values: [Double] = []
            for fold in folds {
                let adapter = try trial.adapter(from: fold.learnt, penalty: penalty)
                values += try qualities(fold.asked, .hybrid, adapter, total)
            }
            if values.mean > best.quality { best = (penalty, values.mean) }
        }
        return best.penalty
    }

    private func qualities(_ indices: [Int], _ mode: SearchMode, _ adapter: QueryAdapter?, _ total: Int) throws
        -> [Double]
    {
        try trial.qualities(of: indices, mode: mode, adapter: adapter) { count in
            let done = asked.withLock { asked in
                asked += count
                return asked
            }
            progress?(
                WorkProgress(
                    phase: .asking, completed: Double(done), total: Double(max(total, done)), unit: .queries,
                    documents: 0))
        }
    }

    /// Every question is asked in one fold and learnt from in the others.
    private static func folds(_ order: [Int], _ count: Int) -> [(learnt: [Int], asked: [Int])] {
        (0..<count).map { fold in
            let places = order.indices
            return (
                places.filter { $0 % count != fold }.map { order[$0] },
                places.filter { $0 % count == fold }.map { order[$0] }
            )
        }
    }

    /// The means of paired values, and the interval of their mean difference.
    static func comparison(before: [Double], after: [Double]) -> AdaptationReport.Comparison {
        let differences = zip(after, before).map { $0 - $1 }
        var generator = SeededGenerator(seed: 2)
        let means = (0..<resamples).map { _ in
            differences.indices.reduce(0.0) { sum, _ in
                sum + differences[generator.integer(below: differences.count)]
            } / Double(max(differences.count, 1))
        }.sorted()
        let tail = Int((1 - probability) / 2 * Double(resamples))
        return AdaptationReport.Comparison(
            before: before.mean, after: after.mean, lower: means[tail], upper: means[resamples - 1 - tail])
    }
}

extension [Double] {
    fileprivate var mean: Double { reduce(0, +) / Double(Swift.max(count, 1)) }
}
