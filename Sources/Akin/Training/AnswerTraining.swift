import AkinCore
import AkinTokenizers
import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation

/// Trains a model that finds the stretch of a text that answers a question.
///
/// ```swift
/// let report = try await AnswerTraining().run(on: ["squad.json"], output: "models/answers")
/// print(report.f1, report.exactMatch)
/// ```
///
/// The same examples and settings give the same model, whatever the number of threads.
public struct AnswerTraining: Sendable {
    /// Passes over the questions.
    public var epochs = 3
    /// Questions of a step, each with a part of its text.
    public var batchSize = 16
    /// The largest learning rate.
    public var learningRate = 1e-4
    /// The share of the texts whose questions are scored on and not learnt from, 0 … 1; not used where files are given
    /// for that.
    public var heldOutShare = 0.1
    /// Passes without a better held-out score after which the training ends; the weights of its best pass are kept. nil makes
    /// all passes and keeps the last. The held-out part then chooses too, so its score flatters a little.
    public var patience: Int?
    /// Decides the split, the order of the questions, dropout and the head's first weights.
    public var seed: UInt64 = 1
    /// The most tokens of question and text that are read together; longer texts are read in overlapping parts. nil takes
    /// what ``AnswerExtractor`` reads, 384, or what the model can.
    public var maximumTokens: Int?
    /// The bytes that the process may take; nil takes four fifths of what is free when the training starts. A step that needs
    /// more is made in parts.
    public var memory: Int?
    /// How often the run's state is kept beside the folder to write, as `FOLDER.checkpoint`. When the process ends before
    /// its time, the same training goes on from there to the same model.
    public var checkpointInterval = Duration.seconds(60)

    /// The defaults fit some thousand questions.
    public init() {}

    /// What was trained. Scores are of the held-out part, as ``AnswerExtractor`` answers its questions; where all of them
    /// have an answer, its best candidate counts even where it holds “no answer” to be likelier.
    public struct Report: Sendable, Codable {
        /// The share of questions whose answer is letter for letter a right one, but for case, punctuation and articles.
        public let exactMatch: Double
        /// The mean overlap of words with a right answer: the harmonic mean of precision and recall.
        public let f1: Double
        /// Questions learnt from.
        public let trainingCount: Int
        /// Parts of texts that they were learnt from.
        public let windowCount: Int
        /// Questions scored on.
        public let heldOutCount: Int
        /// Those of them without an answer in their text.
        public let unanswerableCount: Int
        /// How the run went; its scores after each pass are F1.
        public let fineTuning: FineTuningReport
        /// How long all took, in milliseconds.
        public let elapsedMilliseconds: Double

        private enum CodingKeys: String, CodingKey {
            case f1
            case exactMatch = "exact_match"
            case trainingCount = "training_questions"
            case windowCount = "training_windows"
            case heldOutCount = "held_out_questions"
            case unanswerableCount = "held_out_unanswerable"
            case fineTuning = "fine_tuning"
            case elapsedMilliseconds = "elapsed_ms"
        }
    }

