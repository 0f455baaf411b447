import AkinCore
import Foundation

/// The algorithm that trains word vectors.
public enum WordAlgorithm: String, Sendable, CaseIterable, Codable {
    /// Word2vec's skip-gram (Mikolov et al. 2013).
    case skipgram
    /// Word2vec's continuous bag of words: faster, weaker on rare words.
    case cbow
    /// Words as the mean of themselves and their character n-grams (Bojanowski et al. 2017): strong on rare words and
    /// inflection, and on words that were never seen.
    case fasttext
    /// Logarithms of co-occurrence counts, fitted by weighted least squares (Pennington et al. 2014).
    case glove
}

/// What fastText predicts from what: the words around a word, or the word itself.
public enum WordArchitecture: String, Sendable, CaseIterable, Codable {
    /// Each context word alone predicts the word in the middle.
    case skipgram
    /// The mean of the context words predicts it.
    case cbow
}

/// How predictions are trained without computing all words of the vocabulary.
public enum WordLoss: String, Sendable, CaseIterable, Codable {
    /// The word is compared with a few words that are drawn at random, called noise.
    case negativeSampling = "negative-sampling"
    /// The turns on the way to the word in a Huffman tree are predicted.
    case hierarchicalSoftmax = "hierarchical-softmax"
}

/// How text is cut into words.
public enum WordTokens: String, Sendable, CaseIterable, Codable {
    /// Lower-cased runs of letters and digits; of scripts without spaces (Chinese, Japanese, Thai, …) every letter and
    /// every pair of letters.
    case words
    /// At white space, without any other change: for text that another program has prepared.
    case whitespace
}

/// How word vectors are trained. The defaults are those of word2vec, fastText and GloVe; letters are those of their
/// papers.
public struct WordTrainingOptions: Sendable {
    /// The algorithm; it decides which of the other options are used.
    public var algorithm: WordAlgorithm
    /// What is predicted from what; used by fastText alone, since the other algorithms imply it.
    public var architecture = WordArchitecture.skipgram
    /// How predictions are trained; not used by GloVe, which has its own loss.
    public var loss = WordLoss.negativeSampling
    /// The number of components of a vector, 1 … 4096.
    public var dimension = 100
    /// The most words on each side that are context ("c"); nil: 5, and 10 for GloVe.
    public var window: Int?
    /// The number of noise words that a prediction is compared with ("k").
    public var negative = 5
    /// Passes over the corpus; nil: 5, and 15 over the co-occurrences for GloVe.
    public var epochs: Int?
    /// The fewest occurrences of a word that is trained; nil: 5.
    public var minimumCount: Int?
    /// The frequency above which words are thinned out ("t"): a word of frequency f is kept with probability √(t/f) +
    /// t/f; 0 keeps all.
    public var sample = 1e-3
    /// The learning rate at the start, which falls to a ten-thousandth of that; nil: 0.025 for skip-gram, 0.05 for the
    /// others, of which GloVe's stays.
    public var learningRate: Double?
    /// Lengths of the character n-grams of fastText in Unicode scalars, with `<` and `>` at a word's ends.
    public var subwordLengths = 3...6
    /// Hash buckets of the n-grams; only those that words of the vocabulary fall into take memory.
    public var buckets = 2_000_000
    /// GloVe's x_max: a pair that occurs x times weighs (x / x_max)^¾, at most 1.
    public var saturation = 10.0
    /// GloVe's memory for counting pairs, in bytes, before they go to the disk.
    public var memory = 1_000_000_000
    /// How the lines of the corpus are cut into words.
    public var tokens = WordTokens.words
    /// Decides every random number of the training.
    public var seed: UInt64 = 1
    /// The number of threads; nil: as many as the machine has cores. With one thread the same corpus and options give
    /// the same vectors to the last bit, interrupted or not; more of them update shared vectors without locks.
    public var threads: Int?
    /// Seconds between two checkpoints, if a file for them is given.
    public var checkpointInterval = 60.0
    /// The exponent of a word's count in its share of the noise; nil: 0.75, and 0.5 with subwords, as their authors
    /// have it.
    package var noiseExponent: Double?

    /// The defaults of an algorithm.
    public init(algorithm: WordAlgorithm = .skipgram) { self.algorithm = algorithm }
}

extension WordTrainingOptions {
    package var chosenWindow: Int { window ?? (algorithm == .glove ? 10 : 5) }

    package var chosenEpochs: Int { epochs ?? (algorithm == .glove ? 15 : 5) }

    var chosenMinimumCount: Int { minimumCount ?? 5 }

    var chosenLearningRate: Float { learningRate.map { Float($0) } ?? (algorithm == .skipgram ? 0.025 : 0.05) }

    var chosenNoiseExponent: Double { noiseExponent ?? (algorithm == .fasttext ? 0.5 : 0.75) }

    var chosenThreads: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

    /// What decides the course of a training, whatever the threads and checkpoints: options that are equal in this give
    /// the same vectors on one thread.
    var course: String {
        let sampling = "\(chosenMinimumCount) \(sample) \(negative) \(chosenNoiseExponent) \(tokens.rawValue)"
        let subwords = "\(subwordLengths.lowerBound) \(subwordLengths.upperBound) \(buckets)"
        return "\(algorithm.rawValue) \(architecture.rawValue) \(loss.rawValue) \(dimension) \(chosenWindow) "
            + "\(chosenEpochs) \(chosenLearningRate) \(seed) | \(sampling) | \(subwords) | \(saturation) \(memory)"
    }
}
