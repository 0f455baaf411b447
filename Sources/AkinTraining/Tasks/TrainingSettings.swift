import AkinVectors

/// How a network is trained.
package struct TrainingSettings: Sendable, Equatable {
    /// Passes over the examples.
    package var epochs = 3
    /// Steps in all, in place of whole passes.
    package var steps: Int?
    /// Sequences of a step.
    package var batchSize = 32
    /// The largest learning rate.
    package var rate: Float = 5e-5
    /// The share of all steps in which the rate rises.
    package var warmUpShare: Float = 0.1
    /// The share of activations, and of attention's probabilities, that are dropped.
    package var dropout: Float = 0.1
    package var seed: UInt64 = 1
    /// How many of the first layers keep their weights, and the embeddings with them.
    package var frozenLayers = 0
    /// Whether products may be made in bfloat16 where the processor is faster at them.
    package var rounds = true
    package var threads = 1
    /// The most tokens that are computed at a time; a step of more is made of several parts, and its result differs by
    /// rounding alone. nil computes each step at once.
    package var tokensAtATime: Int?
    /// Passes without a better score after which the run ends; the values of its best pass are kept. nil makes all
    /// passes and keeps the last.
    package var patience: Int?
    package var optimizer = AdamW.Settings()

    package init() {}

    /// The order of so many examples in an epoch.
    func order(of count: Int, epoch: Int) -> [Int] {
        var generator = SeededGenerator(seed: seed &+ UInt64(epoch) &* 0xD1B5_4A32_D192_ED03)
        var order = Array(0..<count)
        for index in order.indices.dropFirst().reversed() {
            order.swapAt(index, generator.integer(below: index + 1))
        }
        return order
    }
}

extension BERTPass {
    /// A pass for a run over examples of these lengths in tokens: any of its batches fits, or as much of it as the
    /// settings allow at a time, and any sequence of up to `longest` tokens.
    package convenience init(
        _ model: TrainingModel, lengths: [Int], longest: Int, readCapacity: Int? = nil, _ settings: TrainingSettings
    ) {
        let sorted = lengths.sorted(by: >)
        let longest = max(longest, sorted.first ?? 1)
        let tokensOfStep = sorted.prefix(settings.batchSize).reduce(0, +)
        self.init(
            model.shape, model.site, model.parameters,
            capacity: max(min(tokensOfStep, settings.tokensAtATime ?? .max), longest), longest: longest,
            readCapacity: readCapacity, rounds: settings.rounds, threads: settings.threads)
    }
}
