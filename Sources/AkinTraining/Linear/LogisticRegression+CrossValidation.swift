package import AkinVectors
import Foundation

extension LogisticRegression {
    /// What cross-validation has found out.
    package struct CrossValidation: Sendable {
        /// How one strength of regularisation did on examples that it was not fitted to.
        package struct Candidate: Sendable {
            package let inverseRegularization: Double
            package let accuracy: Double
            /// The mean of −log p of the right class.
            package let loss: Double
        }

        /// In the order they were asked for.
        package let candidates: [Candidate]
        package let best: Candidate
        /// (n, classes) The probabilities of each example by the best candidate's fit to the other folds.
        package let heldOutProbabilities: Matrix
    }

    /// Strengths worth trying on vectors of unit length.
    package static let usualRegularizations: [Double] = [0.1, 1, 10, 100]

    /// Fits to all folds but one, scores on that one, and chooses the strength of regularisation with the highest accuracy,
    /// of equals the one with the lower loss.
    ///
    /// - Parameters:
    ///   - folds: (n) the number, from 0, of the fold that each example is in.
    ///   - candidates: values of C, ascending: each fit begins where the one before it ended.
    ///   - options: need not converge as far as a fit that is kept: accuracy changes little from there, and of many
    ///     examples each counts for so little that more strength changes nothing.
    package static func crossValidate(
        _ features: Matrix, classes: [Int], count: Int, folds: [Int],
        candidates: [Double] = usualRegularizations, options: Options = Options(tolerance: 1e-4), threads: Int,
        isCancelled: () -> Bool = { false }
    ) throws -> CrossValidation {
        precondition(folds.count == classes.count && !candidates.isEmpty)
        var held = candidates.map { _ in Matrix(rows: features.rows, columns: count) }
        for fold in 0...(folds.max() ?? 0) {
            let fitted = folds.indices.filter { folds[$0] != fold }
            let scored = folds.indices.filter { folds[$0] == fold }
            guard !fitted.isEmpty, !scored.isEmpty else { continue }
            let (examples, others) = (features.gathered(fitted), features.gathered(scored))
            let fittedClasses = fitted.map { classes[$0] }
            var model: LogisticRegression?
            for (place, candidate) in candidates.enumerated() {
                var options = options
                options.inverseRegularization = candidate
                let next = try fit(
                    examples, classes: fittedClasses, count: count, options: options, startingAt: model,
                    threads: threads, isCancelled: isCancelled)
                let probabilities = next.probabilities(of: others)
                for (row, example) in scored.enumerated() { held[place].setRow(example, probabilities.row(row)) }
                model = next
            }
        }
        let scores = zip(candidates, held).map { candidate, probabilities in
            score(candidate, probabilities, classes)
        }
        let best =
            scores.indices.min {
                (-scores[$0].accuracy, scores[$0].loss) < (-scores[$1].accuracy, scores[$1].loss)
            } ?? 0
        return CrossValidation(candidates: scores, best: scores[best], heldOutProbabilities: held[best])
    }

    private static func score(_ candidate: Double, _ probabilities: Matrix, _ classes: [Int])
        -> CrossValidation.Candidate
    {
        var (correct, loss) = (0, 0.0)
        for (row, label) in classes.enumerated() {
            let values = probabilities.row(row)
            if values.indices.max(by: { values[$0] < values[$1] }) == label { correct += 1 }
            loss -= log(Double(max(values[label], .leastNormalMagnitude)))
        }
        let total = Double(max(1, classes.count))
        return CrossValidation.Candidate(
            inverseRegularization: candidate, accuracy: Double(correct) / total, loss: loss / total)
    }
}
