import AkinVectors
import Foundation

/// Trains skip-gram, continuous bag of words and fastText on a corpus.
///
/// The corpus is cut into chunks of some thousand words, which the threads take one after another, epoch after epoch. What a chunk does
/// depends on its number and the seed alone, so that a training goes on after any chunk as if it had never stopped; with one thread to the
/// same bytes.
struct EmbeddingTrainer {
    let corpus: TrainingCorpus
    let options: EmbeddingTrainingOptions
    private let hashing: SubwordHashing
    /// The buckets that words of the vocabulary fall into, ascending; their rows follow those of the words.
    private let buckets: [UInt32]
    private let network: EmbeddingNetwork
    private let chunkSize: Int

    init(corpus: TrainingCorpus, options: EmbeddingTrainingOptions) {
        self.corpus = corpus
        self.options = options
        let vocabulary = corpus.vocabulary
        hashing = SubwordHashing(lengths: options.subwordLengths, bucketCount: options.bucketCount, includesWhole: true)
        var parts: RowLists?
        if options.algorithm == .fastText {
            (buckets, parts) = Self.subwords(of: vocabulary, hashing: hashing)
        } else {
            buckets = []
        }
        let input = EmbeddingRows(count: vocabulary.count + buckets.count, dimension: options.dimension)
        let output = EmbeddingRows(count: vocabulary.count, dimension: options.dimension)
        var random = SeededGenerator(seed: options.seed)
        // The ranges of word2vec and of fastText
        input.randomize(magnitude: (parts == nil ? 0.5 : 1) / Float(options.dimension), random: &random)
        let objective: EmbeddingNetwork.Objective
        switch options.loss {
        case .negativeSampling:
            let weights = vocabulary.counts.map { pow(Double($0), options.chosenNoiseExponent) }
            objective = .negativeSampling(noise: AliasTable(weights: weights), count: options.negatives)
        case .hierarchicalSoftmax:
            let coding = HuffmanCoding(counts: vocabulary.counts)
            objective = .hierarchicalSoftmax(paths: coding.paths, labels: coding.labels)
        }
        network = EmbeddingNetwork(
            architecture: options.algorithm == .continuousBagOfWords ? .continuousBagOfWords
                : options.algorithm == .fastText ? options.architecture : .skipGram,
            objective: objective, window: options.window, keep: Self.keepProbabilities(vocabulary, sample: options.sample), parts: parts,
            input: input, output: output)
        chunkSize = min(10_000, max(500, corpus.words.count / 256))
    }

    private var chunksPerEpoch: Int { max(1, (corpus.words.count + chunkSize - 1) / chunkSize) }

    /// Trains to the end, or until it is told to stop; then the checkpoint holds what was reached.
    func train(
        checkpoint: TrainingCheckpoint?, isCancelled: @escaping @Sendable () -> Bool, progress: @escaping @Sendable (TrainingState) -> Void
    ) throws -> WordEmbeddings {
        let total = chunksPerEpoch * options.epochs
        let schedule = TrainingSchedule(
            steps: total, words: corpus.vocabulary.total * options.epochs, threads: options.threads,
            checkpointInterval: options.checkpointInterval, tables: [network.input, network.output], checkpoint: checkpoint)
        try schedule.run(isCancelled: isCancelled, progress: progress) {
            let worker = EmbeddingWorker(network: network)
            return { step in train(chunk: step, of: total, with: worker) }
        }
        return embeddings()
    }

    private func train(chunk step: Int, of total: Int, with worker: EmbeddingWorker) -> (loss: Double, predictions: Int) {
        let chunk = step % chunksPerEpoch
        let rate = options.chosenLearningRate * max(1e-4, 1 - Float(step) / Float(total))
        let range = chunk * chunkSize..<min(corpus.words.count, (chunk + 1) * chunkSize)
        return worker.train(corpus.words, chunk: range, rate: rate, seed: options.seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(step))
    }

    private func embeddings() -> WordEmbeddings {
        let vocabulary = corpus.vocabulary
        guard let parts = network.parts else {
            return WordEmbeddings(
                table: vocabulary.table, vectors: network.input.matrix(rows: 0..<vocabulary.count), counts: vocabulary.counts)
        }
        var vectors = Matrix(rows: vocabulary.count, columns: options.dimension)
        for word in 0..<vocabulary.count { network.input.mean(of: parts[word], into: &vectors, row: word) }
        let rows = network.input.matrix(rows: vocabulary.count..<network.input.count)
        return WordEmbeddings(
            table: vocabulary.table, vectors: vectors, counts: vocabulary.counts,
            subwords: SubwordVectors(hashing: hashing, buckets: buckets, rows: .matrix(rows)))
    }

    /// The buckets that are in use, and the rows of each word: its own and those of its n-grams.
    private static func subwords(of vocabulary: WordVocabulary, hashing: SubwordHashing) -> ([UInt32], RowLists) {
        var used = Set<UInt32>()
        for word in 0..<vocabulary.count { hashing.forEachBucket(of: vocabulary.table.bytes(at: word)) { used.insert($0) } }
        let buckets = used.sorted()
        let rows = Dictionary(uniqueKeysWithValues: buckets.enumerated().map { ($1, Int32(vocabulary.count + $0)) })
        var lists = RowLists()
        var list: [Int32] = []
        for word in 0..<vocabulary.count {
            list.removeAll(keepingCapacity: true)
            list.append(Int32(word))
            hashing.forEachBucket(of: vocabulary.table.bytes(at: word)) { if let row = rows[$0] { list.append(row) } }
            lists.append(list)
        }
        return (buckets, lists)
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
