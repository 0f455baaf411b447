import AkinCore
import AkinTestSupport
import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation
import Testing

/// Runs that end before their time and go back to their best pass.
@Suite struct EarlyStoppingTests {
    private static let key = [UInt8](repeating: 5, count: 32)
    private static let stepsPerEpoch = 5

    private struct Stop: Error {}

    /// Sequences of words that come up one after the other, so that some occur only after the best pass.
    private func run(patience: Int?, threads: Int = 2) throws -> TrainingRun<ClassificationHead> {
        let model = try TrainingModel(
            folder: TrainingGolden.folder("classes-gelu"), task: .sequenceClassification(outputs: 3), seed: 1)
        var settings = TrainingSettings()
        (settings.epochs, settings.batchSize, settings.rate, settings.patience) = (7, 8, 3e-3, patience)
        let pass = BERTPass(
            model.shape, model.site, model.parameters, capacity: 80, longest: 10, rounds: true, threads: threads)
        let head = try model.classificationHead(pass, capacity: 8)
        return TrainingRun(model, pass, head, settings, exampleCount: 40) { examples, epoch in
            var batch = Batch()
            for index in examples { batch.append((0..<8).map { Int32(6 + (index + $0) % 8 + 7 * epoch) }) }
            return (batch, .classes(examples.map { Int32($0 % 3) }))
        }
    }

    /// The values at the end of the first passes of a run that makes all.
    private func values(afterEpoch epoch: Int) throws -> [Float] {
        let run = try run(patience: nil)
        for _ in 0..<epoch * Self.stepsPerEpoch { _ = run.makeStep() }
        run.finish()
        return Array(run.model.parameters.values.buffer)
    }

    @Test(arguments: [
        ([0.5, 0.9, 0.7, 0.9, 0.8, 1, 1], 2, 4, 2), ([0.5, 0.9, 0.7, 0.95, 0.8, 0.9, 0.5], 2, 6, 4),
        ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], 1, 7, 7), ([0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3], 3, 4, 1),
        ([0.2, .nan, 0.1, 0.5, 0.4, 0.3, 0.2], 5, 7, 4),
    ])
    func `a run ends when it gets no better, with the values of its best pass`(
        scores: [Double], patience: Int, made: Int, kept: Int
    ) throws {
        let run = try run(patience: patience)
        var evaluations = 0
        try run.train(
            evaluate: {
                evaluations += 1
                return scores[run.epoch - 1]
            }, progress: { _, _ in })
        #expect(run.step == made * Self.stepsPerEpoch && run.curve.epochs.map(\.epoch) == Array(1...made))
        #expect(run.keptEpoch == kept)
        #expect(evaluations == made + (kept == made ? 0 : 1))
        #expect(try Array(run.model.parameters.values.buffer) == values(afterEpoch: kept))
    }

    @Test(arguments: [3, 12, 18, 24]) func `a run that was stopped goes back to the same pass`(step: Int) throws {
        let folder = try TemporaryFolder()
        let scores = [0.5, 0.9, 0.7, 0.6, 0.8]
        let checkpoint = RunCheckpoint(path: folder.path("checkpoint"), key: Self.key, interval: .zero)
        let stopped = try run(patience: 3)
        #expect(throws: Stop.self) {
            try stopped.train(checkpoint: checkpoint, evaluate: { scores[stopped.epoch - 1] }) { made, _ in
                if made == step { throw Stop() }
            }
        }
        let resumed = try run(patience: 3, threads: 1)
        var first: Int?
        try resumed.train(checkpoint: checkpoint, evaluate: { scores[resumed.epoch - 1] }) { made, _ in
            first = first ?? made
        }
        #expect(first == step + 1)
        #expect(resumed.keptEpoch == 2 && resumed.step == 25)
        #expect(try Array(resumed.model.parameters.values.buffer) == values(afterEpoch: 2))
    }

    @Test func `a checkpoint with damaged values of the best pass, or of another version, is refused`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("checkpoint")
        let checkpoint = RunCheckpoint(path: path, key: Self.key, interval: .zero)
        let stopped = try run(patience: 3)
        #expect(throws: Stop.self) {
            try stopped.train(checkpoint: checkpoint, evaluate: { 0.5 }) { made, _ in if made == 7 { throw Stop() } }
        }
        let bytes = try Data(contentsOf: URL(filePath: path))
        var damaged = bytes
        damaged[bytes.count - 200] ^= 1
        try damaged.write(to: URL(filePath: path))
        let fresh = try run(patience: 3)
        #expect(messageOfError { _ = try fresh.resume(from: path, key: Self.key) }.contains("is damaged"))
        damaged = bytes
        damaged[7] = UInt8(ascii: "2")
        try damaged.write(to: URL(filePath: path))
        #expect(messageOfError { _ = try fresh.resume(from: path, key: Self.key) }.contains("another version"))
    }
}
