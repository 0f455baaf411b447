public import AkinCore

/// A vector made elsewhere, with what it is of: what `akin import` reads, and what comes back.
public struct VectorRecord: Sendable, Hashable {
    /// Unique in the store, as every document's.
    public var id: String
    /// 1 to 4,096 components. Those of `f16`, `int8` and `uint8` stores are floats of the same value.
    public var vector: [Float]
    /// As `Document.title`.
    public var title: String?
    /// Empty for a vector of something that is no text, an image perhaps.
    public var text: String
    /// As `Document.source`.
    public var source: String
    /// As `Document.metadata`.
    public var metadata: [String: JSONValue]

    /// A record. Only id and vector are needed.
    public init(
        id: String, vector: [Float], title: String? = nil, text: String = "", source: String = "",
        metadata: [String: JSONValue] = [:]
    ) {
        self.id = id
        self.vector = vector
        self.title = title
        self.text = text
        self.source = source
        self.metadata = metadata
    }

    /// Whether there is nothing but a vector: a document of that id then keeps what it has and only gets the vector.
    var isVectorAlone: Bool { title == nil && text.isEmpty && metadata.isEmpty }
}

/// How vectors made elsewhere are kept. A store holds one such family: all of one dimension, type and metric.
public struct VectorImportOptions: Sendable {
    /// Nil takes what the store has, else cosine.
    public var metric: DistanceMetric?
    /// Nil takes what the store has, else the file's own type, and refuses components that this type cannot hold
    /// exactly. `f16` given by name rounds to it.
    public var element: VectorElement?

    /// Sets what differs from the defaults.
    public init(metric: DistanceMetric? = nil, element: VectorElement? = nil) {
        self.metric = metric
        self.element = element
    }
}

/// What one import did.
public struct VectorImportSummary: Sendable, Codable {
    /// Documents that are new.
    public var added = 0
    /// Documents replaced, or given another vector.
    public var updated = 0
    /// Records that were there already.
    public var unchanged = 0
    /// Ids that came more than once; the last one won.
    public var repeatedIDs = 0
    /// The first few of them.
    public var repeated: [String] = []
    /// Records that were skipped; the first thousand are in `problems`.
    public var problemCount = 0
    /// The first thousand of what was skipped.
    public var problems: [InputProblem] = []
    /// How the store keeps the vectors; the dimension is 0 while it has none.
    public var dimension = 0
    /// How components are stored.
    public var elementType: VectorElement
    /// How the vectors are compared.
    public var metric: DistanceMetric
    /// The time taken, in milliseconds.
    public var elapsedMilliseconds = 0.0
    /// Things a person should know.
    public var notes: [Note] = []
}
