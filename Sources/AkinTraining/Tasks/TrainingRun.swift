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
    /// How the run went so far.
    package private(set) var curve: LearningCurve
    private var order: [Int] = []
    /// The best pass so far, where it may have to be gone back to.
    private var best: BestPass?

    package var stepsPerEpoch: Int { (exampleCount + settings.batchSize - 1) / settings.batchSize }
    package var epoch: Int { step / stepsPerEpoch }
    package var isFinished: Bool {
        step >= schedule.totalSteps || settings.patience.map(curve.hasStalled) ?? false
    }
    /// The pass whose values the model has at the end; nil where none was scored.
    package var keptEpoch: Int? {
        settings.patience == nil ? curve.epochs.last?.epoch : curve.best?.epoch
    }

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
        curve = LearningCurve(steps: steps)
        optimizer = AdamW(
            model.parameters, table: model.site.words, settings: settings.optimizer, team: pass.team,
            kernels: pass.operands.kernels)
    }

    /// Makes one step. Returns its mean loss and the gradient's norm.
    package func makeStep() -> (loss: Double, norm: Float) {
        let place = step % stepsPerEpoch
        if order.isEmpty || place == 0 { order = settings.order(of: exampleCount, epoch: epoch) }
        let first = place * settings.batchSize
        let examples = Array(order[first..<min(first + settings.batchSize, exampleCount)])
        let seed = settings.seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(step)
        let dropout = settings.dropout
        var (loss, reached) = (0.0, AdamW.TableRows.some([]))
        for (batch, targets) in batches(of: examples) {
            pass.forward(batch, hiddenDropout: dropout, attentionDropout: dropout, seed: seed)
            loss += head.loss(pass, batch, targets, dropout: dropout, seed: seed)
            pass.backward(
                batch, hiddenDropout: dropout, attentionDropout: dropout, seed: seed,
                frozenLayers: settings.frozenLayers)
            reached.formUnion(head.reachedRows(batch))
        }
        let norm = optimizer.step(rate: schedule.rate(step), reaching: reached)
        pass.packWeights()
        head.packWeights()
        step += 1
        return (loss, norm)
    }

    /// The examples of a step as one batch, or as several where the pass holds fewer tokens.
    private func batches(of examples: [Int]) -> [(Batch, Head.Targets)] {
        let whole = makeBatch(examples, epoch)
        guard whole.0.tokens > pass.capacity else { return [whole] }
        var groups: [[Int]] = []
        var tokens = Int.max
        for example in examples {
            let count = makeBatch([example], epoch).0.tokens
            tokens = tokens > pass.capacity - count ? 0 : tokens
            if tokens == 0 { groups.append([]) }
            groups[groups.count - 1].append(example)
            tokens += count
        }
        let weights = head.weights(whole.0, whole.1)
        precondition(!weights.isEmpty, "Losses that compare the sequences of a batch need all of it at once.")
        var (tokensBefore, sequencesBefore, readRowsBefore) = (0, 0, 0)
        return groups.map { group in
            var (batch, targets) = makeBatch(group, epoch)
            batch.part = .init(
                tokensBefore: tokensBefore, sequencesBefore: sequencesBefore, readRowsBefore: readRowsBefore,
                weights: weights)
            tokensBefore += batch.tokens
            sequencesBefore += batch.bounds.count
            readRowsBefore += batch.readRows?.count ?? 0
            return (batch, targets)
        }
    }

    /// Makes all steps that are left. `progress` is called after each, with the number of steps made and the step's mean
    /// loss.
    ///
    /// - Parameters:
    ///   - checkpoint: where the run's state is kept meanwhile. A run that was stopped goes on from there and ends with the
    ///     same bytes. The file stays, for the caller to delete when what was learnt is written.
    ///   - evaluate: scores what was learnt, after each epoch; larger is better. `curve` has the scores. Where the best
    ///     pass is kept and is not the last, it is called once more with the values of that pass.
    /// - Throws: `.invalidData` when the loss is no number any more, what the checkpoint throws, and what `progress` does.
    package func train(
        checkpoint: RunCheckpoint? = nil, evaluate: (() throws -> Double)? = nil,
        progress: (_ step: Int, _ loss: Double) throws -> Void
    ) throws {
        if let checkpoint { try resume(from: checkpoint.path, key: checkpoint.key) }
        var written = ContinuousClock.now
        while !isFinished {
            let (loss, norm) = makeStep()
            guard loss.isFinite, norm.isFinite else {
                throw AkinError(
                    .invalidData,
                    "The training diverged at step \(step): its loss is no number any more. Choose a smaller learning rate."
                )
            }
            curve.add(step: step, loss: loss, norm: norm)
            if step % stepsPerEpoch == 0, let evaluate { try score(evaluate) }
            if let checkpoint, !isFinished, ContinuousClock.now - written >= checkpoint.interval {
                try checkpoint.requireOwn()
                try writeCheckpoint(to: checkpoint.path, key: checkpoint.key)
                written = ContinuousClock.now
            }
            try progress(step, loss)
        }
        if let best, best.place.epoch != curve.epochs.last?.epoch {
            goBack(to: best)
            _ = try evaluate?()
        }
        finish()
    }

    /// Scores the pass that was made, and keeps its values where they are the best so far.
    private func score(_ evaluate: () throws -> Double) throws {
        let score = try evaluate()
        // A score that is no number is the worst.
        curve.add(score: score.isFinite ? score : -.greatestFiniteMagnitude, after: epoch)
        guard settings.patience != nil, curve.best?.epoch == epoch else { return }
        best = BestPass(epoch: epoch, optimizer.state, model.parameters)
    }

    private func goBack(to pass: BestPass) {
        pass.restore(model.parameters)
        optimizer.restore(pass.optimizerState(optimizer.state))
        self.pass.packWeights()
        head.packWeights()
    }

    /// Makes the parameters ready to be written.
    package func finish() { optimizer.finish() }

    /// Writes the run's state. Throws as `TrainingCheckpoint.write` does.
    ///
    /// - Parameter key: 32 bytes that name everything that decides the run.
    package func writeCheckpoint(to path: String, key: [UInt8]) throws {
        try TrainingCheckpoint.write(to: path, key: key, step: step, optimizer.state, model.parameters, curve, best)
    }

    /// Goes on from the state in a file, if there is one. Returns whether there was. Throws as `TrainingCheckpoint` does.
    @discardableResult
    package func resume(from path: String, key: [UInt8]) throws -> Bool {
        guard
            let checkpoint = try TrainingCheckpoint(
                path: path, key: key, into: model.parameters, steps: schedule.totalSteps,
                tableRows: model.site.words.shape[0])
        else {
            return false
        }
        (step, curve, best) = (checkpoint.step, checkpoint.curve, checkpoint.best)
        optimizer.restore(checkpoint.optimizer)
        pass.packWeights()
        head.packWeights()
        return true
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

    /// Whether the file there is of this run, complete or not.
    package var isThere: Bool { TrainingCheckpoint.key(of: path) == key }

    /// Throws `.incompatible` where another run keeps its state, which began after this one.
    func requireOwn() throws {
        if let other = TrainingCheckpoint.key(of: path), other != key { throw TrainingCheckpoint.foreign(path) }
    }

    /// Deletes the file.
    package func remove() { try? FileManager.default.removeItem(atPath: path) }
}
