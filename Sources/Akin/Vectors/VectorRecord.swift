public import AkinCore

/// A vector made elsewhere, with the id and perhaps the text of the thing that it stands for: what an import reads and
/// an export returns.
public struct VectorRecord: Sendable, Hashable {
    /// The id of its document, unique in the store.
    public var id: String
    /// 1 to 4,096 components. In a store of `f16`, `int8` or `uint8` they are kept in that type, and returned as floats
    /// of the same value.
    public var vector: [Float]
    /// The document's title: see `Document.title`.
    public var title: String?
    /// The document's text. It is empty for a vector of something else, such as an image.
    public var text: String
    /// The document's source: see `Document.source`.
    public var source: String
    /// The document's metadata: see `Document.metadata`.
    public var metadata: [String: JSONValue]

    /// Makes a record. Only id and vector are needed.
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

    /// Whether there is nothing but a vector. A document with that id then keeps its text and metadata and only gets
    /// the vector.
    var isVectorAlone: Bool { title == nil && text.isEmpty && metadata.isEmpty }
}

/// How vectors made elsewhere are kept. A store holds one such family: all of one dimension, type and metric.
public struct VectorImportOptions: Sendable {
    /// How vectors are compared; nil takes what the store has, else cosine.
    public var metric: DistanceMetric?
    /// The type of the stored components. Nil takes what the store has, else the file's own type, and refuses
    /// components that this type cannot hold exactly. `f16` given by name rounds to it.
    public var element: VectorElement?

    /// Makes options; what is not given has its default.
    public init(metric: DistanceMetric? = nil, element: VectorElement? = nil) {
        self.metric = metric
        self.element = element
    }
}

/// The figures of one import.
public struct VectorImportSummary: Sendable, Codable {
    /// Documents that are new.
    public var added = 0
    /// Documents that were replaced, or that got another vector.
    public var updated = 0
    /// Records that were in the store already and have not changed.
    public var unchanged = 0
    /// Ids that occurred more than once; the last record of an id was kept.
    public var repeatedIDs = 0
    /// The first few of those ids.
    public var repeated: [String] = []
    /// The number of records that were skipped.
    public var problemCount = 0
    /// The first thousand records that were skipped, with the reasons.
    public var problems: [InputProblem] = []
    /// Those of one sort together, in the order of their first occurrence: the first thousand sorts.
    public var problemGroups: [ProblemGroup] = []
    /// The number of components of the store's imported vectors; 0 while it has none.
    public var dimension = 0
    /// How components are stored.
    public var elementType: VectorElement
    /// How the vectors are compared.
    public var metric: DistanceMetric
    /// The time taken, in milliseconds.
    public var elapsedMilliseconds = 0.0
    /// What a person should know of the import.
    public var notes: [Note] = []
}
