import AkinCore
import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation

/// What the trainings that change a whole network have in common: the model they start from, how much of a text they
/// read, their state on the disk and their progress.
struct FineTuning {
    let network: BERTEncoder
    /// The most tokens that are read together.
    let maximumTokens: Int
    let settings: TrainingSettings
    private let progress: ProgressHandler?
    private let part: String

    /// - Parameters:
    ///   - maximumTokens: as the caller asks; nil takes what the model reads, at most 256.
    ///   - part: what the progress adds to the name of the work.
    /// - Throws: `.incompatible` for an encoder that is no BERT model.
    init(
        _ encoder: any TextEncoder, maximumTokens: Int?, epochs: Int, batchSize: Int, learningRate: Double,
        seed: UInt64, _ configuration: Database.Configuration, _ progress: ProgressHandler?, part: String = ""
    ) throws {
        guard let network = encoder as? BERTEncoder else {
            throw AkinError(
                .incompatible, "\(encoder.identity.name) is no BERT model, which fine-tuning needs; name another.",
                remedy: .give(.model))
        }
        self.network = network
        self.maximumTokens = min(maximumTokens ?? 256, network.maximumTokens)
        var settings = TrainingSettings()
        (settings.epochs, settings.batchSize, settings.rate) = (epochs, batchSize, Float(learningRate))
        (settings.seed, settings.threads) = (seed, configuration.threads)
        settings.rounds = configuration.precision != .fp32
        self.settings = settings
        (self.progress, self.part) = (progress, part)
    }

    /// Where a run for a folder keeps its state.
    ///
    /// - Parameters:
    ///   - options: what decides the run and is in no `TrainingSettings`.
    ///   - examples: the ids and targets of each, which decide the run as the model and the settings do.
    func checkpoint(
        for folder: URL, labels: [String], options: String = "",
        examples: some Sequence<(ids: [Int32], targets: [Int32])>,
        interval: Duration
    ) -> RunCheckpoint {
        var key = RunKey(network, labels: labels, settings, options: options)
        for example in examples { key.add(example.ids, example.targets) }
        return RunCheckpoint(path: folder.path + ".checkpoint", key: key.bytes, interval: interval)
    }

    /// Reports a step. Throws `CancellationError` when the task has been cancelled.
    func report(_ step: Int, of total: Int) throws {
        try CancellationFlag.check()
        progress?(
            WorkProgress(
                phase: .init(rawValue: "fine-tuning" + part), completed: Double(step * settings.batchSize),
                total: Double(total * settings.batchSize), unit: .documents, documents: 0))
    }
}
