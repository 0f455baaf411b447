import Akin
import ArgumentParser

/// How word vectors are trained. Defaults and limits are those of `WordTrainingOptions`.
struct WordLearningOptions: ParsableArguments {
    private static let defaults = WordTrainingOptions()
    private static let megabyte = 1_000_000

    @Option(
        help: "How to train: word2vec's skip-gram or continuous bag of words, fastText's words with n-grams, or GloVe.")
    var algorithm: WordAlgorithm = .skipgram

    @Option(help: "What fasttext predicts: the word from each context word, or from all together.")
    var architecture: WordArchitecture = .skipgram

    @Option(help: "What a prediction is measured by (not for glove).")
    var loss: WordLoss = .negativeSampling

    @Option(parsing: .unconditional, help: ArgumentHelp("Components of a vector.", valueName: "n"))
    var dimension = WordLearningOptions.defaults.dimension

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The most words on each side that count as context (default: 5; 10 for glove).", valueName: "n"))
    var window: Int?

    @Option(parsing: .unconditional, help: ArgumentHelp("Noise words a prediction is compared with.", valueName: "n"))
    var negative = WordLearningOptions.defaults.negative

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Passes over the text (default: 5; 15 for glove).", valueName: "n"))
    var epochs: Int?

    @Option(parsing: .unconditional, help: ArgumentHelp("Rarer words are not trained.", valueName: "n"))
    var minCount = 5

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Words more frequent than this share of the text are thinned out; 0 keeps all (not for glove).",
            valueName: "x"))
    var sample = WordLearningOptions.defaults.sample

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The learning rate at the start (default: 0.025 for skipgram, 0.05 for the others).", valueName: "x"))
    var learningRate: Double?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("The shortest n-grams of fasttext, in characters.", valueName: "n"))
    var minN = WordLearningOptions.defaults.subwordLengths.lowerBound

    @Option(parsing: .unconditional, help: ArgumentHelp("The longest n-grams of fasttext.", valueName: "n"))
    var maxN = WordLearningOptions.defaults.subwordLengths.upperBound

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Hash buckets for the n-grams of fasttext; only those in use take memory.", valueName: "n"))
    var buckets = WordLearningOptions.defaults.buckets

    @Option(
        name: .customLong("x-max"), parsing: .unconditional,
        help: ArgumentHelp("glove: pairs that occur as often or more have full weight.", valueName: "x"))
    var saturation = WordLearningOptions.defaults.saturation

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "glove: megabytes for counting pairs; what does not fit goes through the disk.", valueName: "mb"))
    var memory = WordLearningOptions.defaults.memory / WordLearningOptions.megabyte

    @Option(help: "How lines are cut: words as Akin sees them, or at white space as they are.")
    var tokens: WordTokens = .words

    @Option(parsing: .unconditional, help: ArgumentHelp("The seed of all random numbers.", valueName: "n"))
    var seed: UInt64 = 1

    func validate() throws {
        guard minN <= maxN else { throw ValidationError("--min-n must not be above --max-n (\(minN) and \(maxN)).") }
        guard let violation = options(threads: nil).violation() else { return }
        throw ValidationError("\(Self.flag(violation.option)) \(violation.requirement).")
    }

    /// What an option is called on the command line.
    private static func flag(_ option: WordTrainingOptions.Violation.Option) -> String {
        switch option {
        case .minimumCount: "--min-count"
        case .learningRate: "--learning-rate"
        case .subwordLengths: "--min-n and --max-n"
        case .saturation: "--x-max"
        case .architecture, .loss, .dimension, .window, .negative, .epochs, .sample, .buckets, .memory,
            .threads:
            "--\(option.rawValue)"
        }
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
        let bytes = memory.multipliedReportingOverflow(by: Self.megabyte)
        options.memory = bytes.overflow ? .max : bytes.partialValue
        options.tokens = tokens
        options.seed = seed
        options.threads = threads
        return options
    }
}
