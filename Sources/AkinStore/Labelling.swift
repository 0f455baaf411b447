import Foundation

/// A model that labels the documents of a store.
package struct Labelling: Hashable, Sendable {
    /// What a model says of a document.
    package enum Kind: String, Sendable {
        /// Labels of the whole document.
        case labels
        /// Entities in its text.
        case entities
    }

    /// The store's number for it, never reused; 0 before it is stored.
    package var id: Int64
    /// The field by which filters ask for its labels, unique in the store.
    package var field: String
    package var kind: Kind
    /// The model's name.
    package var model: String
    /// The model's folder when the labelling was made: the first place to look.
    package var path: String
    /// Labels of equal fingerprints and settings come from the same model.
    package var fingerprint: String
    /// How the model was used, as a JSON object with sorted keys.
    package var settings: String
    /// The condition that the documents meet; nil when all are labelled.
    package var filter: String?
    /// Seconds since 1970.
    package var created: Int64

    package init(
        id: Int64 = 0, field: String, kind: Kind, model: String, path: String, fingerprint: String, settings: String,
        filter: String? = nil, created: Int64 = Int64(Date().timeIntervalSince1970)
    ) {
        (self.id, self.field, self.kind, self.model, self.path) = (id, field, kind, model, path)
        (self.fingerprint, self.settings, self.filter, self.created) = (fingerprint, settings, filter, created)
    }

    /// Whether another says the same of every document.
    package func isEquivalent(to other: Labelling) -> Bool {
        (kind, fingerprint, settings) == (other.kind, other.fingerprint, other.settings)
    }
}

/// What a labelling says of a document: a label, or an entity.
package struct Annotation: Hashable, Sendable {
    package var label: String
    package var score: Double
    /// An entity as the text has it; nil for a label of the whole document.
    package var text: String?
    /// Where an entity stands, in Unicode scalars of the document's text.
    package var range: Range<Int>?

    package init(label: String, score: Double, text: String? = nil, range: Range<Int>? = nil) {
        (self.label, self.score, self.text, self.range) = (label, score, text, range)
    }
}

/// What became of what a model says of a document.
package enum AnnotationOutcome: Sendable {
    case stored
    /// The document was replaced or deleted since it was read, or another process has labelled it.
    case outdated
    /// The document has a field of the same name in metadata of its own, which stays as it is.
    case hidden
}

/// How many documents a labelling has read, and what it has said.
package struct LabellingCounts: Sendable {
    /// Documents it has read.
    package var read = 0
    /// Those of them it has said something of.
    package var labelled = 0
    /// How often each label was given: the documents of a label, or the entities of a kind; the most frequent first.
    package var labels: [(label: String, count: Int)] = []
    /// The documents of the most frequent entities; empty for labels.
    package var texts: [(label: String, text: String, count: Int)] = []
    /// The mean score of what it has said; nil where it has said nothing.
    package var meanScore: Double?
}
