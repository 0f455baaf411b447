import AkinCore
import AkinTokenizers
import AkinTransformers
import AkinVectors

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

    private let model: BERTTaskModel<SequenceClassificationHead>
    private let threads: Int

    private init(model: BERTTaskModel<SequenceClassificationHead>, threads: Int) {
        self.model = model
        self.threads = threads
    }

    /// The model's name.
    public var name: String { model.name }
    /// The labels in the order of the model's configuration; of a model for next sentence prediction `IsNext` and
    /// `NotNext`.
    public var labels: [String] { model.head.labels }
    /// What the scores are.
    public var kind: Kind {
        switch problemType {
        case .singleLabel: .singleLabel
        case .multiLabel: .multiLabel
        case .regression: .regression
        }
    }

    private var problemType: ProblemType {
        model.task == .sequenceClassification ? model.headConfiguration.problemType : .singleLabel
    }

    /// Loads a classifier: a Hugging Face folder of a `BertForSequenceClassification` or of a
    /// `BertForNextSentencePrediction`.
    ///
    /// - Parameters:
    ///   - model: The name of an installed model, or a folder.
    ///   - configuration: Its precision, threads and models count.
    /// - Throws: `AkinError`: `.noModel` where it is not installed, `.incompatible` where it has no such head,
    ///   `.invalidData` where its files do not fit together.
    public static func load(
        _ model: String, configuration: Database.Configuration = Database.Configuration()
    ) async throws -> TextClassifier {
        try await offload {
            TextClassifier(
                model: try EncoderResolver(configuration: configuration).taskModel(named: model),
                threads: configuration.threads)
        }
    }

    /// The labels of texts, in their order.
    public func classify(_ texts: [String]) async throws -> [Classification] {
        let (model, threads) = (model, threads)
        return try await classify {
            try Parallel.map(texts, threads: threads) { text in
                let encoding = model.tokenizer.encode(text, maximumTokens: model.maximumTokens)
                return (TokenSequence(encoding.ids), encoding.truncated)
            }
        }
    }

    /// The labels of pairs of texts, in their order. Where both are too long for the model together, the longer one
    /// loses its end.
    public func classify(_ pairs: [TextPair]) async throws -> [Classification] {
        let (model, threads) = (model, threads)
        return try await classify {
            try Parallel.map(pairs, threads: threads) { pair in
                let encoding = model.tokenizer.encode(pair.first, pair.second, maximumTokens: model.maximumTokens)
                return (TokenSequence(encoding), encoding.truncated)
            }
        }
    }

    private func classify(
        _ encode: @escaping @Sendable () throws -> [(sequence: TokenSequence, truncated: Bool)]
    ) async throws -> [Classification] {
        let (model, threads, type, labels) = (model, threads, problemType, labels)
        return try await offload(on: .questions) {
            let encoded = try encode()
            return try model.map(encoded.map(\.sequence), threads: threads) { index, scores in
                Classification(
                    labels: labels, scores: HeadProbabilities.scores(scores, type),
                    isTruncated: encoded[index].truncated)
            }
        }
    }
}
