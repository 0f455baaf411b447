import AkinCore
import AkinVectors

/// How word vectors are trained on a corpus. Letters are those of the papers.
package struct EmbeddingTrainingOptions: Sendable {
    package enum Algorithm: String, Sendable, CaseIterable {
        /// Word2vec's skip-gram (Mikolov et al. 2013).
        case skipGram = "skipgram"
        /// Word2vec's continuous bag of words.
        case continuousBagOfWords = "cbow"
        /// Words as the mean of themselves and their character n-grams (Bojanowski et al. 2017).
        case fastText = "fasttext"
        /// Logarithms of co-occurrence counts, fitted by weighted least squares (Pennington et al. 2014).
        case gloVe = "glove"
    }

    package enum Loss: String, Sendable, CaseIterable {
        case negativeSampling = "negative-sampling"
        case hierarchicalSoftmax = "hierarchical-softmax"
    }

    package var algorithm = Algorithm.skipGram
    /// What fastText predicts from what.
    package var architecture = EmbeddingNetwork.Architecture.skipGram
    package var loss = Loss.negativeSampling
    /// Components of a vector.
    package var dimension = 100
    /// The most words on each side that are context ("c").
    package var window = 5
    /// Noise words a step ("k").
    package var negatives = 5
    /// Passes over the corpus, or over its co-occurrences.
    package var epochs = 5
    /// Rarer words are not learned.
    package var minimumCount = 5
    /// The frequency above which words are thinned out ("t"): a word of frequency f is kept with probability √(t/f) +
    /// t/f; 0 keeps all.
    package var sample = 1e-3
    /// The learning rate at the start, which falls to a ten-thousandth of that; nil: 0.025 for skip-gram, 0.05 for the
    /// others, of which GloVe's stays.
    package var learningRate: Float?
    /// The exponent of a word's count in its share of the noise; nil: 0.75, and 0.5 with subwords, as their authors
    /// have it.
    package var noiseExponent: Double?
    /// Lengths of the character n-grams in scalars, with `<` and `>` at a word's ends; fastText only.
    package var subwordLengths = 3...6
    /// Hash buckets of the n-grams; only those that words of the vocabulary fall into take memory.
    package var bucketCount = 2_000_000
    /// GloVe's x_max: a pair that occurs x times weighs (x / x_max)^¾, at most 1.
    package var saturation = 10.0
    /// Memory for co-occurrences before they are put on the disk, in bytes; GloVe only.
    package var memory = 1 << 30
    package var rule = TokenRule.words
    package var seed: UInt64 = 1
    /// With one thread the same corpus and options give the same bytes, interrupted or not.
    package var threads = 1
    /// Seconds between two checkpoints.
    package var checkpointInterval = 60.0

    package init() {}

    var chosenLearningRate: Float { learningRate ?? (algorithm == .skipGram ? 0.025 : 0.05) }

    var chosenNoiseExponent: Double { noiseExponent ?? (algorithm == .fastText ? 0.5 : 0.75) }

    func validate() throws {
        func require(_ holds: Bool, _ message: String) throws {
            guard holds else { throw AkinError(.invalidArgument, "Word vector training needs \(message).") }
        }
        try require((1...4096).contains(dimension), "a dimension of 1 to 4096, not \(dimension)")
        try require((1...1000).contains(window), "a window of 1 to 1000 words, not \(window)")
        try require((1...1000).contains(negatives), "1 to 1000 negatives, not \(negatives)")
        try require((1...100_000).contains(epochs), "1 to 100000 epochs, not \(epochs)")
        try require(minimumCount >= 1, "a minimum count of at least 1, not \(minimumCount)")
        try require(sample >= 0 && sample.isFinite, "a sample threshold of 0 or more, not \(sample)")
        try require(
            learningRate.map { $0 > 0 && $0 <= 10 } ?? true,
            "a learning rate above 0 and up to 10, not \(learningRate ?? 0)")
        try require((1...Int(Int32.max)).contains(bucketCount), "1 to \(Int32.max) buckets, not \(bucketCount)")
        try require(
            subwordLengths.lowerBound >= 1 && subwordLengths.upperBound <= 100,
            "n-gram lengths of 1 to 100, not \(subwordLengths)")
        try require(saturation > 0 && saturation.isFinite, "a positive x-max, not \(saturation)")
        try require(memory >= 1 << 20, "a megabyte of memory at least, not \(memory) bytes")
        try require((1...1024).contains(threads), "1 to 1024 threads, not \(threads)")
    }
}
