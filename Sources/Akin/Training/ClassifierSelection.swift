import AkinCore
import AkinReport
import AkinTokenizers
import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation

/// Tries the ways of training a classifier and keeps the best one.
///
/// Many examples are split once: all ways learn from one part and are scored on the other. A part of few examples says
/// nothing; those are cross-validated, and what is kept learns from all of them.
struct ClassifierSelection {
    private let settings: ClassifierTraining
    private let configuration: Database.Configuration
    private let progress: ProgressHandler?
    /// The vectors of examples that are known already.
    var known: KnownVectors?

    init(
        _ settings: ClassifierTraining, _ configuration: Database.Configuration, _ progress: ProgressHandler?
    ) {
        (self.settings, self.configuration, self.progress) = (settings, configuration, progress)
    }

    /// The most examples for which the contrastive way is tried, in all and for each class in the mean: with MiniLM and
    /// short texts its cross-validation takes a minute then.
    private static let fewExamples = (all: 400, ofClass: 32)

    /// What one way gave on the scored examples.
    private struct Outcome {
        let learner: any ClassifierLearner
        let logits: [[Float]]
        /// By scored example.
        let isRight: [Bool]
        let scores: ClassificationScores
        let elapsed: Duration
        /// The classifier itself; nil where its folds were only for the scores.
        let learnt: LearntClassifier?
    }

    /// Which examples are learnt from and scored.
    private struct Plan {
        let scoring: ClassifierTraining.Scoring
        /// Each once learnt from and once scored.
        let rounds: [(training: [Int], others: [Int])]

        var scored: [Int] { rounds.flatMap(\.others) }
    }

    /// - Parameter scored: files of examples to score in place of a part of `paths`.
    func run(_ paths: [String], scored: [String], _ folder: URL) throws -> ClassifierTraining.Report {
        let start = ContinuousClock.now
        try ModelFolderWriter.requireFree(folder)
        let examples = try ClassifierExamples(paths, scored: scored, settings)
        if let guesses = examples.guesses {
            progress?(
                WorkProgress(
                    phase: .init(rawValue: "reading examples"), completed: Double(examples.count), total: nil,
                    unit: .documents, documents: 0, notice: guesses))
        }
        return try run(examples, of: paths.joined(separator: ", "), folder, since: start)
    }

    /// - Parameter source: what the examples are from.
    func run(
        _ examples: ClassifierExamples, of source: String, _ folder: URL, since start: ContinuousClock.Instant = .now
    ) throws -> ClassifierTraining.Report {
        let plan = try plan(examples)
        let encoder = try EncoderResolver(configuration: configuration).model(named: configuration.model)
        let context = ClassifierContext(
            settings: settings, configuration: configuration, examples: examples, progress: progress, known: known)
        let expected = examples.classes(of: plan.scored)
        // From the cheapest on; what costs more has to be better by more than chance.
        var outcomes: [Outcome] = []
        for method in try methods(examples, encoder) {
            outcomes.append(try outcome(method, encoder, context, folder, plan, expected))
        }
        var best = outcomes[0]
        for outcome in outcomes.dropFirst() where Self.isBetter(outcome.isRight, than: best.isRight) { best = outcome }
        let temperature = TemperatureScaling.temperature(logits: best.logits, classes: expected)
        let kept =
            try best.learnt
            ?? best.learner.learn(from: Array(0..<examples.learntCount), scoring: [], isKept: true, part: "")
        let judged = zip(plan.scored, best.logits).map { index, logits in
            let example = examples.dataset.examples[index]
            return TrainingReport.Judged(
                text: [example.text, example.pair].compactMap(\.self).joined(separator: "\n"),
                expected: examples.classes(of: [index])[0],
                probabilities: HeadProbabilities.softmax(logits.map { $0 / Float(temperature) }))
        }
        let record = TrainingRecord(
            accuracy: best.scores.accuracy, macroF1: best.scores.macroF1,
            meanConfidence: judged.reduce(0) { $0 + $1.confidence } / Double(max(1, judged.count)),
            heldOutCount: judged.count)
        try kept.write(temperature, record)
        var report = ClassifierTraining.Report(
            method: best.learner.method, accuracy: best.scores.accuracy, macroF1: best.scores.macroF1,
            scoring: plan.scoring,
            trials: outcomes.map {
                .init(
                    method: $0.learner.method, accuracy: $0.scores.accuracy, macroF1: $0.scores.macroF1,
                    elapsedMilliseconds: $0.elapsed / .milliseconds(1))
            }, labels: examples.labels.names,
            classes: best.scores.classes.map {
                .init(label: $0.name, precision: $0.precision, recall: $0.recall, f1: $0.f1, support: $0.support)
            },
            calibration: .init(
                temperature: temperature,
                errorBefore: TemperatureScaling.error(logits: best.logits, classes: expected),
                errorAfter: TemperatureScaling.error(logits: best.logits, classes: expected, temperature: temperature)),
            trainingCount: best.learnt == nil ? examples.learntCount : plan.rounds[0].training.count,
            heldOutCount: expected.count, truncatedCount: best.learner.truncatedCount,
            joining: examples.joining, fineTuning: kept.fineTuning,
            elapsedMilliseconds: (ContinuousClock.now - start) / .milliseconds(1))
        report.page = TrainingReport(
            report, settings, source: source, folder: folder.lastPathComponent, model: encoder.identity.name,
            judged: judged)
        return report
    }

