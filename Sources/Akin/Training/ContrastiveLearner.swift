import AkinCore
import AkinTokenizers
import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation

/// A linear classifier over the vectors of an encoder that was trained to tell the classes apart.
struct ContrastiveLearner: ClassifierLearner {
    let method = ClassifierTraining.Method.contrastive
    let truncatedCount: Int
    private let context: ClassifierContext
    private let encoder: BERTEncoder
    private let pooling: TrainablePooling
    private let folder: URL
    private let sequences: [[Int32]]

    /// Examples of a step; each comes with another one of its class.
    private static let batchSize = 16
    /// C of the linear classifier: vectors of classes that were drawn apart need no choice.
    private static let inverseRegularization = 10.0

    /// The passes over so many examples: 20, and fewer where that is more than 2,000 examples. The time is bounded then,
    /// and of more examples each is needed less often.
    static func epochs(_ count: Int) -> Int { max(1, min(20, 2_000 / max(1, count))) }

    /// - Throws: `.incompatible` for an encoder whose vectors training cannot make.
    init(_ encoder: any TextEncoder, _ context: ClassifierContext, _ folder: URL) throws {
        let network = try FineTuning.network(encoder)
        let pooling = try TrainablePooling.required(of: network, for: [.passage], by: "contrastive training")
        (self.encoder, self.pooling, self.context, self.folder) = (network, pooling, context, folder)
        let limit = min(context.settings.maximumTokens ?? 256, network.maximumTokens)
        let encoded = try Parallel.map(context.examples.dataset.examples, threads: context.configuration.threads) {
            let encoding = network.tokenizer.encode(network.prompt(.passage) + $0.text, maximumTokens: limit)
            return (ids: encoding.ids, isTruncated: encoding.truncated)
        }
        sequences = encoded.map(\.ids)
        truncatedCount = encoded.count { $0.isTruncated }
    }

    /// Whether an encoder can be trained in this way.
    static func canTrain(_ encoder: any TextEncoder) -> Bool {
        (encoder as? BERTEncoder)?.trainablePooling(of: [.passage]) != nil
    }

    func learn(from training: [Int], scoring others: [Int], isKept: Bool, part: String) throws -> LearntClassifier {
        var settings = TrainingSettings()
        (settings.epochs, settings.batchSize) = (Self.epochs(training.count), Self.batchSize)
        (settings.rate, settings.seed) = (Float(context.settings.learningRate), context.settings.seed)
        settings.threads = context.configuration.threads
        settings.rounds = context.configuration.precision != .fp32
        let (examples, labels) = (context.examples, context.examples.labels)
        let classes = examples.classes(of: training)
        let trainer = try ContrastiveTraining(
            source: encoder.folder, pooling: pooling.ofHead, isNormalized: pooling.isNormalized,
            sequences: training.map { sequences[$0] }, classes: classes.map(Int32.init),
            longest: others.map { sequences[$0].count }.max() ?? 1, settings: settings)
        try trainer.train { step, _ in
            try CancellationFlag.check()
            context.report(
                "contrastive training" + part, step * settings.batchSize, trainer.stepCount * settings.batchSize,
                .documents)
        }
        let regression = try LogisticRegression.fit(
            trainer.vectors(training.map { sequences[$0] }), classes: classes, count: labels.count,
            options: .init(
                inverseRegularization: Self.inverseRegularization,
                isBalanced: context.settings.classWeights == .balanced),
            threads: context.configuration.threads, isCancelled: { CancellationFlag.isCurrentCancelled })
        let logits = others.isEmpty ? nil : regression.logits(of: trainer.vectors(others.map { sequences[$0] }))
        return LearntClassifier(logits: logits.map { logits in (0..<logits.rows).map(logits.row) } ?? []) {
            [encoder, folder] temperature, record in
            let whole = ModelFolder.whole(of: encoder.folder)
            let isWhole = whole.standardizedFileURL.path == encoder.folder.standardizedFileURL.path
            try FrozenClassifier(labels: labels.names, regression: regression.scaled(by: temperature)).write(
                to: folder, encoder: whole
            ) { copy in
                try trainer.model.replaceWeights(
                    in: copy, network: isWhole ? "" : encoder.folder.lastPathComponent)
                record.write(to: copy)
            }
        }
    }
}
