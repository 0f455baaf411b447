public import AkinCore

/// What `Database.index` reads, and how it cuts texts into passages.
public struct IndexingOptions: Sendable {
    /// The format of every file; nil goes by each file's name. A collection remembers this and the next four, and a
    /// later run uses them again where it says nothing.
    public var format: TextFormat?
    /// Which of the files in folders are read.
    public var selection: FileSelection
    /// The field of a record that holds its id; nil takes the usual names, such as `id`. This and the next three are of
    /// JSON, CSV and TSV records.
    public var idField: String?
    /// The field of a record that holds its text; nil takes the usual names, such as `text`.
    public var textField: String?
    /// The field of a record that holds its title; nil takes the usual names, such as `title`.
    public var titleField: String?
    /// The fields that become metadata; nil keeps every other field that is not null.
    public var metadataFields: [String]?
    /// The most tokens of a passage; 0 keeps each document whole, cut at the model's limit; nil takes the store's own,
    /// else the encoder's default.
    public var chunkTokens: Int?
    /// Tokens that neighbouring passages share; nil takes an eighth of `chunkTokens`.
    public var chunkOverlap: Int?
    /// Whether documents are deleted that came from the same paths and are no longer there. What could not be looked
    /// at, such as a folder without permission or a file with a bad record, is spared.
    public var prune: Bool

    /// Makes options; what is not given has its default.
    public init(
        format: TextFormat? = nil, idField: String? = nil, textField: String? = nil, titleField: String? = nil,
        metadataFields: [String]? = nil, chunkTokens: Int? = nil, chunkOverlap: Int? = nil, prune: Bool = false,
        selection: FileSelection = FileSelection()
    ) {
        self.format = format
        self.selection = selection
        self.idField = idField
        self.textField = textField
        self.titleField = titleField
        self.metadataFields = metadataFields
        self.chunkTokens = chunkTokens
        self.chunkOverlap = chunkOverlap
        self.prune = prune
    }
}

/// What one call of `Database.index` did.
public struct IndexingSummary: Sendable, Codable {
    /// Documents that are new.
    public var added = 0
    /// Documents that replaced one of the same id.
    public var updated = 0
    /// Documents that were there already and have not changed.
    public var unchanged = 0
    /// Documents deleted because they are gone from the input (`prune`).
    public var pruned = 0
    /// Ids that occurred more than once in the input; the last document of an id was kept.
    public var repeatedIDs = 0
    /// The first few of those ids.
    public var repeated: [String] = []
    /// How often an id was given by two sources; the document of the last was kept.
    public var conflictCount = 0
    /// The first hundred of those ids, with both sources.
    public var conflicts: [IDConflict] = []
    /// Documents whose files are gone and that `prune` would have deleted.
    public var gone = 0
    /// Documents whose files are there but are left out of what is read now, and that `prune` would have deleted.
    public var leftOut = 0
    /// The number of bad records and files that were skipped.
    public var problemCount = 0
    /// The first thousand bad records and files that were skipped.
    public var problems: [InputProblem] = []
    /// Those of one sort together, in the order of their first occurrence: the first thousand sorts.
    public var problemGroups: [ProblemGroup] = []
    /// What was found in folders and not read, by kind and reason; the most frequent first.
    public var notRead: [FilesNotRead] = []
    /// Files that are not UTF-8 and declare no character set, by the set that they were taken for.
    public var guessed: [GuessedFiles] = []
    /// Passages that were written.
    public var passages = 0
    /// The tokens of those passages, as the encoder counts them.
    public var tokens = 0
    /// Documents more than half of whose tokens the vocabulary does not know.
    public var mostlyUnknown = 0
    /// Passages that were longer than the encoder reads and were cut for encoding (their whole text is kept and found
    /// by keyword).
    public var truncated = 0
    /// Documents that a model which the store remembers has labelled; nil where none is remembered or had work.
    public var labelled: Int?
    /// The time taken, in milliseconds.
    public var elapsedMilliseconds = 0.0
    /// The name of the encoder in use; empty where there is none.
    public var encoder = ""
    /// The family of the encoder in use.
    public var encoderKind = EncoderKind.words
    /// What a person should know: no model is installed, the corpus is too small, …
    public var notes: [Note] = []
}
