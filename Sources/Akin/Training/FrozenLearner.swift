import AkinCore
import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation

/// A linear classifier over the vectors of an encoder that stays as it is.
struct FrozenLearner: ClassifierLearner {
    let method = ClassifierTraining.Method.frozen
    let truncatedCount: Int
    private let context: ClassifierContext
    private let encoder: any TextEncoder
    private let folder: URL
    private let features: Matrix  // (examples, dimension)

    /// Encodes all examples.
    init(_ encoder: any TextEncoder, _ context: ClassifierContext, _ folder: URL) throws {
        (self.encoder, self.context, self.folder) = (encoder, context, folder)
        let examples = context.examples.dataset.examples
        let known = try context.known.flatMap { try $0.areThose(of: encoder) ? $0 : nil }
        var rows: [[Float]] = []
        var truncated = 0
        for first in stride(from: 0, to: examples.count, by: 512) {
            try CancellationFlag.check()
            context.report("encoding examples", first, examples.count, .documents)
            let texts = examples[first..<min(first + 512, examples.count)].map(\.text)
            if let stored = known?.vectors(of: texts) {
                rows += stored
                continue
            }
            let encoded = try encoder.encode(texts, role: .passage, threads: context.configuration.threads)
            rows += (0..<encoded.vectors.rows).map { Array(encoded.vectors.row($0)) }
            truncated += encoded.truncated.count { $0 }
        }
        features = Matrix(rows)
        truncatedCount = truncated
    }

    /// The strength of regularisation is chosen by cross-validation among the examples that are learnt from.
    func learn(from training: [Int], scoring others: [Int], isKept: Bool, part: String) throws -> LearntClassifier {
        context.report("fitting a linear classifier" + part, 0, 1, .percent)
        let (examples, labels) = (context.examples, context.examples.labels)
        let (learnt, classes) = (features.gathered(training), examples.classes(of: training))
        let threads = context.configuration.threads
        let isBalanced = context.settings.classWeights == .balanced
        let choice = try LogisticRegression.crossValidate(
            learnt, classes: classes, count: labels.count,
            folds: examples.folds(5, of: training, seed: context.settings.seed),
            options: .init(isBalanced: isBalanced, tolerance: 1e-4), threads: threads,
            isCancelled: { CancellationFlag.isCurrentCancelled })
        let regression = try LogisticRegression.fit(
            learnt, classes: classes, count: labels.count,
            options: .init(inverseRegularization: choice.best.inverseRegularization, isBalanced: isBalanced),
            threads: threads, isCancelled: { CancellationFlag.isCurrentCancelled })
        let logits = regression.logits(of: features.gathered(others))
        return LearntClassifier(logits: (0..<logits.rows).map(logits.row)) {
            [encoder, folder] temperature, record in
            guard let source = encoder as? any FolderEncoder else {
                throw AkinError(
                    .incompatible, "\(encoder.identity.name) is no folder that a classifier could be written beside.")
            }
            try FrozenClassifier(labels: labels.names, regression: regression.scaled(by: temperature)).write(
                to: folder, encoder: ModelFolder.whole(of: source.folder), change: record.write)
        }
    }
}