    // MARK: - What is tried

    /// The ways to try, the cheapest first.
    private func methods(
        _ examples: ClassifierExamples, _ encoder: any TextEncoder
    ) throws -> [ClassifierTraining.Method] {
        guard settings.method == .best else {
            guard !examples.arePairs || settings.method == .fineTuned else {
                throw AkinError(
                    .invalidArgument, "Pairs of texts have no vector to classify; they can only be fine-tuned.")
            }
            return [settings.method]
        }
        if examples.arePairs { return [.fineTuned] }
        let areFew =
            examples.learntCount <= Self.fewExamples.all
            && examples.learntCount <= Self.fewExamples.ofClass * examples.labels.count
        return areFew && ContrastiveLearner.canTrain(encoder)
            ? [.frozen, .contrastive, .fineTuned] : [.frozen, .fineTuned]
    }

    private func plan(_ examples: ClassifierExamples) throws -> Plan {
        guard examples.learntCount == examples.count else {
            let learnt = 0..<examples.learntCount
            return Plan(scoring: .heldOut, rounds: [(Array(learnt), Array(learnt.upperBound..<examples.count))])
        }
        guard settings.patience == nil || settings.folds ?? 0 < 2 else {
            throw AkinError(
                .invalidArgument,
                "The best pass is found on a part that is held out for all passes, which cross-validation does not have; "
                    + "leave out the folds, or the patience.")
        }
        let usual = settings.patience != nil ? 0 : examples.count <= 1_000 ? 5 : examples.count <= 3_000 ? 3 : 0
        let folds = settings.folds ?? usual
        let all = Array(0..<examples.count)
        // Too few different examples for any score are refused here.
        let isHeldOut = try examples.dataset.isHeldOut(
            share: min(max(settings.heldOutShare, 0.01), 0.9), seed: settings.seed)
        guard folds > 1 else {
            return Plan(scoring: .heldOut, rounds: [(all.filter { !isHeldOut[$0] }, all.filter { isHeldOut[$0] })])
        }
        let fold = examples.folds(folds, of: all, seed: settings.seed)
        return Plan(
            scoring: .crossValidation,
            rounds: (0..<folds).map { number in
                (all.filter { fold[$0] != number }, all.filter { fold[$0] == number })
            }.filter { !$0.0.isEmpty && !$0.1.isEmpty })
    }

    private func outcome(
        _ method: ClassifierTraining.Method, _ encoder: any TextEncoder, _ context: ClassifierContext, _ folder: URL,
        _ plan: Plan, _ expected: [Int]
    ) throws -> Outcome {
        let start = ContinuousClock.now
        let learner: any ClassifierLearner =
            switch method {
            case .frozen: try FrozenLearner(encoder, context, folder)
            case .contrastive: try ContrastiveLearner(encoder, context, folder)
            case .fineTuned, .best: try FineTuningLearner(encoder, context, folder)
            }
        let isKept = plan.scoring == .heldOut
        var logits: [[Float]] = []
        var learnt: LearntClassifier?
        for (index, round) in plan.rounds.enumerated() {
            let classifier = try learner.learn(
                from: round.training, scoring: round.others, isKept: isKept,
                part: isKept ? "" : ", fold \(index + 1) of \(plan.rounds.count)")
            logits += classifier.logits
            if isKept { learnt = classifier }
        }
        let predicted = logits.map(\.indexOfLargest)
        return Outcome(
            learner: learner, logits: logits, isRight: zip(predicted, expected).map(==),
            scores: ClassificationScores(
                expected: expected, predicted: predicted, labels: context.examples.labels.names),
            elapsed: ContinuousClock.now - start, learnt: learnt)
    }

    /// Whether one way is right more often than another on the same examples, by more than the standard error of the
    /// difference (Breiman et al. 1984, the rule of one standard error).
    static func isBetter(_ one: [Bool], than other: [Bool]) -> Bool {
        precondition(one.count == other.count)
        let count = Double(max(1, one.count))
        let (gained, lost) = (zip(one, other).count { $0 && !$1 }, zip(one, other).count { !$0 && $1 })
        let difference = Double(gained - lost) / count
        let variance = Double(gained + lost) / count - difference * difference
        return difference > (variance / count).squareRoot()
    }
}
