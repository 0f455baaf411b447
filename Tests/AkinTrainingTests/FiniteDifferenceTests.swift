import AkinTraining
import AkinVectors
import Foundation
import Testing

/// Gradients against the losses on both sides of the parameters, along a direction drawn for each.
@Suite struct FiniteDifferenceTests {
    @Test(arguments: ["classes-gelu", "tokens", "answers", "next-sentence"], [0, 0.2] as [Float])
    func `the loss changes along every parameter as its gradient says`(name: String, dropout: Float) throws {
        let golden = try TrainingGolden.load(name)
        let model = try TrainingModel(folder: TrainingGolden.folder(name), task: golden.task, seed: 1)
        let pass = BERTPass(
            model.shape, model.site, model.parameters, capacity: 40, longest: 24, rounds: false, threads: 1)
        let (headLoss, packHead, _) = try golden.makeLoss(model, pass)
        func loss() -> Double {
            pass.packWeights()
            packHead()
            pass.forward(golden.batch, hiddenDropout: dropout, attentionDropout: dropout, seed: 3)
            return headLoss(3)
        }
        _ = loss()
        model.parameters.gradients.buffer.update(repeating: 0)
        _ = loss()
        pass.backward(golden.batch, hiddenDropout: dropout, attentionDropout: dropout, seed: 3)
        let gradients = Array(model.parameters.gradients.buffer)

        var generator = SeededGenerator(seed: 11)
        for parameter in model.parameters.layout.parameters {
            let values = model.parameters.values.buffer
            let old = Array(values[parameter.range])
            let direction = old.map { _ in generator.unitFloat() - 0.5 }
            let slope = zip(parameter.range, direction).reduce(0.0) { $0 + Double(gradients[$1.0] * $1.1) }
            let length = Double(direction.map { $0 * $0 }.reduce(0, +)).squareRoot()
            let distance = 5e-3 / Float(length)
            func lossBeside(_ offset: Float) -> Double {
                for (place, index) in parameter.range.enumerated() {
                    values[index] = old[place] + offset * direction[place]
                }
                return loss()
            }
            let measured = (lossBeside(distance) - lossBeside(-distance)) / Double(2 * distance)
            _ = lossBeside(0)
            let tolerance = 0.02 * abs(slope) + 3e-4 * length
            #expect(abs(measured - slope) <= tolerance, "\(parameter.name): \(measured) against \(slope)")
        }
    }
}
