public import AkinWords
import AkinCore
import Foundation

/// The vectors of a training, with its figures.
public struct WordTrainingOutcome: Sendable {
    /// The vectors that were trained.
    public let vectors: WordVectors
    /// How the training went: words, times, loss.
    public let summary: WordTrainingSummary
}

/// The figures of a training.
public struct WordTrainingSummary: Sendable, Codable {
    /// The algorithm that trained them.
    public let algorithm: WordAlgorithm
    /// The number of words that have a vector.
    public let words: Int
    /// The number of components of a vector.
    public let dimension: Int
    /// The number of words in the corpus, those that are too rare included.
    public let corpusWords: Int
    /// The number of passes over the corpus.
    public let epochs: Int
    /// The time of training in milliseconds, the reading of the corpus left out.
    public let elapsedMilliseconds: Double
    /// Words trained a second in that time, over all epochs.
    public let wordsPerSecond: Double
    /// The mean loss of a prediction at the end of the training; nil where none was measured.
    public let loss: Double?
    /// The number of lines that are not UTF-8 and were left out.
    public let skippedLines: Int
    /// The first of those lines, as FILE:LINE.
    public let skipped: [String]
    /// Whether the training went on from a checkpoint.
    public let resumed: Bool
}

extension WordVectors {
    /// Trains word vectors on text files, in which each line is a sentence or a paragraph. Files may be larger than
    /// memory.
    ///
    /// - Parameters:
    ///   - paths: files of UTF-8; `-` is standard input.
    ///   - checkpoint: a file that keeps the state of the training every minute and when the task is cancelled; the
    ///     same call continues from it. It is removed at the end. nil keeps none.
    /// - Throws: `CancellationError` when the task is cancelled; `AkinError`: `.noInput` for a missing file or one
    ///   without enough words, `.incompatible` for the checkpoint of another training, `.invalidArgument` for options
    ///   out of range.
    public static func train(
        on paths: [String], options: WordTrainingOptions = WordTrainingOptions(), checkpoint: String? = nil,
        progress: ProgressHandler? = nil
    ) async throws -> WordTrainingOutcome {
        let folder = checkpoint?.pathFolder ?? NSTemporaryDirectory()
        let training = CorpusTraining(
            inputs: paths, options: options, checkpointPath: checkpoint,
            scratchFolder: folder.isEmpty ? "." : folder)
        return try await offload {
            let cancellation = CancellationFlag.current
            let outcome = try training.run(isCancelled: { cancellation?.isCancelled ?? false }) { state in
                progress?(
                    WorkProgress(
                        phase: .init(rawValue: state.phase.rawValue), completed: state.words, total: state.total,
                        unit: .words,
                        documents: 0,
                        note: state.loss.map { "loss " + String(format: "%.4f", $0) }))
            }
            let embeddings = outcome.embeddings
            return WordTrainingOutcome(
                vectors: WordVectors(embeddings),
                summary: WordTrainingSummary(
                    algorithm: options.algorithm, words: embeddings.count, dimension: embeddings.dimension,
                    corpusWords: outcome.words,
                    epochs: outcome.epochs, elapsedMilliseconds: outcome.seconds * 1000,
                    wordsPerSecond: outcome.seconds > 0 ? outcome.visited / outcome.seconds : 0, loss: outcome.loss,
                    skippedLines: outcome.skippedLines, skipped: outcome.skippedPlaces, resumed: outcome.resumed))
        }
    }
}
