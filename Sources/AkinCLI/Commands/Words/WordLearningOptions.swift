import Akin
import ArgumentParser

/// How word vectors are trained.
struct WordLearningOptions: ParsableArguments {
    @Option(
        help: "How to learn: word2vec's skip-gram or continuous bag of words, fastText's words with n-grams, or GloVe.")
    var algorithm: WordAlgorithm = .skipgram

    @Option(help: "What fasttext predicts: the word from each context word, or from all together.")
    var architecture: WordArchitecture = .skipgram

    @Option(help: "What a prediction is measured by (not for glove).")
    var loss: WordLoss = .negativeSampling

    @Option(parsing: .unconditional, help: ArgumentHelp("Components of a vector.", valueName: "n"))
    var dimension = 100

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The most words on each side that count as context (default: 5; 10 for glove).", valueName: "n"))
    var window: Int?

    @Option(parsing: .unconditional, help: ArgumentHelp("Noise words a prediction is compared with.", valueName: "n"))
    var negative = 5

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Passes over the text (default: 5; 15 for glove).", valueName: "n"))
    var epochs: Int?

    @Option(parsing: .unconditional, help: ArgumentHelp("Rarer words are not learned.", valueName: "n"))
    var minCount = 5

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Words more frequent than this share of the text are thinned out; 0 keeps all (not for glove).",
            valueName: "x"))
    var sample = 1e-3

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The learning rate at the start (default: 0.025 for skipgram, 0.05 for the others).", valueName: "x"))
    var learningRate: Double?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("The shortest n-grams of fasttext, in characters.", valueName: "n"))
    var minN = 3

    @Option(parsing: .unconditional, help: ArgumentHelp("The longest n-grams of fasttext.", valueName: "n"))
    var maxN = 6

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Hash buckets for the n-grams of fasttext; only those in use take memory.", valueName: "n"))
    var buckets = 2_000_000

    @Option(
        name: .customLong("x-max"), parsing: .unconditional,
        help: ArgumentHelp("glove: pairs that occur as often or more have full weight.", valueName: "x"))
    var saturation = 10.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "glove: megabytes for counting pairs; what does not fit goes through the disk.", valueName: "mb"))
    var memory = 1000

    @Option(help: "How lines are cut: words as Akin sees them, or at white space as they are.")
    var tokens: WordTokens = .words

    @Option(parsing: .unconditional, help: ArgumentHelp("The seed of all that is drawn.", valueName: "n"))
    var seed: UInt64 = 1

    func validate() throws {
        func require(_ holds: Bool, _ message: String) throws { if !holds { throw ValidationError(message) } }
        try require((1...4096).contains(dimension), "--dimension must be from 1 to 4096, not \(dimension).")
        try require((1...1000).contains(window ?? 5), "--window must be from 1 to 1000, not \(window ?? 0).")
        try require((1...1000).contains(negative), "--negative must be from 1 to 1000, not \(negative).")
        try require((1...100_000).contains(epochs ?? 1), "--epochs must be from 1 to 100000, not \(epochs ?? 0).")
        try require(minCount >= 1, "--min-count must be 1 or more, not \(minCount).")
        try require(sample >= 0 && sample <= 1, "--sample must be from 0 to 1, not \(sample).")
        try require(learningRate.map { $0 > 0 && $0 <= 10 } ?? true, "--learning-rate must be above 0 and at most 10.")
        try require(
            minN >= 1 && minN <= maxN && maxN <= 100,
            "--min-n and --max-n must be from 1 to 100, the first not above the second.")
        try require((1...Int(Int32.max)).contains(buckets), "--buckets must be from 1 to \(Int32.max), not \(buckets).")
        try require(saturation > 0 && saturation.isFinite, "--x-max must be above 0, not \(saturation).")
        try require((1...1_000_000).contains(memory), "--memory must be from 1 to 1000000 megabytes, not \(memory).")
        let isGloVe = algorithm == .glove
        try require(!isGloVe || loss == .negativeSampling, "--loss does not apply to glove, which has its own.")
        try require(
            algorithm == .fasttext || architecture == .skipgram,
            "--architecture is for --algorithm fasttext; cbow is one itself.")
    }

    func options(threads: Int?) -> WordTrainingOptions {
        var options = WordTrainingOptions(algorithm: algorithm)
        options.architecture = architecture
        options.loss = loss
        options.dimension = dimension
        options.window = window
        options.negative = negative
        options.epochs = epochs
        options.minimumCount = minCount
        options.sample = sample
        options.learningRate = learningRate
        options.subwordLengths = minN...maxN
        options.buckets = buckets
        options.saturation = saturation
        options.memory = memory * 1_000_000
        options.tokens = tokens
        options.seed = seed
        options.threads = threads
        return options
    }
}
