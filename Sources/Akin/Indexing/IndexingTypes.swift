/// The format of an input file.
public enum InputFormat: String, Sendable, CaseIterable {
    case text, markdown, html, json, jsonl, csv, tsv, source
}

/// What `Database.index` reads and how it cuts it.
public struct IndexingOptions: Sendable {
    /// Nil tells the format of each file from its name.
    public var format: InputFormat?
    /// Fields of JSON, CSV and TSV records; nil takes the usual names (`id`, `text`, `title`, …).
    public var idField: String?
    public var textField: String?
    public var titleField: String?
    /// Nil keeps every other field that is not null.
    public var metadataFields: [String]?
    /// The most tokens of a passage; 0 keeps each document whole, cut at the model's limit; nil takes the store's own,
    /// else the encoder's default.
    public var chunkTokens: Int?
    /// Tokens that neighbouring passages share; nil takes an eighth of `chunkTokens`.
    public var chunkOverlap: Int?
    /// Delete documents that came from the same paths and are no longer there.
    public var prune: Bool

    public init(
        format: InputFormat? = nil, idField: String? = nil, textField: String? = nil, titleField: String? = nil,
        metadataFields: [String]? = nil, chunkTokens: Int? = nil, chunkOverlap: Int? = nil, prune: Bool = false
    ) {
        self.format = format
        self.idField = idField
        self.textField = textField
        self.titleField = titleField
        self.metadataFields = metadataFields
        self.chunkTokens = chunkTokens
        self.chunkOverlap = chunkOverlap
        self.prune = prune
    }
}

/// Something in the input that was skipped, with the reason and the remedy.
public struct InputProblem: Sendable, Codable {
    public let path: String
    /// 1-based; nil where the whole file is meant.
    public let line: Int?
    public let message: String
}

/// What is going on, for a progress bar. Sent often; the receiver decides what to show.
public struct WorkProgress: Sendable {
    /// What is being done, in words for a person: `indexing`, `training word vectors`, `encoding`, `building the
    /// index`, …
    public var phase: String
    /// Work done and in all, in `unit`s; `total` is nil while it is not known.
    public var completed: Double
    public var total: Double?
    /// What `completed` counts: `documents`, `bytes`, `words`, `vectors`.
    public var unit: String
    /// Documents read so far in this call, for a rate; 0 where it does not apply.
    public var documents: Int
    /// Something else worth showing, such as the loss of a training.
    public var note: String? = nil
}

public typealias ProgressHandler = @Sendable (WorkProgress) -> Void

/// What one call of `Database.index` did.
public struct IndexingSummary: Sendable, Codable {
    public var added = 0
    public var updated = 0
    public var unchanged = 0
    /// Documents deleted because they are gone from the input (`prune`).
    public var pruned = 0
    /// Ids that came more than once in the input; the last one won.
    public var repeatedIDs = 0
    /// The first few of them.
    public var repeated: [String] = []
    /// Bad records and files that were skipped; the first thousand are in `problems`.
    public var problemCount = 0
    public var problems: [InputProblem] = []
    /// Passages written, and their tokens.
    public var passages = 0
    public var tokens = 0
    /// Documents more than half of whose tokens the vocabulary does not know.
    public var mostlyUnknown = 0
    /// Passages that were longer than the encoder reads and were cut for encoding (their whole text is kept and found
    /// by keyword).
    public var truncated = 0
    public var elapsedMilliseconds = 0.0
    /// The encoder in use, and its family (`bert` or `words`).
    public var encoder = ""
    public var encoderKind = ""
    /// Things a person should know, each a sentence: no model installed, a corpus too small, …
    public var notes: [String] = []
}
