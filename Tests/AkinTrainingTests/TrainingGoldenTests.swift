import AkinTraining
import AkinVectors
import Foundation
import Testing

/// Gradients and steps against PyTorch's.
@Suite struct TrainingGoldenTests {
    private func pass(_ model: TrainingModel, rounds: Bool = false, threads: Int = 2) -> BERTPass {
        BERTPass(
            model.shape, model.site, model.parameters, capacity: 40, longest: 24, rounds: rounds, threads: threads)
    }

    private func model(_ name: String, _ golden: TrainingGolden) throws -> TrainingModel {
        try TrainingModel(folder: TrainingGolden.folder(name), task: golden.task, seed: 1)
    }

    @Test(arguments: TrainingGolden.names) func `the gradient of every parameter is PyTorch's`(name: String) throws {
        let golden = try TrainingGolden.load(name)
        let model = try model(name, golden)
        #expect(model.drawn.isEmpty)
        try checkGradients(name, golden, model, pass(model), golden.batch)
    }

    /// The same gradients when the last layer is computed for the rows alone that are read.
    @Test(arguments: TrainingGolden.names) func `the gradients need no more than the rows that are read`(
        name: String
    ) throws {
        let golden = try TrainingGolden.load(name)
        guard let rows = golden.readRows else { return }
        let model = try model(name, golden)
        var batch = golden.batch
        batch.readRows = rows
        #expect(rows.count < batch.tokens)
        let pass = BERTPass(
            model.shape, model.site, model.parameters, capacity: 40, longest: 24, readCapacity: rows.count,
            rounds: false, threads: 2)
        try checkGradients(name, golden, model, pass, batch)
    }

    private func checkGradients(
        _ name: String, _ golden: TrainingGolden, _ model: TrainingModel, _ pass: BERTPass, _ batch: Batch
    ) throws {
        pass.forward(batch, hiddenDropout: 0, attentionDropout: 0, seed: 1)
        let loss = try golden.makeLoss(model, pass).loss(1)
        #expect(abs(loss - golden.losses[0]) < 1e-5 * golden.losses[0])
        pass.backward(batch, hiddenDropout: 0, attentionDropout: 0, seed: 1)
        let expected = try TrainingGolden.tensors(name, "gradients.safetensors")
        for parameter in model.parameters.layout.parameters {
            let gradient = model.numbers(parameter, in: model.parameters.gradients)
            let wanted = expected[parameter.name] ?? [Float](repeating: 0, count: parameter.count)
            // Some are zero but for rounding: an attention does not change with its keys' biases.
            let scale = max(wanted.map(abs).max() ?? 0, 0.01 * Float(golden.norms[0]))
            let difference = zip(gradient, wanted).map { abs($0 - $1) }.max() ?? 0
            #expect(difference <= 1e-5 * scale, "\(parameter.name): \(difference) of \(scale)")
        }
    }

    @Test(arguments: TrainingGolden.names) func `steps of AdamW end where PyTorch's do`(name: String) throws {
        let golden = try TrainingGolden.load(name)
        let model = try model(name, golden)
        let pass = pass(model)
        let (loss, pack, rows) = try golden.makeLoss(model, pass)
        let optimizer = AdamW(
            model.parameters, table: model.site.words, settings: .init(), team: Team(threads: 2))
        let schedule = LearningRateSchedule(
            peak: golden.rate, warmUpSteps: golden.warmUp, totalSteps: golden.losses.count)
        for step in golden.losses.indices {
            pass.forward(golden.batch, hiddenDropout: 0, attentionDropout: 0, seed: 1)
            let found = loss(1)
            #expect(abs(found - golden.losses[step]) < 1e-4 * golden.losses[step], "step \(step)")
            pass.backward(golden.batch, hiddenDropout: 0, attentionDropout: 0, seed: 1)
            let norm = optimizer.step(rate: schedule.rate(step), reaching: rows)
            #expect(abs(Double(norm) - golden.norms[step]) < 1e-3 * golden.norms[step], "step \(step)")
            pass.packWeights()
            pack()
        }
        optimizer.finish()
        // A gradient near zero may have another sign after rounding, and AdamW makes a whole step of it.
        let expected = try TrainingGolden.tensors(name, "trained.safetensors")
        var (off, count) = (0, 0)
        for parameter in model.parameters.layout.parameters {
            guard let wanted = expected[parameter.name] else { continue }
            let found = model.numbers(parameter, in: model.parameters.values)
            off += zip(found, wanted).filter { abs($0 - $1) > 1e-3 }.count
            count += wanted.count
        }
        #expect(count > 5000 && off * 100 < count, "\(off) of \(count) differ")
    }

    /// The same bits with one thread and with three.
    @Test func `the number of threads does not show in the gradients`() throws {
        let golden = try TrainingGolden.load("classes-gelu")
        let gradients = try [1, 3].map { threads in
            let model = try model("classes-gelu", golden)
            let pass = pass(model, rounds: true, threads: threads)
            pass.forward(golden.batch, hiddenDropout: 0.1, attentionDropout: 0.1, seed: 5)
            _ = try golden.makeLoss(model, pass).loss(5)
            pass.backward(golden.batch, hiddenDropout: 0.1, attentionDropout: 0.1, seed: 5)
            return Array(model.parameters.gradients.buffer)
        }
        #expect(gradients[0] == gradients[1])
        #expect(gradients[0].contains { $0 != 0 })
    }
}
