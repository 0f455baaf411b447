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
    private(set) var settings: TrainingSettings
    /// The bytes that the run is expected to take at its peak; 0 before `prepare`.
    private(set) var memoryBytes = 0
    /// The parts of the longest step.
    private(set) var partCount = 1
    private let memoryLimit: Int?
    /// What will be written.
    private var folder: URL?
    private let progress: ProgressHandler?
    private let part: String

    /// - Parameters:
    ///   - maximumTokens: as the caller asks; nil takes what the model reads, at most 256.
    ///   - memory: the bytes that the process may take; nil takes four fifths of what is free.
    ///   - patience: as in `TrainingSettings`.
    ///   - part: what the progress adds to the name of the work.
    /// - Throws: `.incompatible` for an encoder that is no BERT model.
    init(
        _ encoder: any TextEncoder, maximumTokens: Int?, epochs: Int, batchSize: Int, learningRate: Double,
        seed: UInt64, memory: Int? = nil, patience: Int? = nil, _ configuration: Database.Configuration,
        _ progress: ProgressHandler?, part: String = ""
    ) throws {
        let network = try Self.network(encoder)
        self.network = network
        self.maximumTokens = min(maximumTokens ?? 256, network.maximumTokens)
        var settings = TrainingSettings()
        (settings.epochs, settings.batchSize, settings.rate) = (epochs, batchSize, Float(learningRate))
        (settings.seed, settings.threads) = (seed, configuration.threads)
        settings.rounds = configuration.precision != .fp32
        settings.patience = patience
        self.settings = settings
        (self.progress, self.part, memoryLimit) = (progress, part, memory)
    }

    /// The network of an encoder. Throws `.incompatible` for an encoder that is no BERT model.
    static func network(_ encoder: any TextEncoder) throws -> BERTEncoder {
        guard let network = encoder as? BERTEncoder else {
            throw AkinError(
                .incompatible, "\(encoder.identity.name) is no BERT model, which fine-tuning needs; name another.",
                remedy: .give(.model))
        }
        guard network.configuration.family == .bert else {
            throw AkinError(
                .incompatible,
                "\(encoder.identity.name) is a relative of BERT that encodes texts but cannot be trained; name a BERT model.",
                remedy: .give(.model))
        }
        return network
    }

    /// Decides how many tokens are computed at a time, says what memory that takes, and where the run keeps its state.
    ///
    /// A run that was stopped goes on with the parts it began with, so that it ends with the same bytes.
    ///
    /// - Parameters:
    ///   - options: what decides the run and is in no `TrainingSettings`.
    ///   - examples: the ids and targets of each, which decide the run as the model and the settings do.
    ///   - scored: what is scored after each pass, in the same form. It decides the run where the best pass is kept.
    ///   - isWhole: whether the loss compares the sequences of a step, which then cannot be made in parts.
    /// - Throws: `.invalidArgument` where not even one sequence fits, `.cannotCreate` where the folder around cannot be
    ///   made.
    mutating func prepare(
        _ task: TrainingTask, for folder: URL, labels: [String], options: String = "",
        examples: some Sequence<(ids: [Int32], targets: [Int32])>,
        scored: some Sequence<(ids: [Int32], targets: [Int32])>, isWhole: Bool = false, interval: Duration
    ) throws -> RunCheckpoint {
        try ModelFolderWriter.makeParent(of: folder)
        RunLeftovers.remove(of: folder)
        self.folder = folder
        let memory = TrainingMemory(
            shape: network.configuration, task: task, sequences: examples.map(\.ids), others: scored.map(\.ids.count),
            settings: settings)
        let budget = try TrainingBudget(memory, limit: memoryLimit, isWhole: isWhole) { tokens in
            settings.tokensAtATime = tokens
            var key = RunKey(network, labels: labels, settings, options: options)
            for example in examples { key.add(example.ids, example.targets) }
            if settings.patience != nil {
                for example in scored { key.add(example.ids, example.targets) }
            }
            return RunCheckpoint(path: folder.path + ".checkpoint", key: key.bytes, interval: interval)
        }
        settings.tokensAtATime = budget.tokensAtATime
        (partCount, memoryBytes) = (budget.partCount, budget.bytes)
        report(0, notice: budget.notice)
        return budget.checkpoint
    }

    /// Makes all steps of a training and reports each.
    func train(
        _ training: some RunTraining, checkpoint: RunCheckpoint?, evaluate: (() throws -> Double)? = nil
    ) throws {
        try training.train(checkpoint: checkpoint, evaluate: evaluate) { step, _ in
            try report(step, of: training.stepCount, training.curve)
        }
    }

    /// Reports a step. Throws `CancellationError` when the task has been cancelled, `.cannotCreate` when something stands
    /// where the folder is to be written.
    ///
    /// - Parameter curve: what is shown beside it: the loss, and the last held-out score.
    private func report(_ step: Int, of total: Int, _ curve: LearningCurve) throws {
        try CancellationFlag.check()
        // Before hours are spent on what could not be written.
        if let folder { try ModelFolderWriter.requireFree(folder) }
        var notes: [String] = []
        if let loss = curve.recentLoss { notes.append(String(format: "loss %.3f", locale: nil, loss)) }
        if let score = curve.epochs.last?.score {
            notes.append(String(format: "held-out %.1f %%", locale: nil, score * 100))
        }
        report(step, of: total, note: notes.isEmpty ? nil : notes.joined(separator: ", "))
    }

    private func report(_ step: Int, of total: Int? = nil, note: String? = nil, notice: String? = nil) {
        progress?(
            WorkProgress(
                phase: .init(rawValue: "fine-tuning" + part), completed: Double(step * settings.batchSize),
                total: total.map { Double($0 * settings.batchSize) }, unit: .documents, documents: 0, note: note,
                notice: notice))
    }
}
