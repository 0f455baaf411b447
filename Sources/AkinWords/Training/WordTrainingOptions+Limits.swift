import AkinCore

extension WordTrainingOptions {
    package static let maximumThreads = 1024

    /// An option that is out of its range, or that another option rules out.
    public struct Violation: Sendable, Hashable {
        /// The options that have limits, by the names of the properties.
        public enum Option: String, Sendable, CaseIterable {
            case architecture, loss, dimension, window, negative, epochs, minimumCount, sample, learningRate
            case subwordLengths, buckets, saturation, memory, threads
        }

        /// The option that is at fault.
        public let option: Option
        /// The rest of a sentence that begins with the option's name: "must be from 1 to 4096, not 0".
        public let requirement: String
    }

    /// The first option that cannot be trained with; nil where all can.
    public func violation() -> Violation? {
        var found: Violation?
        func require(_ holds: Bool, _ option: Violation.Option, _ requirement: @autoclosure () -> String) {
            if !holds, found == nil { found = Violation(option: option, requirement: requirement()) }
        }
        func require(_ value: Int?, _ option: Violation.Option, in range: ClosedRange<Int>) {
            guard let value else { return }
            require(
                range.contains(value), option,
                "must be from \(range.lowerBound) to \(range.upperBound), not \(value)")
        }
        require(dimension, .dimension, in: 1...4096)
        require(window, .window, in: 1...1000)
        require(negative, .negative, in: 1...1000)
        require(epochs, .epochs, in: 1...100_000)
        require(chosenMinimumCount >= 1, .minimumCount, "must be 1 or more, not \(chosenMinimumCount)")
        require(sample >= 0 && sample <= 1, .sample, "must be from 0 to 1, not \(sample)")
        if let learningRate {
            let isWithin = learningRate > 0 && learningRate <= 10
            require(isWithin, .learningRate, "must be above 0 and at most 10, not \(learningRate)")
        }
        let (shortest, longest) = (subwordLengths.lowerBound, subwordLengths.upperBound)
        require(
            shortest >= 1 && longest <= 100, .subwordLengths, "must be from 1 to 100, not \(shortest) to \(longest)")
        require(buckets, .buckets, in: 1...Int(Int32.max))
        require(saturation > 0 && saturation.isFinite, .saturation, "must be above 0, not \(saturation)")
        let megabyte = 1_000_000
        let memoryRange = megabyte...1_000_000 * megabyte
        require(
            memoryRange.contains(memory), .memory, "must be from 1 to 1000000 megabytes, not \(memory / megabyte)")
        require(threads, .threads, in: 1...Self.maximumThreads)
        let isGloVe = algorithm == .glove
        require(!isGloVe || loss == .negativeSampling, .loss, "does not apply to glove, which has its own")
        let takesArchitecture = algorithm == .fasttext || architecture == .skipgram
        require(takesArchitecture, .architecture, "is for the algorithm fasttext; cbow is one itself")
        return found
    }

    /// - Throws: `AkinError(.invalidArgument)` for options that cannot be trained with.
    func validate() throws {
        guard let violation = violation() else { return }
        throw AkinError(
            .invalidArgument,
            "Word vectors cannot be trained with these options: \(violation.option.rawValue) \(violation.requirement).")
    }
}
