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
    package var optimizer = AdamW.Settings()

    package init() {}
}

extension BERTPass {
    /// A pass for a run over examples of these lengths in tokens: any of its batches fits, and any sequence of up to
    /// `longest` tokens.
    convenience init(_ model: TrainingModel, lengths: [Int], longest: Int, _ settings: TrainingSettings) {
        let sorted = lengths.sorted(by: >)
        let longest = max(longest, sorted.first ?? 1)
        self.init(
            model.shape, model.site, model.parameters,
            capacity: max(sorted.prefix(settings.batchSize).reduce(0, +), longest), longest: longest,
            rounds: settings.rounds, threads: settings.threads)
    }
}
