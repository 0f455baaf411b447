import AkinCore
import AkinWords
import Testing

@Suite struct WordTrainingOptionsTests {
    typealias Option = WordTrainingOptions.Violation.Option

    @Test func `options are sound as they come, whatever the algorithm`() {
        for algorithm in WordAlgorithm.allCases {
            #expect(WordTrainingOptions(algorithm: algorithm).violation() == nil)
        }
        #expect(WordModelOptions().training.violation() == nil)
    }

    /// The last value of each range and the first beyond it.
    static let limits: [(Option, @Sendable (inout WordTrainingOptions, Bool) -> Void)] = [
        (.dimension, { $0.dimension = $1 ? 4096 : 4097 }), (.window, { $0.window = $1 ? 1000 : 1001 }),
        (.negative, { $0.negative = $1 ? 1 : 0 }), (.epochs, { $0.epochs = $1 ? 100_000 : 100_001 }),
        (.minimumCount, { $0.minimumCount = $1 ? 1 : 0 }), (.sample, { $0.sample = $1 ? 1 : 1.5 }),
        (.learningRate, { $0.learningRate = $1 ? 10 : .nan }),
        (.subwordLengths, { $0.subwordLengths = $1 ? 1...100 : 1...101 }),
        (.buckets, { $0.buckets = $1 ? Int(Int32.max) : Int(Int32.max) + 1 }),
        (.saturation, { $0.saturation = $1 ? 0.1 : 0 }), (.memory, { $0.memory = $1 ? 1_000_000 : 999_999 }),
        (.threads, { $0.threads = $1 ? 1024 : 1025 }),
        (.loss, { ($0.algorithm, $0.loss) = (.glove, $1 ? .negativeSampling : .hierarchicalSoftmax) }),
        (.architecture, { ($0.algorithm, $0.architecture) = ($1 ? .fasttext : .skipgram, .cbow) }),
    ]

    @Test func `each limit is one, and its violation names the option`() {
        #expect(Set(Self.limits.map(\.0)) == Set(Option.allCases))
        for (option, change) in Self.limits {
            var options = WordTrainingOptions()
            change(&options, true)
            #expect(options.violation() == nil, "\(option)")
            change(&options, false)
            #expect(options.violation()?.option == option)
            #expect(options.violation()?.requirement.isEmpty == false)
        }
    }
}
