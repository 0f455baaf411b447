import AkinCore
import AkinTokenizers
import AkinTraining
import AkinTransformers
import AkinVectors
import Foundation

/// Gives texts the labels of a classifier that was trained for them: sentiment, topics, whether one text follows from
/// another.
///
/// ```swift
/// let classifier = try await TextClassifier.load("models/sentiment")
/// let found = try await classifier.classify(["What a film!", "I left early."])
/// print(found[0].labels[0].label)  // positive
/// ```
///
/// Any number of threads may use one classifier.
public final class TextClassifier: Sendable {
    /// What the labels' scores are.
    public enum Kind: Sendable {
        /// One label applies: their probabilities sum to 1.
        case singleLabel
        /// Any number of labels applies: each has a probability of its own.
        case multiLabel
        /// The scores are values that the model estimates.
        case regression
    }

    /// What gives the labels.
    private enum Source: Sendable {
        /// A network that ends in a head.
        case network(BERTTaskModel<SequenceClassificationHead>)
        /// A linear classifier over an encoder's vectors.
        case frozen(any TextEncoder, FrozenClassifier)
    }

    private let source: Source
    private let threads: Int

    private init(_ source: Source, threads: Int) {
        self.source = source
        self.threads = threads
    }

    /// The model's name.
    public var name: String {
        switch source {
        case .network(let model): model.name
        case .frozen(let encoder, _): encoder.identity.name
        }
    }

    /// The labels in the order of the model's configuration; of a model for next sentence prediction `IsNext` and
    /// `NotNext`.
    public var labels: [String] {
        switch source {
        case .network(let model): model.head.labels
        case .frozen(_, let classifier): classifier.labels
        }
    }

    /// What the scores are.
    public var kind: Kind {
        switch problemType {
        case .singleLabel: .singleLabel
        case .multiLabel: .multiLabel
        case .regression: .regression
        }
    }

    private var problemType: ProblemType {
        guard case .network(let model) = source, model.task == .sequenceClassification else { return .singleLabel }
        return model.headConfiguration.problemType
    }

    /// Loads a classifier: a folder that `ClassifierTraining` wrote, or a Hugging Face folder of a
    /// `BertForSequenceClassification` or of a `BertForNextSentencePrediction`.
    ///
    /// - Parameters:
    ///   - model: The name of an installed model, or a folder.
    ///   - configuration: Its precision, threads and models count.
    /// - Throws: `AkinError`: `.noModel` where it is not installed, `.incompatible` where it has no such head,
    ///   `.invalidData` where its files do not fit together.
    public static func load(
        _ model: String, configuration: Database.Configuration = Database.Configuration()
    ) async throws -> TextClassifier {
        try await offload { try loadNow(model, configuration: configuration) }
    }

    static func loadNow(_ model: String, configuration: Database.Configuration) throws -> TextClassifier {
        let resolver = EncoderResolver(configuration: configuration)
        let folder = try configuration.models.locate(model)
        guard FrozenClassifier.isFolder(folder) else {
            return TextClassifier(.network(try resolver.taskModel(named: model)), threads: configuration.threads)
        }
        let classifier = try FrozenClassifier(folder: folder)
        let encoder = try resolver.model(named: model)
        guard encoder.identity.dimension == classifier.regression.weights.columns else {
            throw AkinError(
                .invalidData, "The classifier in \(folder.path) belongs to another encoder; train it again.")
        }
        return TextClassifier(.frozen(encoder, classifier), threads: configuration.threads)
    }

    /// The labels of texts, in their order.
    public func classify(_ texts: [String]) async throws -> [Classification] {
        try await offload(on: .questions) { [self] in
            try scores(of: texts).map { Classification(labels: labels, scores: $0.scores, isTruncated: $0.isTruncated) }
        }
    }

    /// The scores of texts' labels, in the order of `labels`.
    func scores(of texts: [String]) throws -> [LabelScores] {
        switch source {
        case .network(let model):
            let encoded = try Parallel.map(texts, threads: threads) { text in
                let encoding = model.tokenizer.encode(text, maximumTokens: model.maximumTokens)
                return (sequence: TokenSequence(encoding.ids), truncated: encoding.truncated)
            }
            return try scores(model, encoded)
        case .frozen(let encoder, let classifier):
            let encoded = try encoder.encode(texts, role: .passage, threads: threads)
            let probabilities = classifier.regression.probabilities(of: encoded.vectors)
            return texts.indices.map { index in
                LabelScores(
                    scores: probabilities.row(index).map(Double.init), isTruncated: encoded.truncated[index])
            }
        }
    }

    /// The encoder whose vectors are classified; nil for a network that reads texts.
    var encoder: (any TextEncoder)? {
        guard case .frozen(let encoder, _) = source else { return nil }
        return encoder
    }

    /// The scores of the labels of texts whose vectors `encoder` has made.
    func scores(ofVectors vectors: Matrix) -> [[Double]] {
        guard case .frozen(_, let classifier) = source else { return [] }
        let probabilities = classifier.regression.probabilities(of: vectors)
        return (0..<vectors.rows).map { probabilities.row($0).map(Double.init) }
    }

    /// The labels of pairs of texts, in their order. Where both are too long for the model together, the longer one
    /// loses its end.
    ///
    /// Throws `.incompatible` for a classifier over vectors, which labels single texts.
    public func classify(_ pairs: [TextPair]) async throws -> [Classification] {
        guard case .network(let model) = source else {
            throw AkinError(.incompatible, "\(name) labels single texts, not pairs; train a model on pairs.")
        }
        return try await offload(on: .questions) { [self] in
            let encoded = try Parallel.map(pairs, threads: threads) { pair in
                let encoding = try model.tokenizer.encode(pair.first, pair.second, maximumTokens: model.maximumTokens)
                return (sequence: TokenSequence(encoding), truncated: encoding.truncated)
            }
            return try scores(model, encoded).map {
                Classification(labels: labels, scores: $0.scores, isTruncated: $0.isTruncated)
            }
        }
    }

    private func scores(
        _ model: BERTTaskModel<SequenceClassificationHead>, _ encoded: [(sequence: TokenSequence, truncated: Bool)]
    ) throws -> [LabelScores] {
        let type = problemType
        return try model.map(encoded.map(\.sequence), threads: threads) { index, scores in
            LabelScores(scores: HeadProbabilities.scores(scores, type), isTruncated: encoded[index].truncated)
        }
    }
}
