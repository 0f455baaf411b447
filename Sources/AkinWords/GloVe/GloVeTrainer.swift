import AkinVectors
import Synchronization

/// Trains GloVe on a corpus: counts pairs, then fits their logarithms, the threads taking chunks of pairs one after
/// another.
struct GloVeTrainer {
    let corpus: TrainingCorpus
    let options: WordTrainingOptions
    /// The folder in which the pairs take disk space.
    let folder: String

    private static let chunkSize = 20_000

    /// Trains to the end, or until it is cancelled; then the checkpoint holds what was reached. When a training is
    /// resumed, the pairs are counted again.
    func train(
        checkpoint: TrainingCheckpoint?, isCancelled: @escaping @Sendable () -> Bool,
        progress: @escaping @Sendable (TrainingState) -> Void
    ) throws -> WordEmbeddings {
        let corpusWords = Double(corpus.vocabulary.total)
        let records = try CooccurrenceRecords(
            counter: CooccurrenceCounter(
                words: corpus.words, window: options.chosenWindow, memory: options.memory, folder: folder,
                threads: options.chosenThreads),
            saturation: options.saturation, seed: options.seed, isCancelled: isCancelled
        ) { share in
            progress(TrainingState(phase: .counting, words: share * corpusWords, total: corpusWords, loss: nil))
        }
        var random = SeededGenerator(seed: options.seed)
        let rows = GloVeRows(count: corpus.vocabulary.count, dimension: options.dimension, random: &random)
        let chunks = max(1, (records.count + Self.chunkSize - 1) / Self.chunkSize)
        let schedule = TrainingSchedule(
            steps: chunks * options.chosenEpochs, words: corpus.vocabulary.total * options.chosenEpochs,
            threads: options.chosenThreads,
            checkpointInterval: options.checkpointInterval, tables: [rows.words, rows.contexts], checkpoint: checkpoint)
        try schedule.run(isCancelled: isCancelled, progress: progress) {
            { step in
                let chunk = step % chunks
                let range = chunk * Self.chunkSize..<min(records.count, (chunk + 1) * Self.chunkSize)
                return (rows.train(records, range: range, rate: options.chosenLearningRate), 2 * range.count)
            }
        }
        return WordEmbeddings(table: corpus.vocabulary.table, vectors: rows.vectors(), counts: corpus.vocabulary.counts)
    }
}
