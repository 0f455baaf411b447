import AkinCore
import AkinVectors
import Foundation

/// Steps of training over a set of examples, epoch by epoch.
///
/// Everything is decided by the settings, the examples and the model's values: the same give the same bytes at any
/// number of threads, and a run that goes on from a checkpoint ends as one that was never stopped.
package final class TrainingRun<Head: TrainingHead> {
    package let model: TrainingModel
    package let pass: BERTPass
    package let head: Head
    package let settings: TrainingSettings
    package let exampleCount: Int
    package let schedule: LearningRateSchedule
    private let optimizer: AdamW
    private let makeBatch: (_ examples: [Int], _ epoch: Int) -> (Batch, Head.Targets)
    /// Steps made.
    package private(set) var step = 0
    private var order: [Int] = []

    package var stepsPerEpoch: Int { (exampleCount + settings.batchSize - 1) / settings.batchSize }
    package var epoch: Int { step / stepsPerEpoch }
    package var isFinished: Bool { step >= schedule.totalSteps }

    /// - Parameter makeBatch: the sequences of some examples, by index, and what is to be learnt of them.
    package init(
        _ model: TrainingModel, _ pass: BERTPass, _ head: Head, _ settings: TrainingSettings, exampleCount: Int,
        makeBatch: @escaping (_ examples: [Int], _ epoch: Int) -> (Batch, Head.Targets)
    ) {
        (self.model, self.pass, self.head, self.settings) = (model, pass, head, settings)
        (self.exampleCount, self.makeBatch) = (exampleCount, makeBatch)
        let steps =
            settings.steps ?? (exampleCount + settings.batchSize - 1) / settings.batchSize * settings.epochs
        schedule = LearningRateSchedule(
            peak: settings.rate, warmUpSteps: Int((Float(steps) * settings.warmUpShare).rounded()), totalSteps: steps)
        optimizer = AdamW(
            model.parameters, table: model.site.words, settings: settings.optimizer, team: pass.team,
            kernels: pass.operands.kernels)
    }

    /// Makes one step. Returns its mean loss and the gradient's norm.
    package func makeStep() -> (loss: Double, norm: Float) {
        let place = step % stepsPerEpoch
        if order.isEmpty || place == 0 { order = Self.order(exampleCount, settings.seed, epoch) }
        let first = place * settings.batchSize
        let (batch, targets) = makeBatch(Array(order[first..<min(first + settings.batchSize, exampleCount)]), epoch)
        let seed = settings.seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(step)
        let dropout = settings.dropout
        pass.forward(batch, hiddenDropout: dropout, attentionDropout: dropout, seed: seed)
        let loss = head.loss(pass, batch, targets, dropout: dropout, seed: seed)
        pass.backward(
            batch, hiddenDropout: dropout, attentionDropout: dropout, seed: seed, frozenLayers: settings.frozenLayers)
        let norm = optimizer.step(rate: schedule.rate(step), reaching: head.reachedRows(batch))
        pass.packWeights()
        head.packWeights()
        step += 1
        return (loss, norm)
    }

    /// Makes all steps that are left. `progress` is called after each, with the number of steps made and the step's mean
    /// loss.
    ///
    /// - Parameter checkpoint: where the run's state is kept meanwhile. A run that was stopped goes on from there and ends
    ///   with the same bytes; the file is deleted at the end.
    /// - Throws: `.invalidData` when the loss is no number any more, what the checkpoint throws, and what `progress` does.
    package func train(
        checkpoint: RunCheckpoint? = nil, progress: (_ step: Int, _ loss: Double) throws -> Void
    ) throws {
        if let checkpoint { try resume(from: checkpoint.path, key: checkpoint.key) }
        var written = ContinuousClock.now
        while !isFinished {
            let loss = makeStep().loss
            guard loss.isFinite else {
                throw AkinError(
                    .invalidData,
                    "The training diverged at step \(step): its loss is no number any more. Choose a smaller learning rate."
                )
            }
            if let checkpoint, !isFinished, ContinuousClock.now - written >= checkpoint.interval {
                try writeCheckpoint(to: checkpoint.path, key: checkpoint.key)
                written = ContinuousClock.now
            }
            try progress(step, loss)
        }
        finish()
        if let checkpoint { try? FileManager.default.removeItem(atPath: checkpoint.path) }
    }

    /// Makes the parameters ready to be written.
    package func finish() { optimizer.finish() }

    /// Writes the run's state. Throws as `TrainingCheckpoint.write` does.
    ///
    /// - Parameter key: 32 bytes that name everything that decides the run.
    package func writeCheckpoint(to path: String, key: [UInt8]) throws {
        try TrainingCheckpoint.write(to: path, key: key, step: step, optimizer.state, model.parameters)
    }

    /// Goes on from the state in a file, if there is one. Returns whether there was. Throws as `TrainingCheckpoint` does.
    @discardableResult
    package func resume(from path: String, key: [UInt8]) throws -> Bool {
        guard let checkpoint = try TrainingCheckpoint(path: path, key: key, into: model.parameters) else {
            return false
        }
        step = checkpoint.step
        optimizer.restore(checkpoint.optimizer)
        pass.packWeights()
        head.packWeights()
        return true
    }

    /// The examples' order in an epoch.
    private static func order(_ count: Int, _ seed: UInt64, _ epoch: Int) -> [Int] {
        var generator = SeededGenerator(seed: seed &+ UInt64(epoch) &* 0xD1B5_4A32_D192_ED03)
        var order = Array(0..<count)
        for index in order.indices.dropFirst().reversed() {
            order.swapAt(index, generator.integer(below: index + 1))
        }
        return order
    }
}

/// Where and how often a run's state is kept.
package struct RunCheckpoint: Sendable {
    package let path: String
    /// 32 bytes that name everything that decides the run.
    package let key: [UInt8]
    package let interval: Duration

    package init(path: String, key: [UInt8], interval: Duration) {
        (self.path, self.key, self.interval) = (path, key, interval)
    }
}
