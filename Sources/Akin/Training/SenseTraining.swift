import AkinCore
import AkinTraining
import Foundation

/// Trains a model that tells in which sense a text uses a word, from examples: texts with one marked word and its sense.
///
/// Two ways are tried on the same examples and scored on a part that neither has seen, and the better one is kept: a
/// linear classifier for each word over its contextual vectors, from a network that stays as it is, and fine-tuning of
/// the whole network, in which the marked words alone count.
///
/// ```swift
/// let report = try await SenseTraining().run(on: ["senses.jsonl"], output: "models/senses")
/// print(report.method, report.accuracy)
/// let tagger = try await TokenTagger.load("models/senses")
/// for word in try await tagger.entities(in: "He sat by the bank of the river.") { print(word.text, word.label) }
/// ```
///
/// The same examples and settings give the same model, whatever the number of threads.
public struct SenseTraining: Sendable {
    /// What is trained.
    public var method = ClassifierTraining.Method.best
    /// Passes over the examples in fine-tuning.
    public var epochs = 3
    /// Examples of a step in fine-tuning.
    public var batchSize = 32
    /// The largest learning rate of fine-tuning.
    public var learningRate = 5e-5
    /// The share of the examples that both ways are scored on and neither learns from, 0 … 1; not used where files are
    /// given for that.
    public var heldOutShare = 0.1
    /// Decides the split, the order of the examples, dropout and the head's first weights.
    public var seed: UInt64 = 1
    /// The most tokens around a word that are read. nil takes what the model reads, at most 256.
    public var maximumTokens: Int?
    /// The bytes that the process may take; nil takes four fifths of what is free when the training starts. A step that needs
    /// more is made in parts.
    public var memory: Int?
    /// How often the state of fine-tuning is kept beside the folder to write, as `FOLDER.checkpoint`.
    public var checkpointInterval = Duration.seconds(60)

    /// The defaults fit some thousand examples.
    public init() {}

    /// How one word of the kept model did on the held-out part.
    public struct WordReport: Sendable, Codable {
        /// The word.
        public let word: String
        /// Its senses.
        public let senses: [String]
        /// The share of its places with the right sense.
        public let accuracy: Double
        /// The share that its most frequent sense among the examples learnt from would have had.
        public let baseline: Double
        /// Its held-out places.
        public let support: Int
    }

    /// What was trained.
    public struct Report: Sendable, Codable {
        /// The way that was kept.
        public let method: ClassifierTraining.Method
        /// Its share of right senses on the held-out part.
        public let accuracy: Double
        /// The mean of the senses' F1 there.
        public let macroF1: Double
        /// The share of right senses that each word's most frequent sense would have had.
        public let baseline: Double
        /// Both ways, in the order they were tried.
        public let trials: [ClassifierTraining.Trial]
        /// By word.
        public let words: [WordReport]
        /// Examples learnt from.
        public let trainingCount: Int
        /// Examples scored on.
        public let heldOutCount: Int
        /// How long all took, in milliseconds.
        public let elapsedMilliseconds: Double

        private enum CodingKeys: String, CodingKey {
            case method, accuracy, baseline, trials, words
            case macroF1 = "macro_f1"
            case trainingCount = "training_examples"
            case heldOutCount = "held_out_examples"
            case elapsedMilliseconds = "elapsed_ms"
        }
    }

    /// Trains from files of texts with a marked word and writes the better model as a folder, which `TokenTagger.load`
    /// reads, and `transformers` as a `BertForTokenClassification`.
    ///
    /// - Parameters:
    ///   - paths: Files of records (`.csv`, `.tsv`, `.jsonl`) with a text, a sense, and the place of the word (`start`
    ///     and `end`, half-open, in Unicode scalars, or the `word`); or of sentences in CoNLL's form, in which the
    ///     marked words alone have tags.
    ///   - heldOut: Files to score on; without them a share of the examples is held out.
    ///   - folder: The folder to write; there must be none yet.
    ///   - configuration: The model to start from (its `model`, else the best installed one), and threads.
    /// - Throws: `CancellationError` when the task is cancelled; `AkinError`: `.noModel`, `.noInput` or `.invalidData`
    ///   for examples that cannot be learnt from, `.cannotCreate` for a folder that is there or cannot be made.
    public func run(
        on paths: [String], heldOut: [String] = [], output folder: String,
        configuration: Database.Configuration = Database.Configuration(), progress: ProgressHandler? = nil
    ) async throws -> Report {
        try await offload {
            try SenseSelection(self, configuration, progress).run(paths, heldOut, URL(fileURLWithPath: folder))
        }
    }
}
