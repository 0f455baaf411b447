/// A vector space as `akin info` shows it.
public struct SpaceInformation: Sendable, Codable {
    public var id: Int64
    public var kind: String
    public var encoder: String
    public var fingerprint: String
    public var dimension: Int
    public var metric: String
    /// How components are kept: `f32`, or for vectors that the user brought also `f16`, `int8` or `uint8`.
    public var elementType: String
    public var precision: String
    public var vectors: Int
    /// `active` serves semantic search; `building` is being filled; `words` spaces serve `--mode words`.
    public var status: String
    /// The index file that serves this space, its generation and how many vectors lie outside it; nil when none is
    /// needed or there.
    public var index: IndexInformation?
}

public struct IndexInformation: Sendable, Codable {
    public var path: String
    public var generation: UInt64
    public var bytes: Int
    public var vectors: Int
    public var pending: Int
}

/// What `akin info` prints.
public struct StoreInformation: Sendable, Codable {
    public var path: String
    public var uuid: String
    public var formatVersion: Int
    public var bytes: Int
    public var documents: Int
    public var passages: Int
    public var chunkTokens: Int?
    public var chunkOverlap: Int?
    public var lastChange: Int64
    public var spaces: [SpaceInformation]
    public var clusterRuns: Int
    /// What `akin optimize` would bring up to date, a sentence each.
    public var outdated: [String]
}

/// One line of `akin doctor`.
public struct DoctorFinding: Sendable, Codable {
    public enum Severity: String, Sendable, Codable {
        case ok, note, warning, failure
    }

    public var topic: String
    public var severity: Severity
    public var message: String
}
