import AkinTestSupport
import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation
import Testing

@Suite struct ContrastiveTrainingTests {
    private static let source = TrainingGolden.folder("classes-gelu")

    /// Texts of eight tokens whose class is decided by one of them.
    private func examples(_ count: Int) -> (sequences: [[Int32]], classes: [Int32]) {
        var generator = SeededGenerator(seed: 4)
        var (sequences, classes): ([[Int32]], [Int32]) = ([], [])
        for index in 0..<count {
            var ids = (0..<8).map { _ in Int32(20 + generator.integer(below: 40)) }
            ids[2 + generator.integer(below: 5)] = 6 + Int32(index % 3)
            sequences.append(ids)
            classes.append(Int32(index % 3))
        }
        return (sequences, classes)
    }

    private func trainer(_ count: Int, epochs: Int = 12, threads: Int = 1) throws -> ContrastiveTraining {
        let (sequences, classes) = examples(count)
        var settings = TrainingSettings()
        (settings.epochs, settings.batchSize, settings.rate, settings.threads) = (epochs, 8, 3e-3, threads)
        return try ContrastiveTraining(
            source: Self.source, pooling: .mean, isNormalized: true, sequences: sequences, classes: classes,
            longest: 8, settings: settings)
    }

    /// How much nearer texts of one class are than texts of two, as cosines.
    private func gap(_ vectors: Matrix, _ classes: [Int32]) -> Float {
        var sums: [Bool: (sum: Float, count: Float)] = [:]
        for one in 0..<vectors.rows {
            for other in 0..<one {
                let cosine = zip(vectors.row(one), vectors.row(other)).reduce(0) { $0 + $1.0 * $1.1 }
                sums[classes[one] == classes[other], default: (0, 0)].sum += cosine
                sums[classes[one] == classes[other], default: (0, 0)].count += 1
            }
        }
        func mean(_ alike: Bool) -> Float { sums[alike].map { $0.sum / $0.count } ?? 0 }
        return mean(true) - mean(false)
    }

    @Test func `texts of one class come to lie near each other, also those not learnt from`() throws {
        let (sequences, classes) = examples(240)
        let trained = try trainer(200, epochs: 8)
        let before = gap(trained.vectors(Array(sequences[200...])), Array(classes[200...]))
        try trained.train { _, _ in }
        let after = gap(trained.vectors(Array(sequences[200...])), Array(classes[200...]))
        #expect(after > before + 0.3, "\(before) → \(after)")
    }

    @Test func `the same bits come out at any number of threads`() throws {
        let trainers = try [1, 3].map { try trainer(20, epochs: 2, threads: $0) }
        for trainer in trainers { try trainer.train { _, _ in } }
        let values = trainers.map { Array($0.model.parameters.values.buffer) }
        #expect(values[0] == values[1])
    }

    @Test(arguments: [EmbeddingHead.Pooling.mean, .first])
    func `the loss changes along every parameter as its gradient says`(pooling: EmbeddingHead.Pooling) throws {
        let model = try TrainingModel(folder: Self.source, task: .embedding, seed: 1)
        let pass = BERTPass(
            model.shape, model.site, model.parameters, capacity: 48, longest: 8, rounds: false, threads: 1)
        let head = EmbeddingHead(pooling, pass, capacity: 6)
        let sequences = examples(6).sequences
        var batch = Batch()
        for sequence in sequences { batch.append(sequence) }
        // The last is alone in its class.
        let targets = EmbeddingHead.Targets.classes([0, 1, 0, 1, 1, 2])
        func loss() -> Double {
            pass.packWeights()
            pass.forward(batch, hiddenDropout: 0, attentionDropout: 0, seed: 3)
            return head.loss(pass, batch, targets, dropout: 0, seed: 3)
        }
        model.parameters.gradients.buffer.update(repeating: 0)
        #expect(loss() > 0.1)
        pass.backward(batch, hiddenDropout: 0, attentionDropout: 0, seed: 3)
        let gradients = Array(model.parameters.gradients.buffer)
        var generator = SeededGenerator(seed: 11)
        for parameter in model.parameters.layout.parameters {
            let values = model.parameters.values.buffer
            let old = Array(values[parameter.range])
            let direction = old.map { _ in generator.unitFloat() - 0.5 }
            let slope = zip(parameter.range, direction).reduce(0.0) { $0 + Double(gradients[$1.0] * $1.1) }
            let length = Double(direction.map { $0 * $0 }.reduce(0, +)).squareRoot()
            let distance = 2e-3 / Float(length)
            func lossBeside(_ offset: Float) -> Double {
                for (place, index) in parameter.range.enumerated() {
                    values[index] = old[place] + offset * direction[place]
                }
                return loss()
            }
            let measured = (lossBeside(distance) - lossBeside(-distance)) / Double(2 * distance)
            _ = lossBeside(0)
            #expect(
                abs(measured - slope) <= 0.03 * abs(slope) + 3e-3 * length,
                "\(parameter.name): \(measured) against \(slope)")
        }
    }
}
