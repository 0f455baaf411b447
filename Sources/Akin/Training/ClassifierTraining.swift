import AkinCore
import AkinReport
import AkinStore
import AkinText
import AkinTokenizers
import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation

/// Trains a classifier of texts, or of pairs of texts, from labelled examples.
///
/// Several ways are tried on the same examples and scored on some that they have not learnt from, and the best one is
/// kept: a linear classifier over the vectors of an encoder that stays as it is (seconds, and enough where classes are
/// meanings); with few examples, the same over an encoder that was trained to tell the classes apart; and fine-tuning,
/// which changes the whole network (minutes, and better where classes are forms or tones).
///
/// ```swift
/// let report = try await ClassifierTraining().run(on: ["reviews.csv"], output: "models/reviews")
/// print(report.method, report.accuracy)
/// ```
///
/// The same examples and settings give the same model, whatever the number of threads.
public struct ClassifierTraining: Sendable {
    /// What is trained.
    public enum Method: String, Sendable, Codable, CaseIterable {
        /// The ways that suit the number of examples, and the best one is kept.
        case best
        /// A linear classifier over the vectors of the encoder as it is.
        case frozen
        /// A linear classifier over the vectors of an encoder that was trained on pairs of examples, of one class and of
        /// different ones (Tunstall et al. 2022).
        case contrastive
        /// The whole network.
        case fineTuned = "fine-tuned"
    }

    /// How much an example counts in training.
    public enum ClassWeights: String, Sendable, Codable, CaseIterable {
        /// All examples count alike.
        case none
        /// All classes count alike, however many examples each has.
        case balanced
    }

    /// What the scores were measured on.
    public enum Scoring: String, Sendable, Codable {
        /// A part of the examples that nothing was learnt from.
        case heldOut = "held-out"
        /// All examples, each by a model that has learnt from those of the other folds.
        case crossValidation = "cross-validation"
    }

    /// What is trained.
    public var method = Method.best
    /// Passes over the examples in fine-tuning; nil makes 3, and more with few examples, up to 100 steps.
    public var epochs: Int?
    /// Examples of a step in fine-tuning.
    public var batchSize = 32
    /// The largest learning rate of fine-tuning and of contrastive training.
    public var learningRate = 5e-5
    /// How much examples count.
    public var classWeights = ClassWeights.none
    /// The share of each target that fine-tuning spreads over all classes, 0 ..< 1.
    public var labelSmoothing = 0.0
    /// The parts into which the examples are cut for cross-validation; below 2 holds out a part instead. nil takes 5 for
    /// up to 1,000 examples, 3 for up to 3,000 and none for more.
    public var folds: Int?
    /// The share of the examples that are scored on and not learnt from, 0 … 1, where there is no cross-validation.
    public var heldOutShare = 0.1
    /// Passes without a better held-out score after which fine-tuning ends; the weights of its best pass are kept. nil makes
    /// all passes and keeps the last. The held-out part then chooses too, so its score flatters a little;
    /// nothing is cross-validated.
    public var patience: Int?
    /// Decides the split, the order of the examples, dropout and the head's first weights.
    public var seed: UInt64 = 1
    /// The longest text in tokens; the rest of a longer one is not read. nil takes what the model reads, at most 256.
    public var maximumTokens: Int?
    /// The names of the fields, where the examples' files have unusual ones.
    public var textField: String?
    /// The second text's field, where examples are pairs.
    public var pairField: String?
    /// The label's field.
    public var labelField: String?
    /// A file with the labels, where these stand apart from the texts: records (`.csv`, `.tsv`, `.jsonl`) with the id of a
    /// text, or the path of its file, and its label. nil reads them with the texts.
    public var labelsPath: String?
    /// The field of the ids of texts, there and in files of texts.
    public var idField: String?

    /// The bytes of memory that fine-tuning may take; nil takes four fifths of what is free at its start. Where a step needs
    /// more it is made in parts, and its result differs by rounding alone.
    public var memory: Int?
    /// How often the state of fine-tuning is kept beside the folder to write, as `FOLDER.checkpoint`. When the process
    /// ends before its time, the same training goes on from there to the same model.
    public var checkpointInterval = Duration.seconds(60)

    /// The defaults fit some thousand examples.
    public init() {}

    /// How one way did on examples that it had not learnt from.
    public struct Trial: Sendable, Codable {
        /// The way.
        public let method: Method
        /// The share of right labels.
        public let accuracy: Double
        /// The mean of the classes' F1.
        public let macroF1: Double
        /// How long it took, in milliseconds.
        public let elapsedMilliseconds: Double

        private enum CodingKeys: String, CodingKey {
            case method, accuracy
            case macroF1 = "macro_f1"
            case elapsedMilliseconds = "elapsed_ms"
        }
    }

    /// How one class of the kept model did.
    public struct ClassReport: Sendable, Codable {
        /// The class.
        public let label: String
        /// The share of right ones among the texts that got the label.
        public let precision: Double
        /// The share of the class' texts that got the label.
        public let recall: Double
        /// The harmonic mean of both.
        public let f1: Double
        /// Scored texts of the class.
        public let support: Int
    }

    /// What a file of labels and the texts do not have in common.
    public struct Joining: Sendable, Codable, Equatable {
        /// Texts without a label. Nothing is learnt from them.
        public let unlabelledCount: Int
        /// Labels that lead to no text.
        public let missingCount: Int

        private enum CodingKeys: String, CodingKey {
            case unlabelledCount = "texts_without_label"
            case missingCount = "labels_without_text"
        }
    }

