import AkinCore
import AkinReport
import AkinTokenizers
import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation

/// Trains a tagger of entities from sentences whose words have tags.
///
/// ```swift
/// let report = try await TaggerTraining().run(on: ["train.conll"], output: "models/names")
/// print(report.f1)
/// ```
///
/// The same examples and settings give the same model, whatever the number of threads.
public struct TaggerTraining: Sendable {
    /// Passes over the examples.
    public var epochs = 4
    /// Sentences of a step.
    public var batchSize = 16
    /// The largest learning rate.
    public var learningRate = 1e-4
    /// The share of the sentences that are scored on and not learnt from, 0 … 1; not used where files are given for
    /// that.
    public var heldOutShare = 0.1
    /// Passes without a better held-out score after which the training ends; the weights of its best pass are kept. nil makes
    /// all passes and keeps the last. The held-out part then chooses too, so its score flatters a little.
    public var patience: Int?
    /// Decides the split, the order of the examples, dropout and the head's first weights.
    public var seed: UInt64 = 1
    /// The most tokens that are read together; longer sentences are cut. nil takes what the model reads, at most 256.
    public var maximumTokens: Int?
    /// The bytes of memory that fine-tuning may take; nil takes four fifths of what is free at its start. Where a step needs
    /// more it is made in parts, and its result differs by rounding alone.
    public var memory: Int?
    /// How often the run's state is kept beside the folder to write, as `FOLDER.checkpoint`. When the process ends before
    /// its time, the same training goes on from there to the same model.
    public var checkpointInterval = Duration.seconds(60)

    /// The defaults fit some thousand sentences.
    public init() {}

    /// How one kind of entity was found.
    public struct KindReport: Sendable, Codable {
        /// The kind, such as `PER`.
        public let kind: String
        /// The share of right ones among those found.
        public let precision: Double
        /// The share found of those that are there.
        public let recall: Double
        /// The harmonic mean of both.
        public let f1: Double
        /// Entities of the kind in the held-out part.
        public let support: Int
    }

    /// What was trained. Scores count whole entities, of the held-out part.
    public struct Report: Sendable, Codable {
        /// The share of right ones among the entities found.
        public let precision: Double
        /// The share found of the entities that are there.
        public let recall: Double
        /// The harmonic mean of both.
        public let f1: Double
        /// By kind of entity.
        public let kinds: [KindReport]
        /// The labels of the model.
        public let labels: [String]
        /// Sentences learnt from.
        public let trainingCount: Int
        /// Sentences scored on.
        public let heldOutCount: Int
        /// How the run went.
        public let fineTuning: FineTuningReport
        /// How long all took, in milliseconds.
        public let elapsedMilliseconds: Double
        /// What `html` shows.
        var page: TrainingReport?

        private enum CodingKeys: String, CodingKey {
            case precision, recall, f1, kinds, labels
            case trainingCount = "training_sentences"
            case heldOutCount = "held_out_sentences"
            case fineTuning = "fine_tuning"
            case elapsedMilliseconds = "elapsed_ms"
        }
    }

    /// Trains from files in CoNLL's form, a word and its tag a line and an empty line after each sentence, and writes the
    /// model as a folder, which `TokenTagger.load` and `transformers` read.
    ///
    /// - Parameters:
    ///   - paths: The files; tags in any scheme (IOB, IOBES, BILOU).
    ///   - heldOut: Files to score on; without them a share of the sentences is held out.
    ///   - folder: The folder to write; there must be none yet.
    ///   - configuration: The model to start from (its `model`, else the best installed one), and threads.
    /// - Throws: `CancellationError` when the task is cancelled; `AkinError`: `.noModel`, `.noInput` or `.invalidData`
    ///   for sentences that cannot be learnt from, `.cannotCreate` for a folder that is there or cannot be made.
    public func run(
        on paths: [String], heldOut: [String] = [], output folder: String,
        configuration: Database.Configuration = Database.Configuration(), progress: ProgressHandler? = nil
    ) async throws -> Report {
        try await offload {
            try train(paths, heldOut, URL(fileURLWithPath: folder), configuration, progress)
        }
    }

