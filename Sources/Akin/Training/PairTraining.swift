import AkinCore
import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation

/// Trains a sentence encoder, or a cross-encoder, from pairs of texts.
///
/// Pairs have a score of how alike they are, or are texts that belong together: questions and their answers, titles and
/// their articles.
///
/// ```swift
/// let report = try await PairTraining().run(on: ["pairs.csv"], output: "models/similar")
/// print(report.before.spearman ?? 0, report.after.spearman ?? 0)
/// ```
///
/// The same examples and settings give the same model, whatever the number of threads.
public struct PairTraining: Sendable {
    /// What the training minimises.
    public enum Loss: String, Sendable, Codable, CaseIterable {
        /// What fits the data: CoSENT for pairs with scores, in-batch negatives for those without; of a cross-encoder
        /// regression, or a binary one where the scores are 0 and 1.
        case auto
        /// Cosines are ordered as the scores are.
        case cosent
        /// Cosines become the scores, which are taken from their range to 0 … 1; or a cross-encoder's output does.
        case regression
        /// A text's own is nearer to it than those of the other pairs of the step.
        case inBatch = "in-batch"
        /// A cross-encoder's output becomes the probability of 1.
        case binary
    }

    /// What the training minimises.
    public var loss = Loss.auto
    /// Whether a cross-encoder is trained, which reads both texts together and gives one number, in place of an encoder,
    /// which makes a vector of each.
    public var isCrossEncoder = false
    /// Passes over the pairs.
    public var epochs = 2
    /// Pairs of a step; with in-batch negatives, more make the task harder and often the vectors better.
    public var batchSize = 32
    /// The largest learning rate; nil takes 8e-5 for pairs with scores, 2e-5 for pairs that belong together and 5e-5 for a
    /// cross-encoder.
    public var learningRate: Double?
    /// The share of the pairs that is scored on and not learnt from, 0 … 1; not used where files are given for that.
    public var heldOutShare = 0.1
    /// Passes without a better held-out score after which the training ends; the weights of its best pass are kept. nil makes
    /// all passes and keeps the last. The held-out part then chooses too, so its score flatters a little.
    public var patience: Int?
    /// Decides the split, the order of the pairs, dropout and a head's first weights.
    public var seed: UInt64 = 1
    /// The longest text in tokens, for a cross-encoder both together; the rest is not read. nil takes what the model
    /// reads, at most 256.
    public var maximumTokens: Int?
    /// The first text's field, where the files have unusual names.
    public var textField: String?
    /// The second text's field.
    public var pairField: String?
    /// The score's field.
    public var scoreField: String?
    /// The bytes that the process may take; nil takes four fifths of what is free when the training starts. A step that needs
    /// more is made in parts, but for losses that compare its pairs.
    public var memory: Int?
    /// How often the run's state is kept beside the folder to write, as `FOLDER.checkpoint`. When the process ends before
    /// its time, the same training goes on from there to the same model.
    public var checkpointInterval = Duration.seconds(60)

    /// The defaults fit some thousand pairs.
    public init() {}

    /// How good a model is on the held-out part; those that do not fit the pairs are nil.
    public struct Scores: Sendable, Codable, Equatable {
        /// Spearman's rank correlation of the pairs' scores and the model's, −1 … 1.
        public var spearman: Double?
        /// The share of texts whose own is the nearest of all, 0 … 1.
        public var recallAt1: Double?
        /// The mean of 1 / rank of a text's own among all, 0 … 1.
        public var meanReciprocalRank: Double?
        /// The share of right decisions where scores are 0 and 1, 0 … 1.
        public var accuracy: Double?

        /// What says most: the correlation, else the mean reciprocal rank.
        var first: Double { spearman ?? meanReciprocalRank ?? 0 }

        private enum CodingKeys: String, CodingKey {
            case spearman, accuracy
            case recallAt1 = "recall@1"
            case meanReciprocalRank = "mrr"
        }
    }

    /// What was trained.
    public struct Report: Sendable, Codable {
        /// What was minimised; never `auto`.
        public let loss: Loss
        /// The encoder as it was.
        public let before: Scores
        /// The model that was written, at the same precision.
        public let after: Scores
        /// Whether the model is worse on the held-out part than the encoder was.
        public let isWorse: Bool
        /// Pairs learnt from.
        public let trainingCount: Int
        /// Pairs scored on.
        public let heldOutCount: Int
        /// Texts that were longer than is read.
        public let truncatedCount: Int
        /// How the run went; its scores after each pass are what `after` has first.
        public let fineTuning: FineTuningReport
        /// How long all took, in milliseconds.
        public let elapsedMilliseconds: Double

        private enum CodingKeys: String, CodingKey {
            case loss, before, after
            case isWorse = "worse"
            case trainingCount = "training_pairs"
            case heldOutCount = "held_out_pairs"
            case fineTuning = "fine_tuning"
            case truncatedCount = "truncated_texts"
            case elapsedMilliseconds = "elapsed_ms"
        }
    }

    /// Trains from files of pairs and writes the model as a folder: an encoder in the layout of `sentence-transformers`,
    /// or a cross-encoder that `TextClassifier.load` and `transformers` read.
    ///
    /// The folder is written even where the score falls; the report says so.
    ///
    /// - Parameters:
    ///   - paths: Files of records (`.csv`, `.tsv`, `.jsonl`) with two texts (`text_a`, `text_b`) and a `score` each; or
    ///     without scores, also as `anchor`, `positive` and perhaps `negative`.
    ///   - heldOut: Files to score on; without them a share of the pairs is held out.
    ///   - folder: The folder to write; there must be none yet.
    ///   - configuration: The model to start from (its `model`, else the best installed one), and threads.
    /// - Throws: `CancellationError` when the task is cancelled; `AkinError`: `.noModel`, `.noInput`, `.invalidData` for
    ///   pairs that cannot be learnt from, `.invalidArgument` for a loss that does not fit them, `.incompatible` for an
    ///   encoder that cannot be trained, `.cannotCreate` for a folder that is there or cannot be made.
    public func run(
        on paths: [String], heldOut: [String] = [], output folder: String,
        configuration: Database.Configuration = Database.Configuration(), progress: ProgressHandler? = nil
    ) async throws -> Report {
        try await offload {
            try PairTrainingRun(self, configuration, progress).run(paths, heldOut, URL(fileURLWithPath: folder))
        }
    }
}