    /// How far the kept model's probabilities are from how often it is right.
    public struct Calibration: Sendable, Codable {
        /// What the logits of the written model were divided by (Guo et al. 2017); labels do not change by it.
        public let temperature: Double
        /// The expected calibration error on the scored examples without the temperature, 0 … 1.
        public let errorBefore: Double
        /// The same with it.
        public let errorAfter: Double

        private enum CodingKeys: String, CodingKey {
            case temperature
            case errorBefore = "error_before"
            case errorAfter = "error_after"
        }
    }

    /// What was trained.
    public struct Report: Sendable, Codable {
        /// The way that was kept.
        public let method: Method
        /// Its share of right labels on the scored examples.
        public let accuracy: Double
        /// The mean of its classes' F1 there.
        public let macroF1: Double
        /// What was scored.
        public let scoring: Scoring
        /// All ways, in the order they were tried.
        public let trials: [Trial]
        /// The classes.
        public let labels: [String]
        /// By class, on the scored examples.
        public let classes: [ClassReport]
        /// How sure the kept model is.
        public let calibration: Calibration
        /// Examples that the kept model has learnt from.
        public let trainingCount: Int
        /// Examples scored on.
        public let heldOutCount: Int
        /// Texts that are longer than the kept model reads.
        public let truncatedCount: Int
        /// What of a file of labels was of no use; nil where labels stand beside their texts.
        public let joining: Joining?
        /// How fine-tuning went; nil where it was not tried.
        public var fineTuning: FineTuningReport?
        /// How long all took, in milliseconds.
        public let elapsedMilliseconds: Double
        /// What `html` shows.
        var page: TrainingReport?

        private enum CodingKeys: String, CodingKey {
            case method, accuracy, scoring, trials, labels, classes, calibration
            case macroF1 = "macro_f1"
            case trainingCount = "training_examples"
            case heldOutCount = "held_out_examples"
            case truncatedCount = "truncated_texts"
            case joining = "label_file"
            case fineTuning = "fine_tuning"
            case elapsedMilliseconds = "elapsed_ms"
        }
    }

    /// Trains from files and folders of labelled texts and writes the best model as a folder, which
    /// `TextClassifier.load` and, when it was fine-tuned, `transformers` read.
    ///
    /// - Parameters:
    ///   - paths: Files of records (`.csv`, `.tsv`, `.jsonl`) with a text, or two, and a label each; or folders with a
    ///     folder of text files for each class.
    ///   - heldOut: Files of labelled texts to score on; without any, a part of the examples or all of them in turn.
    ///   - folder: The folder to write; there must be none yet.
    ///   - configuration: The model to start from (its `model`, else the best installed one), and threads.
    /// - Throws: `CancellationError` when the task is cancelled; `AkinError`: `.noModel`, `.noInput` or `.invalidData`
    ///   for examples that cannot be learnt from, `.cannotCreate` for a folder that is there or cannot be made.
    public func run(
        on paths: [String], heldOut: [String] = [], output folder: String,
        configuration: Database.Configuration = Database.Configuration(),
        progress: ProgressHandler? = nil
    ) async throws -> Report {
        try await offload {
            try ClassifierSelection(self, configuration, progress).run(
                paths, scored: heldOut, URL(fileURLWithPath: folder))
        }
    }

    /// Trains from the documents of a store: each that has exactly one value in the metadata field `labelField` (by
    /// default `label`) is an example, its title and text the text. Labels that a model has given are not learnt from.
    /// With `labelsPath` the documents are examples that the file there names by their id or the path of their file.
    ///
    /// Where the encoder is the store's own, the vectors that the store has are learnt from.
    ///
    /// - Parameters:
    ///   - database: The store.
    ///   - filter: Only documents that meet it.
    ///   - folder: The folder to write; there must be none yet.
    ///   - configuration: The model to start from (its `model`, else the store's own, else the best installed one), and
    ///     threads.
    /// - Throws: as the training from files; `.noInput` where no document has such a label.
    public func run(
        on database: Database, where filter: Database.Filter? = nil, output folder: String,
        configuration: Database.Configuration = Database.Configuration(), progress: ProgressHandler? = nil
    ) async throws -> Report {
        let labelFile = try labelFile()
        let field = labelField ?? "label"
        return try await offload {
            var configuration = configuration
            let (examples, known, joining) = try database.store.read { reader in
                let space = try database.activeSpace(reader).flatMap { $0.isImported ? nil : $0 }
                if configuration.model == nil, let space,
                    let encoder = try? database.encoder(of: space, reader: reader) as? any FolderEncoder
                {
                    configuration.model = encoder.folder.path
                }
                var known = KnownVectors(fingerprint: space?.fingerprint ?? "")
                let labelled =
                    try labelFile.map { try LabelledDocuments($0, filter: filter, reader, of: database.path) }
                    ?? LabelledDocuments(field: field, filter: filter, reader, of: database.path)
                let examples = try labelled.documents.compactMap { row, label -> LabelledText? in
                    guard let example = try database.example(row, space: space, reader), example.text.hasVisibleText
                    else { return nil }
                    if let vector = example.vector { known.byText[example.text] = vector }
                    return LabelledText(text: example.text, label: label)
                }
                return (examples, known, labelled.joining)
            }
            var selection = ClassifierSelection(self, configuration, progress)
            selection.known = known
            let folder = URL(fileURLWithPath: folder)
            try ModelFolderWriter.requireFree(folder)
            let source = "\(labelFile?.path ?? "The field \(field)") of \(database.path)"
            return try selection.run(
                try ClassifierExamples(examples, of: source, joining: joining), of: source, folder)
        }
    }

    /// The file of labels, if there is one. Throws as `LabelFile` does.
    func labelFile() throws -> LabelFile? {
        try labelsPath.map { try LabelFile(path: $0, idField: idField, labelField: labelField) }
    }
}
