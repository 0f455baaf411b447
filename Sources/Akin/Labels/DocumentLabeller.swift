import AkinCore
import AkinStore
import AkinVectors
import Foundation

/// A document as a labeller reads it.
struct DocumentToLabel: Sendable {
    let rowID: Int64
    let contentHash: Data
    let title: String?
    let text: String
    let passages: [StoredPassage]
    /// The passages' vectors in the space that the labeller asks for; nil where it asks for none or one is missing.
    let vectors: [[Float]]?
}

/// What says something of documents, ready to be used.
protocol DocumentLabeller: Sendable {
    /// What the store remembers of it; its field, filter and date are not yet those of the labelling.
    var labelling: Labelling { get }

    /// The labels that it may give; of a tagger the kinds.
    var labels: [String] { get }

    /// The encoder whose vectors it can read in place of texts; nil where it reads texts only.
    var vectorFingerprint: String? { get }

    /// What it says of documents, in their order, and how many passages were cut short.
    func annotations(of documents: [DocumentToLabel]) throws -> (annotations: [[Annotation]], truncated: Int)
}

/// Labels documents by a classifier.
///
/// The score of a label is the mean of its scores over the document's passages, each counted by its tokens: a text that
/// is longer than the model reads is judged by all of its parts.
struct ClassifyingLabeller: DocumentLabeller {
    private enum Source: Sendable {
        case trained(TextClassifier)
        case names(ZeroShotClassifier)
    }

    let labelling: Labelling
    let vectorFingerprint: String?
    private let source: Source
    private let threshold: Double

    /// - Throws: `AkinError(.incompatible)` for a model of regression, which has no labels.
    init(_ classifier: TextClassifier, folder: URL, threshold: Double?) throws {
        guard classifier.kind != .regression else {
            throw AkinError(
                .incompatible, "\(classifier.name) estimates values and gives no labels; name a classifier.")
        }
        self.threshold = threshold ?? (classifier.kind == .multiLabel ? 0.5 : 0)
        source = .trained(classifier)
        vectorFingerprint = try classifier.encoder.flatMap(Self.vectorFingerprint)
        labelling = Labelling(
            field: "label", kind: .labels, model: folder.lastPathComponent, path: folder.path,
            fingerprint: try ModelFingerprint.of(folder),
            settings: try LabellingSettings(threshold: self.threshold).json())
    }

    init(_ classifier: ZeroShotClassifier, temperature: Double, folder: String, threshold: Double?) throws {
        self.threshold = threshold ?? 0
        source = .names(classifier)
        vectorFingerprint = try Self.vectorFingerprint(classifier.encoder)
        let identity = classifier.encoder.identity
        let settings = LabellingSettings(
            threshold: self.threshold, labels: classifier.labels, temperature: temperature)
        labelling = Labelling(
            field: "label", kind: .labels, model: identity.name, path: folder, fingerprint: identity.fingerprint,
            settings: try settings.json())
    }

    /// Stored vectors have unit length, so they stand for those of encoders that normalise.
    private static func vectorFingerprint(_ encoder: any TextEncoder) throws -> String? {
        try encoder.normalizes() ? encoder.identity.fingerprint : nil
    }

    var labels: [String] {
        switch source {
        case .trained(let classifier): classifier.labels
        case .names(let classifier): classifier.labels
        }
    }

    private var isMultiLabel: Bool {
        if case .trained(let classifier) = source { classifier.kind == .multiLabel } else { false }
    }

    func annotations(of documents: [DocumentToLabel]) throws -> (annotations: [[Annotation]], truncated: Int) {
        let (means, truncated) = try meanScores(of: documents)
        return (means.map(annotations), truncated)
    }

    /// The mean scores of each document's labels, in the order of `labels`; empty for a document without passages.
    private func meanScores(of documents: [DocumentToLabel]) throws -> (means: [[Double]], truncated: Int) {
        let byText = documents.indices.filter { documents[$0].vectors == nil }
        let byVector = documents.indices.filter { documents[$0].vectors != nil }
        let texts = byText.flatMap { index in
            documents[index].passages.map {
                PreparedDocument.encodedText(title: documents[index].title, passage: $0.text)
            }
        }
        let read = try scores(of: texts)
        let vectors = byVector.flatMap { documents[$0].vectors ?? [] }
        let known = vectors.isEmpty ? [] : scores(ofVectors: Matrix(vectors))
        var means = [[Double]](repeating: [], count: documents.count)
        for (indices, scores) in [(byText, read.map(\.scores)), (byVector, known)] {
            var next = 0
            for index in indices {
                let passages = documents[index].passages
                means[index] = Self.mean(
                    scores[next..<next + passages.count], weights: passages.map { Double(max(1, $0.tokenCount)) })
                next += passages.count
            }
        }
        return (means, read.count { $0.isTruncated })
    }

    private static func mean(_ scores: ArraySlice<[Double]>, weights: [Double]) -> [Double] {
        guard let first = scores.first else { return [] }
        let total = weights.reduce(0, +)
        var mean = [Double](repeating: 0, count: first.count)
        for (row, weight) in zip(scores, weights) {
            for index in mean.indices { mean[index] += row[index] * weight / total }
        }
        return mean
    }

    private func annotations(_ scores: [Double]) -> [Annotation] {
        guard !scores.isEmpty else { return [] }
        let ranked = Classification(labels: labels, scores: scores, isTruncated: false).labels
            .filter { $0.score >= threshold }
        return ranked.prefix(isMultiLabel ? ranked.count : 1).map { Annotation(label: $0.label, score: $0.score) }
    }

    private func scores(of texts: [String]) throws -> [LabelScores] {
        guard !texts.isEmpty else { return [] }
        switch source {
        case .trained(let classifier): return try classifier.scores(of: texts)
        case .names(let classifier): return try classifier.scores(of: texts)
        }
    }

    private func scores(ofVectors vectors: Matrix) -> [[Double]] {
        switch source {
        case .trained(let classifier): classifier.scores(ofVectors: vectors)
        case .names(let classifier): classifier.scores(ofVectors: vectors)
        }
    }
}

/// Finds the entities of documents.
struct TaggingLabeller: DocumentLabeller {
    let labelling: Labelling
    let vectorFingerprint: String? = nil
    var labels: [String] { tagger.labels }
    private let tagger: TokenTagger
    private let threshold: Double

    init(_ tagger: TokenTagger, folder: URL, threshold: Double?) throws {
        self.tagger = tagger
        self.threshold = threshold ?? 0
        labelling = Labelling(
            field: "entities", kind: .entities, model: folder.lastPathComponent, path: folder.path,
            fingerprint: try ModelFingerprint.of(folder),
            settings: try LabellingSettings(threshold: self.threshold).json())
    }

    func annotations(of documents: [DocumentToLabel]) throws -> (annotations: [[Annotation]], truncated: Int) {
        let found = try tagger.entitiesNow(in: documents.map(\.text))
        let annotations = found.map { entities in
            entities.filter { $0.score >= threshold }.map {
                Annotation(label: $0.label, score: $0.score, text: $0.text, range: $0.range)
            }
        }
        return (annotations, 0)
    }
}
