import AkinCore
import AkinVectors
package import Foundation

/// Fine-tunes a BERT model that reads two texts together and gives one number: how alike they are, or how well the
/// second answers the first.
package final class CrossEncoderTraining: RunTraining {
    package typealias Sequence = SequenceClassificationTraining.Sequence

    package let model: TrainingModel
    package let run: TrainingRun<ClassificationHead>
    private let head: ClassificationHead
    private let pass: BERTPass
    private let source: URL
    private let isBinary: Bool
    /// The scores' mean and deviation: the network learns them at mean 0 and deviation 1, whatever their range.
    private let mean: Float
    private let deviation: Float

    /// - Parameters:
    ///   - source: the folder of the model to start from.
    ///   - isBinary: whether the scores are 0 and 1, and the number becomes the logit of 1; else it becomes the score.
    ///   - longest: the most tokens of a pair whose number will be asked for.
    /// - Throws: as the model's reading does.
    package init(
        source: URL, sequences: [Sequence], scores: [Double], isBinary: Bool, longest: Int = 1,
        settings: TrainingSettings
    ) throws {
        precondition(sequences.count == scores.count && !sequences.isEmpty)
        (self.source, self.isBinary) = (source, isBinary)
        let mean = scores.reduce(0, +) / Double(scores.count)
        let variance = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(scores.count)
        self.mean = isBinary ? 0 : Float(mean)
        deviation = isBinary || variance == 0 ? 1 : Float(variance.squareRoot())
        let targets = scores.map { [mean = self.mean, deviation = self.deviation] in (Float($0) - mean) / deviation }
        model = try TrainingModel(folder: source, task: .sequenceClassification(outputs: 1), seed: settings.seed)
        pass = BERTPass(
            model, lengths: sequences.map(\.ids.count), longest: longest, readCapacity: settings.batchSize, settings)
        head = try model.classificationHead(pass, capacity: settings.batchSize)
        run = TrainingRun(model, pass, head, settings, exampleCount: sequences.count) { examples, _ in
            var batch = Batch()
            for index in examples { batch.append(sequences[index].ids, segments: sequences[index].segments) }
            batch.readRows = batch.firstRows
            let wanted = examples.map { targets[$0] }
            return (batch, isBinary ? .flags(wanted.map { [$0] }) : .numbers(wanted))
        }
    }

    /// The network's numbers for pairs, in their order: before the training has ended, at mean 0 and deviation 1.
    package func outputs(_ sequences: [Sequence]) -> [Double] {
        var result: [Double] = []
        pass.evaluate(
            sequences.lazy.map { ($0.ids, $0.segments) }, atATime: run.settings.batchSize, readsFirstRows: true
        ) { result += head.logits(pass, $0).map { Double($0[0]) } }
        return result
    }

    /// Makes all steps, as `TrainingRun.train` does.
    package func train(
        checkpoint: RunCheckpoint?, evaluate: (() throws -> Double)?,
        progress: (_ step: Int, _ loss: Double) throws -> Void
    ) throws {
        try run.train(checkpoint: checkpoint, evaluate: evaluate, progress: progress)
        restoreRange()
    }

    /// Makes the network's number one of the scores' own range: y becomes y · deviation + mean.
    private func restoreRange() {
        for parameter in model.parameters.layout.parameters where parameter.name.hasPrefix("classifier.") {
            let values = unsafe model.parameters.value(parameter)
            for index in 0..<parameter.count { unsafe values[index] *= deviation }
            if parameter.name == "classifier.bias" { unsafe values[0] += mean }
        }
    }

    /// Writes the model as a folder that Akin, `transformers` and `sentence-transformers` read. Throws as
    /// `TrainingModel.write` does.
    package func write(to folder: URL) throws {
        let activation = isBinary ? "activation.Sigmoid" : "linear.Identity"
        try model.write(
            to: folder, tokenizerOf: source,
            .init(
                labels: ["score"], problemType: isBinary ? "multi_label_classification" : "regression",
                further: [
                    "sentence_transformers": .object(["activation_fn": .string("torch.nn.modules." + activation)])
                ]))
    }
}
