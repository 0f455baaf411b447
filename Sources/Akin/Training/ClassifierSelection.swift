import AkinCore
import AkinTokenizers
import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation

/// Tries the ways of training a classifier and keeps the better one.
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

    /// The examples of one part, and their classes' numbers.
    private struct Part {
        let examples: [LabelledText]
        let classes: [Int]

        init(_ dataset: Dataset<LabelledText>, _ labels: LabelSet) {
            examples = dataset.examples
            classes = examples.map { labels.index(of: $0.label) ?? 0 }
        }
    }

    /// What one way gave.
    private struct Outcome {
        let trial: ClassifierTraining.Trial
        let scores: ClassificationScores
        /// The mean probability of the best labels on the held-out part.
        let confidence: Double
        let write: () throws -> Void
    }

    func run(_ paths: [String], _ folder: URL) throws -> ClassifierTraining.Report {
        let start = ContinuousClock.now
        try ModelFolderWriter.requireFree(folder)
        let fields = ExampleFields(text: settings.textField, pair: settings.pairField, label: settings.labelField)
        return try run(
            try LabelledTextReader(fields: fields).read(paths), of: paths.joined(separator: ", "), folder, since: start)
    }

    /// - Parameter source: what the examples are from, for messages.
    func run(
        _ examples: [LabelledText], of source: String, _ folder: URL, since start: ContinuousClock.Instant = .now
    ) throws -> ClassifierTraining.Report {
        let labels = try LabelSet(examples.map(\.label), of: source)
        let (training, heldOut) = try Dataset(examples).split(
            holdingOut: min(max(settings.heldOutShare, 0.01), 0.9), seed: settings.seed)
        let parts = (training: Part(training, labels), heldOut: Part(heldOut, labels))
        let encoder = try EncoderResolver(configuration: configuration).model(named: configuration.model)
        let arePairs = examples.contains { $0.pair != nil }
        var outcomes: [Outcome] = []
        var truncated = 0
        if settings.method != .fineTuned {
            guard !arePairs || settings.method == .best else {
                throw AkinError(
                    .invalidArgument, "Pairs of texts have no vector to classify; they can only be fine-tuned.")
            }
            if !arePairs { outcomes.append(try frozen(encoder, parts.training, parts.heldOut, labels, folder)) }
        }
        if settings.method != .frozen {
            let result = try fineTuned(encoder, parts.training, parts.heldOut, labels, folder)
            outcomes.append(result.outcome)
            truncated = result.truncated
        }
        // Of equals the frozen one, which is the first: it is faster.
        var best = outcomes[0]
        for outcome in outcomes.dropFirst() where outcome.trial.accuracy > best.trial.accuracy { best = outcome }
        try best.write()
        TrainingRecord(
            accuracy: best.trial.accuracy, macroF1: best.trial.macroF1, meanConfidence: best.confidence,
            heldOutCount: parts.heldOut.examples.count
        ).write(to: folder)
        return ClassifierTraining.Report(
            method: best.trial.method, accuracy: best.trial.accuracy, macroF1: best.trial.macroF1,
            trials: outcomes.map(\.trial), labels: labels.names,
            classes: best.scores.classes.map {
                .init(label: $0.name, precision: $0.precision, recall: $0.recall, f1: $0.f1, support: $0.support)
            },
            trainingCount: parts.training.examples.count, heldOutCount: parts.heldOut.examples.count,
            truncatedCount: truncated, elapsedMilliseconds: (ContinuousClock.now - start) / .milliseconds(1))
    }

    private func outcome(
        _ method: ClassifierTraining.Method, _ probabilities: [[Double]], _ heldOut: Part, _ labels: LabelSet,
        _ start: ContinuousClock.Instant, _ write: @escaping () throws -> Void
    ) -> Outcome {
        let predicted = probabilities.map { $0.map(Float.init).indexOfLargest }
        let confidence = zip(probabilities, predicted).reduce(0) { $0 + $1.0[$1.1] } / Double(max(1, predicted.count))
        let scores = ClassificationScores(expected: heldOut.classes, predicted: predicted, labels: labels.names)
        return Outcome(
            trial: .init(
                method: method, accuracy: scores.accuracy, macroF1: scores.macroF1,
                elapsedMilliseconds: (ContinuousClock.now - start) / .milliseconds(1)),
            scores: scores, confidence: confidence, write: write)
    }

    private func report(_ phase: String, _ completed: Int, _ total: Int, _ unit: WorkProgress.Unit) {
        progress?(
            WorkProgress(
                phase: .init(rawValue: phase), completed: Double(completed), total: Double(total), unit: unit,
                documents: 0))
    }

    // MARK: - The encoder as it is

    private func frozen(
        _ encoder: any TextEncoder, _ training: Part, _ heldOut: Part, _ labels: LabelSet, _ folder: URL
    ) throws -> Outcome {
        let start = ContinuousClock.now
        let total = training.examples.count + heldOut.examples.count
        let features = try vectors(encoder, training.examples, done: 0, total)
        let others = try vectors(encoder, heldOut.examples, done: training.examples.count, total)
        let count = labels.count
        let folds = Dataset(training.examples).folds(5, seed: settings.seed)
        report("fitting a linear classifier", 0, 1, .percent)
        let choice = try LogisticRegression.crossValidate(
            features, classes: training.classes, count: count, folds: folds, threads: configuration.threads,
            isCancelled: { CancellationFlag.isCurrentCancelled })
        let regression = try LogisticRegression.fit(
            features, classes: training.classes, count: count,
            options: .init(inverseRegularization: choice.best.inverseRegularization), threads: configuration.threads,
            isCancelled: { CancellationFlag.isCurrentCancelled })
        let probabilities = regression.probabilities(of: others)
        let rows = (0..<others.rows).map { probabilities.row($0).map(Double.init) }
        return outcome(.frozen, rows, heldOut, labels, start) {
            guard let source = encoder as? any FolderEncoder else {
                throw AkinError(
                    .incompatible, "\(encoder.identity.name) is no folder that a classifier could be written beside.")
            }
            try FrozenClassifier(labels: labels.names, regression: regression).write(
                to: folder, encoder: ModelFolder.whole(of: source.folder))
        }
    }

    private func vectors(
        _ encoder: any TextEncoder, _ examples: [LabelledText], done: Int, _ total: Int
    ) throws -> Matrix {
        var rows: [[Float]] = []
        for first in stride(from: 0, to: examples.count, by: 512) {
            try CancellationFlag.check()
            report("encoding examples", done + first, total, .documents)
            let texts = examples[first..<min(first + 512, examples.count)].map(\.text)
            if let stored = try known?.vectors(of: texts, by: encoder) {
                rows += stored
                continue
            }
            let encoded = try encoder.encode(texts, role: .passage, threads: configuration.threads)
            rows += (0..<encoded.vectors.rows).map { Array(encoded.vectors.row($0)) }
        }
        return Matrix(rows)
    }

    // MARK: - Fine-tuning

    private func fineTuned(
        _ encoder: any TextEncoder, _ training: Part, _ heldOut: Part, _ labels: LabelSet, _ folder: URL
    ) throws -> (outcome: Outcome, truncated: Int) {
        let start = ContinuousClock.now
        let tuning = try FineTuning(
            encoder, maximumTokens: settings.maximumTokens, epochs: settings.epochs, batchSize: settings.batchSize,
            learningRate: settings.learningRate, seed: settings.seed, configuration, progress)
        let learnt = try sequences(tuning, training.examples)
        let scored = try sequences(tuning, heldOut.examples)
        let trainer = try SequenceClassificationTraining(
            source: tuning.network.folder, sequences: learnt.map(\.sequence),
            classes: training.classes.map(Int32.init), labels: labels.names,
            longest: scored.map(\.sequence.ids.count).max(), settings: tuning.settings)
        let checkpoint = tuning.checkpoint(
            for: folder, labels: labels.names,
            examples: zip(learnt, training.classes).lazy.map { example, label in
                (example.sequence.ids, example.sequence.segments + [Int32(label)])
            }, interval: settings.checkpointInterval)
        try trainer.train(checkpoint: checkpoint) { step, _ in try tuning.report(step, of: trainer.stepCount) }
        let probabilities = trainer.logits(scored.map(\.sequence)).map { HeadProbabilities.softmax($0) }
        let truncated = (learnt + scored).filter(\.isTruncated).count
        return (
            outcome(.fineTuned, probabilities, heldOut, labels, start) { try trainer.write(to: folder) }, truncated
        )
    }

    private func sequences(
        _ tuning: FineTuning, _ examples: [LabelledText]
    ) throws -> [(sequence: SequenceClassificationTraining.Sequence, isTruncated: Bool)] {
        let (tokenizer, limit) = (tuning.network.tokenizer, tuning.maximumTokens)
        return try Parallel.map(examples, threads: configuration.threads) { example in
            guard let pair = example.pair else {
                let encoding = tokenizer.encode(example.text, maximumTokens: limit)
                return (.init(ids: encoding.ids), encoding.truncated)
            }
            let encoding = tokenizer.encode(example.text, pair, maximumTokens: limit)
            let sequence = TokenSequence(encoding)
            let segments = sequence.ids.indices.map { Int32($0 < sequence.firstLength ? 0 : 1) }
            return (.init(ids: sequence.ids, segments: segments), encoding.truncated)
        }
    }
}