    /// Trains from files of questions with texts and answers, and writes the model as a folder, which
    /// `AnswerExtractor.load` and `transformers` read. All questions of one text are on one side of the split.
    ///
    /// - Parameters:
    ///   - paths: SQuAD's files (`.json`, 1.1 or 2.0), or records with `question`, `context`, `answer` and `start`.
    ///   - heldOut: Files to score on; without them a share of the texts is held out.
    ///   - folder: The folder to write; there must be none yet.
    ///   - configuration: The model to start from (its `model`, else the best installed one), and threads.
    /// - Throws: `CancellationError` when the task is cancelled; `AkinError`: `.noModel`, `.noInput` or `.invalidData`
    ///   for questions that cannot be learnt from, `.invalidArgument` for a question that leaves no room for a text,
    ///   `.cannotCreate` for a folder that is there or cannot be made.
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
        let read = Dataset(try QuestionReader().read(paths))
        let (training, heldOut) = try read.parts(
            scoring: heldOutPaths.isEmpty ? nil : try QuestionReader().read(heldOutPaths), holdingOut: heldOutShare,
            seed: seed)
        guard training.examples.contains(where: { !$0.isImpossible }) else {
            throw AkinError(
                .invalidData, "No question that is left to learn from has an answer; add some, or hold out less.")
        }
        let encoder = try EncoderResolver(configuration: configuration).model(named: configuration.model)
        var tuning = try FineTuning(
            encoder, maximumTokens: maximumTokens, epochs: epochs, batchSize: batchSize, learningRate: learningRate,
            seed: seed, memory: memory, patience: patience, configuration, progress)
        let window = AnswerExtractor.window
        // Not what the encoder reads, which may be less: what the network has positions for, as in extraction.
        let limit = min(maximumTokens ?? window.tokens, tuning.network.maximumPositions)
        let tokenizer = try tuning.network.wordPieceTokenizer()
        func sequences(_ examples: [QuestionExample]) throws -> [AnswerSpanTraining.Sequence] {
            try Parallel.map(examples, threads: configuration.threads) { example in
                try AnswerSpanTraining.Sequence.sequences(
                    of: example, tokenizer: tokenizer, limit: limit, stride: min(window.stride, limit / 2))
            }.flatMap { $0 }
        }
        let (learnt, scored) = (try sequences(training.examples), try sequences(heldOut.examples))
        let checkpoint = try tuning.prepare(
            .questionAnswering, for: folder, labels: ["answers"],
            examples: learnt.lazy.map(\.idsAndTargets), scored: scored.lazy.map(\.idsAndTargets),
            interval: checkpointInterval)
        let trainer = try AnswerSpanTraining(
            source: tuning.network.folder, sequences: learnt, longest: scored.map(\.ids.count).max() ?? 1,
            settings: tuning.settings)
        let (reading, threads) = (AnswerReading(tokenizer, limit: limit), configuration.threads)
        let evaluate = {
            try Self.scores(heldOut.examples) { questions in
                try reading.answers(questions, count: 1, threads: threads) { windows, body in
                    var found: [WindowAnswers] = []
                    trainer.scores(windows) { found.append(body($0, $1)) }
                    return found
                }
            }.f1
        }
        try tuning.train(trainer, checkpoint: checkpoint, evaluate: heldOut.count == 0 ? nil : evaluate)
        try trainer.write(to: folder)
        checkpoint.remove()
        let extractor = AnswerExtractor(
            model: try BERTTaskModel(folder: folder, precision: tuning.network.precision), threads: threads)
        let scores = try Self.scores(heldOut.examples) { try extractor.answersNow($0, count: 1) }
        return Report(
            exactMatch: scores.exactMatch, f1: scores.f1, trainingCount: training.count,
            windowCount: learnt.count, heldOutCount: heldOut.count,
            unanswerableCount: heldOut.examples.filter(\.isImpossible).count,
            fineTuning: FineTuningReport(trainer, tuning),
            elapsedMilliseconds: (ContinuousClock.now - start) / .milliseconds(1))
    }

    /// - Parameter answers: the answers to some questions, in their order.
    private static func scores(
        _ examples: [QuestionExample], _ answers: ([QuestionContext]) throws -> [ExtractedAnswers]
    ) throws -> AnswerScores {
        let mayHaveNone = examples.contains(where: \.isImpossible)
        var scores: [AnswerScores.Score] = []
        for first in stride(from: 0, to: examples.count, by: 256) {
            try CancellationFlag.check()
            let part = examples[first..<min(first + 256, examples.count)]
            let found = try answers(part.map { QuestionContext($0.question, context: $0.context) })
            scores += zip(part, found).map { example, found in
                let answer = mayHaveNone ? found.best : found.candidates.first
                return AnswerScores.Score(answer?.text ?? "", answers: example.answers.map(\.text))
            }
        }
        return AnswerScores(scores)
    }
}

extension AnswerSpanTraining.Sequence {
    fileprivate var idsAndTargets: (ids: [Int32], targets: [Int32]) {
        (ids, segments + [answer.lowerBound, answer.upperBound].map(Int32.init))
    }
}
