public import AkinCore

/// One of a store's vector spaces: a family of vectors that may be compared with each other.
public struct SpaceInformation: Sendable, Codable {
    /// What a space is used for at the moment.
    public enum Status: String, Sendable, CaseIterable, Codable {
        /// It serves semantic search.
        case semantic
        /// It is filled: word vectors beside a model's serve `SearchMode.words`, imported vectors serve queries with a
        /// vector.
        case active
        /// It is being filled, while another serves.
        case building
        /// It is kept, but serves no more.
        case retired
    }

    /// The store's number for it, never reused.
    public var id: Int64
    /// The family of encoders that makes its vectors, or `imported`.
    public var kind: EncoderKind
    /// The encoder's name.
    public var encoder: String
    /// The encoder's identity: only vectors of equal fingerprints may be compared.
    public var fingerprint: String
    /// Components of a vector.
    public var dimension: Int
    /// How its vectors are compared.
    public var metric: DistanceMetric
    /// How components are kept: `f32`, or for imported vectors also `f16`, `int8` or `uint8`.
    public var elementType: VectorElement
    /// The arithmetic that its vectors were made with; nil for imported ones.
    public var precision: EncodingPrecision? { EncodingPrecision(rawValue: storedPrecision) }
    /// The component type in the store's own spelling, for types that this version does not know.
    var storedPrecision: String
    /// The number of vectors in it.
    public var vectors: Int
    /// What it is used for at the moment.
    public var status: Status
    /// The index file that serves this space, with its generation and the number of vectors outside it; nil when none
    /// is needed or none exists.
    public var index: IndexInformation?
    /// What changes the vectors of questions that are compared with this space's; nil where nothing does.
    public var adaptation: QueryAdaptation?

    private enum CodingKeys: String, CodingKey {
        case id, kind, encoder, fingerprint, dimension, metric, elementType
        case storedPrecision = "precision"
        case vectors, status, index, adaptation
    }
}

/// The file of a graph over a space's vectors. It can be deleted: it is rebuilt from the store.
public struct IndexInformation: Sendable, Codable {
    /// The file's path.
    public var path: String
    /// The file's number among those published for the space, counted from 1.
    public var generation: UInt64
    /// The file's size in bytes.
    public var bytes: Int
    /// The number of vectors in the file.
    public var vectors: Int
    /// The number of vectors that were stored since. Each query compares them one by one.
    public var pending: Int
}

/// The index file over the words of a store's passages.
public struct PostingsInformation: Sendable, Codable {
    /// The file's path.
    public var path: String
    /// Rises with every file that was built for the store.
    public var generation: UInt64
    /// The file's size in bytes.
    public var bytes: Int
    /// The number of passages in the file.
    public var passages: Int
    /// The number of different words in the file, as the keyword index stems them.
    public var words: Int
    /// The number of passages that were stored since. The first question after a change reads their words.
    public var pending: Int
}

/// What is in a store.
public struct StoreInformation: Sendable, Codable {
    /// The store's absolute path, symbolic links resolved.
    public var path: String
    /// The store's identity: made with the store, and different from that of every other.
    public var uuid: String
    /// The version of the file format.
    public var formatVersion: Int
    /// The size of the file and its write-ahead log, in bytes.
    public var bytes: Int
    /// The number of documents in it.
    public var documents: Int
    /// Passages that the documents are cut into.
    public var passages: Int
    /// The most tokens of a passage; 0 where documents are kept whole, nil in a store that was never indexed.
    public var chunkTokens: Int?
    /// Tokens that neighbouring passages share.
    public var chunkOverlap: Int?
    /// The number of the last change in the log.
    public var lastChange: Int64
    /// Its vector spaces, oldest first.
    public var spaces: [SpaceInformation]
    /// The index file over its words; nil where it has none.
    public var postings: PostingsInformation?
    /// The number of clusterings kept in it.
    public var clusterRuns: Int
    /// The models that label its documents, in the order they were first used; nil where none does.
    public var labels: [LabellingInformation]?
    /// The number of folders that it follows.
    public var collections = 0
    /// Documents of files that an older version read or cut; the next `Database.updateCollections` reads them again.
    public var olderDocuments = 0
    /// What `Database.optimize` would bring up to date.
    public var outdated: [Note]
}

/// One thing that `Doctor.examine` has found.
public struct DoctorFinding: Remediable, Codable {
    /// How bad a finding is: `failure` keeps Akin from working.
    public enum Severity: String, Sendable, Codable {
        /// All is well.
        case ok
        /// Something worth knowing, with nothing to do.
        case note
        /// Something works worse than it could.
        case warning
        /// Something does not work.
        case failure
    }

    /// What was looked at, such as `SQLite` or a model's name.
    public var topic: String
    /// How bad the finding is.
    public var severity: Severity
    /// What was found, a sentence.
    public var message: String
    /// What can be done about it; nil where nothing has to be.
    public var remedy: Remedy?

    package init(topic: String, severity: Severity, message: String, remedy: Remedy? = nil) {
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
