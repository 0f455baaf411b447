/// How imported vectors are compared. Scores are always "larger is nearer".
public enum DistanceMetric: String, Sendable, CaseIterable, Codable {
    /// The cosine of the angle, whatever the lengths. A vector of zeros has none and is refused.
    case cosine
    /// The dot product: longer vectors score higher.
    case dot
    /// The Euclidean distance; scores are the squared distance, negated.
    case l2
}
