import AkinVectors
package import Foundation

/// Fine-tunes a BERT model for classes of texts, or of pairs of texts.
package final class SequenceClassificationTraining: RunTraining {
    /// A text, or a pair, as the network reads it.
    package struct Sequence: Sendable {
        package let ids: [Int32]
        package let segments: [Int32]

        package init(ids: [Int32], segments: [Int32]? = nil) {
            self.ids = ids
            self.segments = segments ?? [Int32](repeating: 0, count: ids.count)
        }
    }

    package let model: TrainingModel
    package let run: TrainingRun<ClassificationHead>
    private let head: ClassificationHead
    private let pass: BERTPass
    package let labels: [String]
    private let source: URL

    /// - Parameters:
    ///   - source: the folder of the model to start from.
    ///   - sequences: the examples, and their classes as indices of `labels`.
    ///   - longest: the most tokens of a sequence whose logits will be asked for; nil where none is longer than the
    ///     examples.
    ///   - classWeights: how much an example of each class counts; nil counts all alike.
    ///   - smoothing: the share of a target that is spread over all classes.
    /// - Throws: as the model's reading does.
    package init(
        source: URL, sequences: [Sequence], classes: [Int32], labels: [String], longest: Int? = nil,
        classWeights: [Float]? = nil, smoothing: Float = 0, settings: TrainingSettings
    ) throws {
        precondition(sequences.count == classes.count && !sequences.isEmpty)
        (self.labels, self.source) = (labels, source)
        model = try TrainingModel(
            folder: source, task: .sequenceClassification(outputs: labels.count), seed: settings.seed)
        pass = BERTPass(
            model, lengths: sequences.map(\.ids.count), longest: longest ?? 1, readCapacity: settings.batchSize,
            settings)
        head = try model.classificationHead(
            pass, capacity: settings.batchSize, classWeights: classWeights, smoothing: smoothing)
        run = TrainingRun(model, pass, head, settings, exampleCount: sequences.count) { examples, _ in
            var batch = Batch()
            for index in examples { batch.append(sequences[index].ids, segments: sequences[index].segments) }
            batch.readRows = batch.firstRows
            return (batch, .classes(examples.map { classes[$0] }))
        }
    }

    /// The logits of sequences, in their order. Shape: (sequences, labels).
    package func logits(_ sequences: [Sequence]) -> [[Float]] {
        var result: [[Float]] = []
        pass.evaluate(
            sequences.lazy.map { ($0.ids, $0.segments) }, atATime: run.settings.batchSize, readsFirstRows: true
        ) { result += head.logits(pass, $0) }
        return result
    }

    /// Divides the logits of the model that is written by a temperature: probabilities change, the order of the labels
    /// does not.
    package func scale(by temperature: Double) {
        guard case .linear(let classifier) = model.head else { return }
        let factor = Float(1 / temperature)
        let base = unsafe model.parameters.values.base
        for place in 0..<classifier.outputs * classifier.inputs { unsafe base[classifier.weight + place] *= factor }
        for place in 0..<classifier.outputs { unsafe base[classifier.bias + place] *= factor }
    }

    /// Writes the model as a folder that Akin and `transformers` read. Throws as `TrainingModel.write` does.
    ///
    /// - Parameter addFiles: writes what the folder is to hold besides, before it appears.
    package func write(to folder: URL, addFiles: (_ staging: URL) throws -> Void = { _ in }) throws {
        try model.write(
            to: folder, tokenizerOf: source, .init(labels: labels, problemType: "single_label_classification"),
            addFiles: addFiles)
    }
}
