import AkinCore
import AkinVectors

extension WordVectorModel {
    /// Trains word vectors on a corpus.
    ///
    /// - Parameters:
    ///   - corpus: visits every text, in the same order each time; called twice.
    ///   - progress: called now and then, from any thread.
    /// - Throws: `AkinError(.noInput)` when the corpus has no word that occurs often enough, `.invalidArgument` for
    ///   options out of range, and whatever `corpus` throws.
    package static func train(
        corpus: (_ body: (String) throws -> Void) throws -> Void,
        options: WordModelOptions = WordModelOptions(),
        progress: (@Sendable (WordTrainingProgress) -> Void)? = nil
    ) throws -> WordVectorModel {
        try options.validate()
        progress?(WordTrainingProgress(phase: .reading, fraction: 0))
        let stream = try WordStream(corpus: corpus, options: options)
        progress?(WordTrainingProgress(phase: .reading, fraction: 1))
        guard stream.vocabulary.count > 0 else {
            throw AkinError(
                .noInput,
                "No word of the corpus occurs \(options.training.minimumCount ?? 1) times or more, so there is nothing to train on; add more text."
            )
        }
        let method = options.method ?? options.chosenMethod(words: stream.words.count)
        let draft =
            switch method {
            case .skipGramSubword: try skipGram(stream, options, progress)
            case .ppmiSVD: ppmiSVD(stream, options, progress)
            }
        return draft.replacing(component: draft.principalComponent(of: stream))
    }

    /// No component is removed for fewer texts than this, because it would be what they are about.
    private static let leastTextsForComponent = 20
    /// Of more texts, evenly spread ones are taken.
    private static let mostTextsForComponent = 20_000

    /// The first principal component of the texts' SIF means, each at unit length.
    private func principalComponent(of stream: WordStream) -> [Float] {
        var result = CommonDirection(dimension: dimension)
        var sum = [Float](repeating: 0, count: dimension)
        guard stream.textCount >= Self.leastTextsForComponent else { return sum }
        for text in Swift.stride(
            from: 0, to: stream.textCount, by: max(1, stream.textCount / Self.mostTextsForComponent))
        {
            for index in sum.indices { sum[index] = 0 }
            for position in stream.bounds[text]..<stream.bounds[text + 1] {
                let word = Int(stream.words[position])
                Self.add(wordVectors, word, weight(ofWord: word), to: &sum)
            }
            result.add(VectorMath.normalized(sum))
        }
        return result.direction()
    }

    private static func skipGram(
        _ stream: WordStream, _ options: WordModelOptions,
        _ progress: (@Sendable (WordTrainingProgress) -> Void)?
    ) throws -> WordVectorModel {
        let hashing = SubwordHashing(lengths: options.training.subwordLengths, bucketCount: options.training.buckets)
        let subwords = Subwords.shared(of: stream.vocabulary, hashing: hashing)
        let corpus = TrainingCorpus(
            vocabulary: stream.vocabulary, words: WordIDs(words: stream.words, bounds: stream.bounds))
        let trained = try WordVectorTrainer(
            corpus: corpus, options: options.skipGram(words: stream.words.count), subwords: subwords
        )
        .train(checkpoint: nil, isCancelled: { false }) { state in
            progress?(WordTrainingProgress(phase: .training, fraction: state.words / max(state.total ?? 1, 1)))
        }
        guard case .matrix(let bucketVectors)? = trained.subwords?.rows else {
            preconditionFailure("Trained subwords are a matrix.")
        }
        return WordVectorModel(
            method: .skipGramSubword, vocabulary: stream.vocabulary, wordVectors: trained.vectors, hashing: hashing,
            buckets: subwords.buckets, bucketVectors: bucketVectors, sifParameter: options.sifParameter,
            component: [Float](repeating: 0, count: options.training.dimension))
    }

    private static func ppmiSVD(
        _ stream: WordStream, _ options: WordModelOptions,
        _ progress: (@Sendable (WordTrainingProgress) -> Void)?
    ) -> WordVectorModel {
        let matrix = PPMIMatrix(stream: stream, window: 2 * options.training.chosenWindow)
        progress?(WordTrainingProgress(phase: .training, fraction: 0.3))
        let dimension = min(options.training.dimension, stream.vocabulary.count)
        let svd = RandomizedSVD(of: matrix, rank: dimension, seed: options.training.seed)
        let scales = svd.values.map { $0.squareRoot() }
        var vectors = svd.vectors
        for row in 0..<vectors.rows { vectors.setRow(row, zip(vectors.row(row), scales).map { $0 * $1 }) }
        vectors.normalizeRows()
        progress?(WordTrainingProgress(phase: .training, fraction: 1))
        return WordVectorModel(
            method: .ppmiSVD, vocabulary: stream.vocabulary, wordVectors: vectors,
            hashing: SubwordHashing(lengths: options.training.subwordLengths, bucketCount: 0), buckets: [],
            bucketVectors: Matrix(rows: 0, columns: dimension), sifParameter: options.sifParameter,
            component: [Float](repeating: 0, count: dimension))
    }

    private func replacing(component: [Float]) -> WordVectorModel {
        WordVectorModel(
            method: method, vocabulary: vocabulary, wordVectors: wordVectors, hashing: hashing, buckets: buckets,
            bucketVectors: bucketVectors, sifParameter: sifParameter, component: component)
    }
}
