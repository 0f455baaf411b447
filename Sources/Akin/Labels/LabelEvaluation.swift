import AkinCore
import AkinStore
import AkinTraining
import Foundation

/// How a classifier's labels agree with those that documents have in metadata of their own.
public struct LabelEvaluation: Sendable, Codable {
    /// Documents of one label that the classifier took for another.
    public struct Confusion: Sendable, Codable, Hashable {
        /// The label that the documents have.
        public var expected: String
        /// The label that the classifier gives.
        public var predicted: String
        /// How many documents.
        public var count: Int
    }

    /// What is known of the classifier from when it was trained.
    public struct Training: Sendable, Codable, Hashable {
        /// The share of right labels on the examples that were held out.
        public var accuracy: Double
        /// The mean of the classes' F1 there.
        public var macroF1: Double
        /// The mean probability of the labels there.
        public var meanConfidence: Double

        private enum CodingKeys: String, CodingKey {
            case accuracy
            case macroF1 = "macro_f1"
            case meanConfidence = "mean_confidence"
        }
    }

    /// The field of the documents' labels.
    public var field: String
    /// The classifier's name.
    public var model: String
    /// Documents that were compared.
    public var documents: Int
    /// Documents with several values in the field, which were left out.
    public var ambiguous: Int
    /// Documents whose label the classifier does not know, which it cannot get right.
    public var unknown: Int
    /// The share of documents with the right label.
    public var accuracy: Double
    /// The mean F1 of the labels that occur.
    public var macroF1: Double
    /// The mean probability of the labels that it gives.
    public var meanConfidence: Double
    /// By label.
    public var classes: [ClassifierTraining.ClassReport]
    /// What is taken for what, the most frequent first.
    public var confusions: [Confusion]
    /// From when it was trained; nil where its folder does not say.
    public var training: Training?

    private enum CodingKeys: String, CodingKey {
        case field, model, documents, ambiguous, unknown, accuracy, classes, confusions, training
        case macroF1 = "macro_f1"
        case meanConfidence = "mean_confidence"
    }
}

extension Database {
    /// Compares a classifier's labels with those that documents have in a field of their own metadata. It shows
    /// whether a classifier still fits the texts that come in: accuracy, and whether it is as sure as it was when it
    /// was trained.
    ///
    /// - Parameters:
    ///   - model: The classifier, or label names; no tagger.
    ///   - field: The field of the documents' labels; documents with exactly one value in it are compared.
    ///   - filter: Only documents that meet it.
    /// - Throws: `AkinError`: `.noInput` where no document has such a label; what `label` throws for the model.
    public func evaluateLabels(
        by model: LabellingModel, field: String = "label", where filter: Filter? = nil,
        progress: ProgressHandler? = nil
    ) async throws -> LabelEvaluation {
        try await offload { [self] in
            if case .tagger = model {
                throw AkinError(.invalidArgument, "A tagger gives no labels of documents; name a classifier.")
            }
            let labelled = try store.read { try LabelledDocuments(field: field, filter: filter, $0, of: path) }
            let labeller = try model.load(threshold: 0, configuration: configuration)
            var pairs: [(expected: String, predicted: String, score: Double)] = []
            let batches = DocumentBatches(database: self, labeller: labeller)
            try batches.forEach(labelled.documents.map(\.row), phase: "comparing labels", progress) { documents in
                let found = try labeller.annotations(of: documents).annotations
                let labels = Dictionary(labelled.documents.map { ($0.row, $0.label) }) { first, _ in first }
                for (document, annotations) in zip(documents, found) {
                    guard let best = annotations.first, let expected = labels[document.rowID] else { continue }
                    pairs.append((expected, best.label, best.score))
                }
            }
            return try evaluation(pairs, field: field, labeller, ambiguous: labelled.ambiguousCount)
        }
    }

    private func evaluation(
        _ pairs: [(expected: String, predicted: String, score: Double)], field: String,
        _ labeller: any DocumentLabeller, ambiguous: Int
    ) throws -> LabelEvaluation {
        let names = Set(pairs.map(\.expected) + pairs.map(\.predicted)).sorted()
        let places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
        let scores = ClassificationScores(
            expected: pairs.map { places[$0.expected] ?? 0 }, predicted: pairs.map { places[$0.predicted] ?? 0 },
            labels: names)
        var confused: [LabelEvaluation.Confusion: Int] = [:]
        for pair in pairs where pair.expected != pair.predicted {
            confused[.init(expected: pair.expected, predicted: pair.predicted, count: 0), default: 0] += 1
        }
        let confusions = confused.map {
            LabelEvaluation.Confusion(expected: $0.key.expected, predicted: $0.key.predicted, count: $0.value)
        }
        let known = Set(labeller.labels)
        return LabelEvaluation(
            field: field, model: labeller.labelling.model, documents: pairs.count, ambiguous: ambiguous,
            unknown: pairs.count { !known.contains($0.expected) }, accuracy: scores.accuracy, macroF1: scores.macroF1,
            meanConfidence: pairs.reduce(0) { $0 + $1.score } / Double(max(1, pairs.count)),
            classes: scores.classes.map {
                .init(label: $0.name, precision: $0.precision, recall: $0.recall, f1: $0.f1, support: $0.support)
            },
            confusions: confusions.sorted {
                ($1.count, $0.expected, $0.predicted) < ($0.count, $1.expected, $1.predicted)
            },
            training: TrainingRecord(folder: URL(filePath: labeller.labelling.path)).map {
                .init(accuracy: $0.accuracy, macroF1: $0.macroF1, meanConfidence: $0.meanConfidence)
            })
    }
}
