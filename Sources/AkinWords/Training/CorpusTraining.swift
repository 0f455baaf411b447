import AkinCore
import AkinVectors
import Crypto
import Foundation
import Synchronization

/// Word vectors trained on text files.
package struct CorpusTraining: Sendable {
    /// The result of a training.
    package struct Outcome: Sendable {
        package let embeddings: WordEmbeddings
        /// The number of words in the corpus, those that were not trained included.
        package let words: Int
        package let epochs: Int
        /// Seconds of training alone, and the words that were visited in them.
        package let seconds: Double
        package let visited: Double
        /// The mean loss of a prediction at the end.
        package let loss: Double?
        package let skippedLines: Int
        /// `FILE:LINE` of the first lines that are not UTF-8 and were left out.
        package let skippedPlaces: [String]
        /// Whether the training went on from a checkpoint.
        package let resumed: Bool
    }

    package let inputs: [String]
    package let options: WordTrainingOptions
    /// Where the state is kept in case the training is interrupted; nil keeps none.
    package let checkpointPath: String?
    /// The folder in which temporary files take disk space: as much as the corpus or, for GloVe, its co-occurrences.
    package let scratchFolder: String

    package init(inputs: [String], options: WordTrainingOptions, checkpointPath: String?, scratchFolder: String) {
        self.inputs = inputs
        self.options = options
        self.checkpointPath = checkpointPath
        self.scratchFolder = scratchFolder
    }

    /// Reads the files, trains, and removes the checkpoint.
    ///
    /// - Parameters:
    ///   - isCancelled: asked now and then; true ends the work at a safe point, with a checkpoint.
    ///   - progress: called now and then, from any thread.
    /// - Throws: `CancellationError`; `AkinError(.noInput)` when no word occurs often enough; `.invalidArgument` for
    ///   options out of range.
    package func run(
        isCancelled: @escaping @Sendable () -> Bool = { false },
        progress: @escaping @Sendable (TrainingState) -> Void = { _ in }
    ) throws -> Outcome {
        try options.validate()
        let corpus = try TrainingCorpus(
            lines: CorpusLines(paths: inputs), rule: options.tokens, minimumCount: options.chosenMinimumCount,
            folder: scratchFolder,
            isCancelled: isCancelled
        ) { words in progress(TrainingState(phase: .reading, words: Double(words), total: nil, loss: nil)) }
        guard corpus.vocabulary.count > 1 else {
            throw AkinError(
                .noInput,
                "Fewer than two words of \(inputs.joined(separator: ", ")) occur \(options.chosenMinimumCount) times or more, so there is "
                    + "nothing to train on: add more text, or lower the minimum count.")
        }
        let checkpoint = checkpointPath.map { TrainingCheckpoint(path: $0, fingerprint: fingerprint(of: corpus)) }
        let resumed = checkpoint?.exists ?? false
        let began = Mutex<(time: ContinuousClock.Instant, words: Double)?>(nil)
        let last = Mutex<TrainingState?>(nil)
        let report: @Sendable (TrainingState) -> Void = { state in
            if state.phase == .training {
                began.withLock { if $0 == nil { $0 = (.now, state.words) } }
                last.withLock { $0 = state }
            }
            progress(state)
        }
        let embeddings =
            switch options.algorithm {
            case .glove:
                try GloVeTrainer(corpus: corpus, options: options, folder: scratchFolder)
                    .train(checkpoint: checkpoint, isCancelled: isCancelled, progress: report)
            default:
                try WordVectorTrainer(corpus: corpus, options: options)
                    .train(checkpoint: checkpoint, isCancelled: isCancelled, progress: report)
            }
        let (start, end) = (began.withLock { $0 }, last.withLock { $0 })
        return Outcome(
            embeddings: embeddings, words: corpus.vocabulary.total, epochs: options.chosenEpochs,
            seconds: start.map { (ContinuousClock.now - $0.time) / .seconds(1) } ?? 0,
            visited: max(0, (end?.words ?? 0) - (start?.words ?? 0)), loss: end?.loss,
            skippedLines: corpus.skippedCount,
            skippedPlaces: corpus.skipped.map { "\($0.path):\($0.line)" }, resumed: resumed)
    }

    /// SHA-256 over everything that decides the course of the training except the number of threads.
    private func fingerprint(of corpus: TrainingCorpus) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: Data(options.course.utf8))
        for word in 0..<corpus.vocabulary.count {
            hash.update(data: corpus.vocabulary.table.bytes(at: word))
            hash.update(data: Data(" \(corpus.vocabulary.counts[word])\n".utf8))
        }
        hash.update(data: Data("\(corpus.words.count)".utf8))
        return Array(hash.finalize())
    }
}
