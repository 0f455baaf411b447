/// A model that labels the documents of a store.
public enum LabellingModel: Sendable, Hashable {
    /// A classifier as `TextClassifier.load` loads it, by name or folder.
    case classifier(String)
    /// Labels that nothing was trained for, by an encoder's name or folder: see `ZeroShotClassifier`.
    case labelNames([String], encoder: String, temperature: Double = ZeroShotClassifier.defaultTemperature)
    /// A tagger as `TokenTagger.load` loads it, by name or folder.
    case tagger(String)
}

/// How a model labels the documents of a store.
public struct LabellingOptions: Sendable {
    /// The field by which filters ask for the labels; nil takes `label`, and `entities` for a tagger's.
    public var field: String?
    /// The least score that counts: a document whose best label has less gets none, and so do entities. nil takes 0,
    /// and 0.5 for classifiers of which any number of labels applies.
    public var threshold: Double?
    /// Only documents that meet it are labelled, now and later; nil labels all.
    public var filter: Database.Filter?

    /// Makes options; what is not given has its default.
    public init(field: String? = nil, threshold: Double? = nil, filter: Database.Filter? = nil) {
        (self.field, self.threshold, self.filter) = (field, threshold, filter)
    }
}

/// How often a label was given.
public struct LabelCount: Sendable, Hashable, Codable {
    /// The label, or the kind of the entities.
    public var label: String
    /// The documents that have it, or its entities.
    public var count: Int
}

/// In how many documents an entity stands.
public struct EntityCount: Sendable, Hashable, Codable {
    /// Its kind.
    public var label: String
    /// As the texts have it.
    public var text: String
    /// The documents that it stands in.
    public var documents: Int
}

/// What one call of `Database.label` did.
public struct LabellingSummary: Sendable, Codable {
    /// The field by which filters ask for the labels.
    public var field: String
    /// The model's name.
    public var model: String
    /// Documents that were given labels, or in which entities were found.
    public var labelled = 0
    /// Documents that were read and given none.
    public var abstained = 0
    /// Documents that have a field of this name in metadata of their own, which stays as it is.
    public var hidden = 0
    /// Documents that had been read before.
    public var unchanged = 0
    /// Passages that were longer than the model reads, so that their ends were left out.
    public var truncated = 0
    /// How often each label was given in the whole store, the most frequent first.
    public var labels: [LabelCount] = []
    /// The time taken, in milliseconds.
    public var elapsedMilliseconds = 0.0

    private enum CodingKeys: String, CodingKey {
        case field, model, labelled, abstained, hidden, unchanged, truncated, labels
        case elapsedMilliseconds = "elapsed_ms"
    }
}

/// A model that labels a store's documents, and what it has said so far.
public struct LabellingInformation: Sendable, Codable {
    /// What a model says of a document.
    public enum Kind: String, Sendable, CaseIterable, Codable {
        /// Labels of the whole document.
        case labels
        /// Entities in its text.
        case entities
    }

    /// The field by which filters ask for its labels.
    public var field: String
    /// What it says of a document.
    public var kind: Kind
    /// The model's name.
    public var model: String
    /// The model's folder when the labelling was made.
    public var path: String
    /// When the labelling was made, in ISO 8601.
    public var created: String
    /// The least score that counts.
    public var threshold: Double?
    /// The condition that the labelled documents meet; nil when all are labelled.
    public var filter: String?
    /// Documents that have labels.
    public var labelled: Int
    /// Documents that were read and have none.
    public var abstained: Int
    /// Documents that were not read yet.
    public var unlabelled: Int
    /// The mean score of all that was given; nil where nothing was.
    public var meanScore: Double?
    /// How often each label was given, the most frequent first; at most a hundred.
    public var labels: [LabelCount]
    /// The entities that stand in most documents, at most a hundred; nil of labels.
    public var entities: [EntityCount]?

    private enum CodingKeys: String, CodingKey {
        case entities, field, kind, model, path, created, threshold, filter, labelled, abstained, unlabelled, labels
        case meanScore = "mean_score"
    }
}

/// What a model that labels the store says of one document.
public struct DocumentLabels: Sendable, Hashable, Codable {
    /// The field by which filters ask for it.
    public var field: String
    /// The document's labels, the best first.
    public var labels: [ScoredLabel]
    /// The entities in its text, in the text's order; of a search result those in its passage.
    public var entities: [Entity]
}
