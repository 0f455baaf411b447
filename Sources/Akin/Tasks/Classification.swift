/// A label and what speaks for it.
public struct ScoredLabel: Sendable, Hashable, Codable {
    /// As the model's configuration writes it.
    public var label: String
    /// Its probability; for regression the value itself.
    public var score: Double

    /// A label with its score.
    public init(label: String, score: Double) {
        self.label = label
        self.score = score
    }
}

/// What a classifier says of a text.
public struct Classification: Sendable, Hashable {
    /// All labels, the best first; of equals the one that the model's configuration names first.
    public var labels: [ScoredLabel]
    /// Whether the text was longer than the model reads, so that its end was left out.
    public var isTruncated: Bool

    /// The best label, or nil where its score is below a threshold: the classifier abstains.
    public func label(threshold: Double) -> String? {
        labels.first.flatMap { $0.score >= threshold ? $0.label : nil }
    }

    /// - Parameter scores: by label, in the order of `labels`.
    init(labels: [String], scores: [Double], isTruncated: Bool) {
        let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
        self.labels = order.map { ScoredLabel(label: labels[$0], score: scores[$0]) }
        self.isTruncated = isTruncated
    }
}

/// What a classifier says of a text, in the order of its labels.
struct LabelScores: Sendable {
    var scores: [Double]
    /// Whether the text was longer than the model reads, so that its end was left out.
    var isTruncated: Bool
}

/// Two texts that are read together.
public struct TextPair: Sendable, Hashable {
    /// The first text, such as a premise or a question.
    public var first: String
    /// The second text, such as a hypothesis or an answer.
    public var second: String

    /// Two texts in their order.
    public init(_ first: String, _ second: String) {
        self.first = first
        self.second = second
    }
}
