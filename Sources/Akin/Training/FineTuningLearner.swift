import AkinCore
import AkinTokenizers
import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation

/// A network that is trained as a whole, with a head for the classes.
struct FineTuningLearner: ClassifierLearner {
    private typealias Sequence = SequenceClassificationTraining.Sequence

    let method = ClassifierTraining.Method.fineTuned
    let truncatedCount: Int
    private let context: ClassifierContext
    private let encoder: any TextEncoder
    private let folder: URL
    private let sequences: [Sequence]

    /// Steps that are made at least, unless the passes over the examples are given: a few examples are passed over more
    /// often.
    private static let leastSteps = 100

    /// - Throws: as `FineTuning` does.
    init(_ encoder: any TextEncoder, _ context: ClassifierContext, _ folder: URL) throws {
        (self.encoder, self.context, self.folder) = (encoder, context, folder)
        let tuning = try Self.tuning(encoder, context, count: context.examples.count, part: "")
        let tokenizer = try tuning.network.wordPieceTokenizer()
        let encoded = try Parallel.map(context.examples.dataset.examples, threads: context.configuration.threads) {
            Self.sequence($0, tokenizer, limit: tuning.maximumTokens)
        }
        sequences = encoded.map(\.sequence)
        truncatedCount = encoded.count { $0.isTruncated }
    }

    private static func tuning(
        _ encoder: any TextEncoder, _ context: ClassifierContext, count: Int, part: String
    ) throws -> FineTuning {
        let settings = context.settings
        let stepsPerEpoch = max(1, (count + settings.batchSize - 1) / settings.batchSize)
        let epochs = settings.epochs ?? max(3, (leastSteps + stepsPerEpoch - 1) / stepsPerEpoch)
        return try FineTuning(
            encoder, maximumTokens: settings.maximumTokens, epochs: epochs, batchSize: settings.batchSize,
            learningRate: settings.learningRate, seed: settings.seed, memory: settings.memory,
            patience: settings.patience, context.configuration, context.progress, part: part)
    }

    private static func sequence(
        _ example: LabelledText, _ tokenizer: WordPieceTokenizer, limit: Int
    ) -> (sequence: Sequence, isTruncated: Bool) {
        guard let pair = example.pair else {
            let encoding = tokenizer.encode(example.text, maximumTokens: limit)
            return (.init(ids: encoding.ids), encoding.truncated)
        }
        let encoding = tokenizer.encode(example.text, pair, maximumTokens: limit)
        return (.init(ids: encoding.ids, segments: encoding.segments), encoding.truncated)
    }

    func learn(from training: [Int], scoring others: [Int], isKept: Bool, part: String) throws -> LearntClassifier {
        var tuning = try Self.tuning(encoder, context, count: training.count, part: part)
        let (examples, settings) = (context.examples, context.settings)
        let (learnt, classes) = (training.map { sequences[$0] }, examples.classes(of: training).map(Int32.init))
        let (scored, expected) = (others.map { sequences[$0] }, examples.classes(of: others))
        let checkpoint = try tuning.prepare(
            .sequenceClassification(outputs: examples.labels.count), for: folder, labels: examples.labels.names,
            options: "\(settings.classWeights) \(settings.labelSmoothing)",
            examples: zip(learnt, classes).lazy.map { ($0.ids, $0.segments + [$1]) },
            scored: zip(scored, expected).lazy.map { ($0.ids, $0.segments + [Int32($1)]) },
            interval: settings.checkpointInterval)
        let trainer = try SequenceClassificationTraining(
            source: tuning.network.folder, sequences: learnt, classes: classes, labels: examples.labels.names,
            longest: scored.map(\.ids.count).max(),
            classWeights: settings.classWeights == .balanced ? examples.balancedWeights(of: training) : nil,
            smoothing: Float(settings.labelSmoothing), settings: tuning.settings)
        var logits: [[Float]] = []
        let evaluate = {
            logits = trainer.logits(scored)
            let isRight = zip(logits, expected).map { $0.indexOfLargest == $1 }
            return Double(isRight.count { $0 }) / Double(isRight.count)
        }
        try tuning.train(
            trainer, checkpoint: isKept ? checkpoint : nil, evaluate: others.isEmpty ? nil : evaluate)
        return LearntClassifier(
            logits: logits, fineTuning: FineTuningReport(trainer, tuning)
        ) { [folder] temperature, record in
            trainer.scale(by: temperature)
            try trainer.write(to: folder, addFiles: record.write)
            checkpoint.remove()
        }
    }
}