    private func train(
        _ paths: [String], _ heldOutPaths: [String], _ folder: URL, _ configuration: Database.Configuration,
        _ progress: ProgressHandler?
    ) throws -> Report {
        let start = ContinuousClock.now
        try ModelFolderWriter.requireFree(folder)
        let read = Dataset(try CoNLLReader().read(paths))
        let (training, heldOut) = try read.parts(
            scoring: heldOutPaths.isEmpty ? nil : try CoNLLReader().read(heldOutPaths), holdingOut: heldOutShare,
            seed: seed)
        let labels = try LabelSet(training.examples.flatMap(\.tags), of: paths.joined(separator: ", ")).names
        let encoder = try EncoderResolver(configuration: configuration).model(named: configuration.model)
        var tuning = try FineTuning(
            encoder, maximumTokens: maximumTokens, epochs: epochs, batchSize: batchSize, learningRate: learningRate,
            seed: seed, memory: memory, patience: patience, configuration, progress)
        let places = Dictionary(uniqueKeysWithValues: labels.enumerated().map { ($1, Int32($0)) })
        let (tokenizer, limit) = (try tuning.network.wordPieceTokenizer(), tuning.maximumTokens)
        func sequences(_ sentence: TaggedSentence) -> [TokenClassificationTraining.Sequence] {
            TokenClassificationTraining.Sequence.sequences(
                of: sentence, tokenizer: tokenizer, limit: limit
            ) { places[$0] ?? places["I-" + $0.dropFirst(2)] ?? places["B-" + $0.dropFirst(2)] ?? -1 }
        }
        let learnt = training.examples.flatMap(sequences)
        let scored = heldOut.examples.map(sequences)
        let checkpoint = try tuning.prepare(
            .tokenClassification(outputs: labels.count), for: folder, labels: labels,
            examples: learnt.lazy.map { ($0.ids, $0.classes) },
            scored: scored.joined().lazy.map { ($0.ids, $0.classes) }, interval: checkpointInterval)
        let trainer = try TokenClassificationTraining(
            source: tuning.network.folder, sequences: learnt, labels: labels,
            longest: scored.joined().map(\.ids.count).max(), settings: tuning.settings)
        let expected = heldOut.examples.map { SpanScores.spans($0.tags) }
        var (predicted, losses) = ([[TaggedSpan]](), [Double]())
        var scores = SpanScores(expected: [[TaggedSpan]](), predicted: [])
        let evaluate = {
            losses = []
            predicted = zip(heldOut.examples, scored).map { sentence, sequences in
                var loss = 0.0
                var tags = [String](repeating: "O", count: sentence.words.count)
                for sequence in sequences {
                    let prediction = trainer.predictions(sequence)
                    loss += prediction.loss
                    for (token, label) in prediction.classes.enumerated() where sequence.words[token] >= 0 {
                        tags[sequence.words[token]] = labels[label]
                    }
                }
                losses.append(loss)
                return SpanScores.spans(tags)
            }
            scores = SpanScores(expected: expected, predicted: predicted)
            return scores.micro.f1
        }
        try tuning.train(trainer, checkpoint: checkpoint, evaluate: evaluate)
        try trainer.write(to: folder)
        checkpoint.remove()
        var report = Report(
            precision: scores.micro.precision, recall: scores.micro.recall, f1: scores.micro.f1,
            kinds: scores.types.map {
                KindReport(kind: $0.name, precision: $0.precision, recall: $0.recall, f1: $0.f1, support: $0.support)
            },
            labels: labels, trainingCount: training.count, heldOutCount: heldOut.count,
            fineTuning: FineTuningReport(trainer, tuning),
            elapsedMilliseconds: (ContinuousClock.now - start) / .milliseconds(1))
        var page = TrainingReport(
            report, self, paths: paths, folder: folder.lastPathComponent, model: encoder.identity.name)
        page.add(heldOut.examples, expected: expected, predicted: predicted, losses: losses)
        report.page = page
        return report
    }
}
