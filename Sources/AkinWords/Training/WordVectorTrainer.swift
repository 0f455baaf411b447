import AkinVectors
import Foundation

/// Trains skip-gram, continuous bag of words and fastText on a corpus.
///
/// The corpus is cut into chunks of some thousand words, which the threads take one after another, epoch after epoch.
/// What a chunk does depends on its number and the seed alone, so that a training goes on after any chunk as if it had
/// never stopped; with one thread it gives the same bytes.
struct WordVectorTrainer {
    let corpus: TrainingCorpus
    let options: WordTrainingOptions
    private let subwords: Subwords?
    private let network: WordVectorNetwork
    private let chunkSize: Int

    /// - Parameter subwords: nil for all those of the vocabulary where the algorithm uses them, and none where it does
    ///   not.
    init(corpus: TrainingCorpus, options: WordTrainingOptions, subwords: Subwords? = nil) {
        self.corpus = corpus
        self.options = options
        let vocabulary = corpus.vocabulary
        let hashing = SubwordHashing(
            lengths: options.subwordLengths, bucketCount: options.buckets, includesWhole: true)
        let subwords = subwords ?? (options.algorithm == .fasttext ? .all(of: vocabulary, hashing: hashing) : nil)
        self.subwords = subwords
        let input = WordVectorRows(
            count: vocabulary.count + (subwords?.buckets.count ?? 0), dimension: options.dimension)
        let output = WordVectorRows(count: vocabulary.count, dimension: options.dimension)
        var random = SeededGenerator(seed: options.seed)
        // The range of fastText and gensim; word2vec's is half of it, from which short trainings start more slowly.
        input.randomize(magnitude: 1 / Float(options.dimension), random: &random)
        let objective: WordVectorNetwork.Objective
        switch options.loss {
        case .negativeSampling:
            let weights = vocabulary.counts.map { pow(Double($0), options.chosenNoiseExponent) }
            objective = .negativeSampling(noise: AliasTable(weights: weights), count: options.negative)
        case .hierarchicalSoftmax:
            let coding = HuffmanCoding(counts: vocabulary.counts)
            objective = .hierarchicalSoftmax(paths: coding.paths, labels: coding.labels)
        }
        network = WordVectorNetwork(
            architecture: options.algorithm == .cbow
                ? .cbow
                : options.algorithm == .fasttext ? options.architecture : .skipgram,
            objective: objective, window: options.chosenWindow,
            keep: Self.keepProbabilities(vocabulary, sample: options.sample),
            parts: subwords?.parts, input: input, output: output)
        chunkSize = min(10_000, max(500, corpus.words.count / 256))
    }

    private var chunksPerEpoch: Int { max(1, (corpus.words.count + chunkSize - 1) / chunkSize) }

    /// Trains to the end, or until it is cancelled; then the checkpoint holds what was reached.
    func train(
        checkpoint: TrainingCheckpoint?, isCancelled: @escaping @Sendable () -> Bool,
        progress: @escaping @Sendable (TrainingState) -> Void
    ) throws -> WordEmbeddings {
        let total = chunksPerEpoch * options.chosenEpochs
        let schedule = TrainingSchedule(
            steps: total, words: corpus.vocabulary.total * options.chosenEpochs, threads: options.chosenThreads,
            checkpointInterval: options.checkpointInterval, tables: [network.input, network.output],
            checkpoint: checkpoint)
        try schedule.run(isCancelled: isCancelled, progress: progress) {
            let worker = WordVectorWorker(network: network)
            return { step in train(chunk: step, of: total, with: worker) }
        }
        return embeddings()
    }

    private func train(chunk step: Int, of total: Int, with worker: WordVectorWorker) -> (
        loss: Double, predictions: Int
    ) {
        let chunk = step % chunksPerEpoch
        let rate = options.chosenLearningRate * max(1e-4, 1 - Float(step) / Float(total))
        let range = chunk * chunkSize..<min(corpus.words.count, (chunk + 1) * chunkSize)
        return worker.train(
            corpus.words, chunk: range, rate: rate, seed: options.seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(step))
    }

    private func embeddings() -> WordEmbeddings {
        let vocabulary = corpus.vocabulary
        guard let subwords else {
            return WordEmbeddings(
                table: vocabulary.table, vectors: network.input.matrix(rows: 0..<vocabulary.count),
                counts: vocabulary.counts)
        }
        var vectors = Matrix(rows: vocabulary.count, columns: options.dimension)
        for word in 0..<vocabulary.count { network.input.mean(of: subwords.parts[word], into: &vectors, row: word) }
        let rows = network.input.matrix(rows: vocabulary.count..<network.input.count)
        return WordEmbeddings(
            table: vocabulary.table, vectors: vectors, counts: vocabulary.counts,
            subwords: SubwordVectors(hashing: subwords.hashing, buckets: subwords.buckets, rows: .matrix(rows)))
    }

    /// min(1, √(t/f) + t/f) of each word, f its share of the words that are learned.
    private static func keepProbabilities(_ vocabulary: WordVocabulary, sample: Double) -> [Float] {
        let total = Double(vocabulary.counts.reduce(0, +))
        return vocabulary.counts.map { count in
            let ratio = sample * total / Double(count)
            return sample > 0 ? Float(min(1, ratio.squareRoot() + ratio)) : 1
        }
    }
}
