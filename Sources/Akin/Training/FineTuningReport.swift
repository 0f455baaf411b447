import AkinTraining

/// How the fine-tuning of a network went.
public struct FineTuningReport: Sendable, Codable {
    /// The means over some steps: a run of many has some hundred points.
    public struct Point: Sendable, Codable {
        /// The last of the steps, counted from 1.
        public let step: Int
        /// The loss on what is learnt from.
        public let loss: Double
        /// The gradient's norm before it was clipped.
        public let norm: Double
    }

    /// What the part that was held out said after a pass over the examples.
    public struct Epoch: Sendable, Codable {
        /// The pass, counted from 1.
        public let epoch: Int
        /// The share of right labels, or F1 of entities, 0 … 1.
        public let score: Double
    }

    /// Steps that were made.
    public let steps: Int
    /// Passes that were planned; fewer were made where `patience` ended the run.
    public let plannedEpochs: Int
    /// The pass whose weights the model has, counted from 1; nil where none was scored.
    public let keptEpoch: Int?
    /// Loss and norm over the steps.
    public let curve: [Point]
    /// The held-out scores.
    public let epochs: [Epoch]
    /// The memory that the run was expected to take at its peak.
    public let memoryBytes: Int
    /// The parts of the longest step: 1 unless memory is short.
    public let partCount: Int

    private enum CodingKeys: String, CodingKey {
        case steps, curve, epochs
        case plannedEpochs = "planned_epochs"
        case keptEpoch = "kept_epoch"
        case memoryBytes = "memory_bytes"
        case partCount = "parts_of_a_step"
    }

    init(_ training: some RunTraining, _ tuning: FineTuning) {
        let curve = training.curve
        (steps, plannedEpochs) = (training.run.step, tuning.settings.epochs)
        keptEpoch = training.run.keptEpoch
        self.curve = curve.points.map { Point(step: $0.step, loss: $0.loss, norm: $0.norm) }
        epochs = curve.epochs.map { Epoch(epoch: $0.epoch, score: $0.score) }
        (memoryBytes, partCount) = (tuning.memoryBytes, tuning.partCount)
    }
}
