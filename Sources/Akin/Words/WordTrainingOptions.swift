import AkinWords
import AkinVectors

/// How a training learns.
public enum WordAlgorithm: String, Sendable, CaseIterable, Codable {
    /// Word2vec's skip-gram.
    case skipgram
    /// Word2vec's continuous bag of words: faster, weaker on rare words.
    case cbow
    /// Words with their character n-grams: strong on rare words and inflection, and on words that were never seen.
    case fasttext
    /// Co-occurrence counts, fitted by weighted least squares.
    case glove
}

/// What fastText predicts from what.
public enum WordArchitecture: String, Sendable, CaseIterable, Codable {
    case skipgram
    case cbow
}

/// What a prediction is measured by.
public enum WordLoss: String, Sendable, CaseIterable, Codable {
    /// The word against a few drawn ones.
    case negativeSampling = "negative-sampling"
    /// The turns to the word in a Huffman tree.
    case hierarchicalSoftmax = "hierarchical-softmax"
}

/// How text is cut into words.
public enum WordTokens: String, Sendable, CaseIterable, Codable {
    /// Lower-cased runs of letters and digits; of scripts without spaces (Chinese, Japanese, Thai, …) every letter and
    /// every pair of letters.
    case words
    /// At white space, as they are: for text that another program has prepared.
    case whitespace
}

/// How word vectors are trained. The defaults are those of word2vec, fastText and GloVe; letters are those of their
/// papers.
public struct WordTrainingOptions: Sendable {
    public var algorithm: WordAlgorithm
    /// For fastText.
    public var architecture = WordArchitecture.skipgram
    public var loss = WordLoss.negativeSampling
    /// Components of a vector.
    public var dimension = 100
    /// The most words on each side that are context ("c"); nil: 5, and 10 for GloVe.
    public var window: Int?
    /// Noise words ("k").
    public var negative = 5
    /// Passes over the corpus; nil: 5, and 15 over the co-occurrences for GloVe.
    public var epochs: Int?
    /// Rarer words are not learned.
    public var minimumCount = 5
    /// The frequency above which words are thinned out ("t"); 0 keeps all.
    public var sample = 1e-3
    /// nil: 0.025 for skip-gram, 0.05 for the others.
    public var learningRate: Double?
    /// Lengths of the character n-grams of fastText, with `<` and `>` at a word's ends.
    public var subwordLengths = 3...6
    /// Hash buckets of the n-grams; only those in use take memory.
    public var buckets = 2_000_000
    /// GloVe's x_max: pairs that occur as often or more weigh 1.
    public var saturation = 10.0
    /// GloVe's memory for counting pairs, in bytes, before they go to the disk.
    public var memory = 1 << 30
    public var tokens = WordTokens.words
    public var seed: UInt64 = 1
    /// nil: the machine's cores. With one thread the same corpus and options give the same vectors to the last bit;
    /// more of them update shared vectors without locks.
    public var threads: Int?
    /// Seconds between two checkpoints.
    public var checkpointInterval = 60.0

    public init(algorithm: WordAlgorithm = .skipgram) { self.algorithm = algorithm }

    var chosenEpochs: Int { epochs ?? (algorithm == .glove ? 15 : 5) }

    func embeddingOptions() -> EmbeddingTrainingOptions {
        var options = EmbeddingTrainingOptions()
        options.algorithm =
            switch algorithm {
            case .skipgram: .skipGram
            case .cbow: .continuousBagOfWords
            case .fasttext: .fastText
            case .glove: .gloVe
            }
        options.architecture = architecture == .cbow ? .continuousBagOfWords : .skipGram
        options.loss = loss == .negativeSampling ? .negativeSampling : .hierarchicalSoftmax
        options.dimension = dimension
        options.window = window ?? (algorithm == .glove ? 10 : 5)
        options.negatives = negative
        options.epochs = chosenEpochs
        options.minimumCount = minimumCount
        options.sample = sample
        options.learningRate = learningRate.map { Float($0) }
        options.subwordLengths = subwordLengths
        options.bucketCount = buckets
        options.saturation = saturation
        options.memory = memory
        options.rule = tokens == .words ? .words : .whitespace
        options.seed = seed
        options.threads = threads ?? Database.Configuration.defaultThreads
        options.checkpointInterval = checkpointInterval
        return options
    }
}
