public import AkinCore

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
    /// What `Database.optimize` would bring up to date.
    public var outdated: [Note]
}

/// One thing that `Doctor.examine` has found.
public struct DoctorFinding: Remediable, Codable {
    public enum Severity: String, Sendable, Codable {
        case ok, note, warning, failure
    }

    public var topic: String
    public var severity: Severity
    public var message: String
    public var remedy: Remedy?

    init(topic: String, severity: Severity, message: String, remedy: Remedy? = nil) {
        self.topic = topic
        self.severity = severity
        self.message = message
        self.remedy = remedy
    }

    init(topic: String, severity: Severity, _ note: Note) {
        self.init(topic: topic, severity: severity, message: note.message, remedy: note.remedy)
    }

    private enum CodingKeys: String, CodingKey {
        case topic, severity, message
    }

    /// In JSON the remedy is a part of the message.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(topic, forKey: .topic)
        try container.encode(severity, forKey: .severity)
        try container.encode(encoder.text(of: self), forKey: .message)
    }
}
