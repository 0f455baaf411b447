/// What is clustered: whole documents or single passages.
public enum ClusterUnit: String, Sendable, CaseIterable, Codable {
    /// One vector a document: the normalised mean of its passages' vectors.
    case document
    /// One vector a passage.
    case passage
}
