package import AkinCore
package import Foundation

/// A document as the store holds it.
package struct StoredDocument: Hashable, Sendable {
    /// The store's own number; ascending in the order of first insertion and kept when the document is updated.
    package let rowID: Int64
    /// The id its owner gave it.
    package let id: String
    /// Where it came from: a path, perhaps with `#record`.
    package let source: String
    package let title: String?
    /// A JSON object.
    package let metadataJSON: String
    /// The hash that `put` compares to find whether the document changed.
    package let contentHash: Data
    /// Seconds since 1970 of the first insertion.
    package let created: Int64
    /// Seconds since 1970 of the last change.
    package let updated: Int64
}

/// A passage as the store holds it. Passages are immutable and ids are never reused.
package struct StoredPassage: Hashable, Sendable {
    package let id: Int64
    package let documentRowID: Int64
    /// The passage's place in its document, from 0.
    package let ordinal: Int
    package let text: String
    /// Unicode scalars of the document's text: first of the passage.
    package let rangeStart: Int
    /// Unicode scalars of the document's text: first after the passage.
    package let rangeEnd: Int
    package let tokenCount: Int
    /// Where the passage stands in the document's file; nil where that is not known.
    package let place: PassagePlace?
}

/// One scalar of a document's metadata, for filters: a text or a number, not both, so that numbers compare only with
/// numbers. Several entries may share a key.
package struct MetadataEntry: Hashable, Sendable {
    package var key: String
    package var text: String?
    package var number: Double?

    package init(key: String, text: String?, number: Double? = nil) {
        self.key = key
        self.text = text
        self.number = number
    }
}

/// A passage to be stored.
package struct NewPassage: Sendable {
    package var text: String
    /// What keyword search reads instead of `text`; nil when it reads `text`.
    package var searchText: String?
    package var rangeStart: Int
    package var rangeEnd: Int
    package var tokenCount: Int
    /// Where the passage stands in the document's file; nil where that is not known.
    package var place: PassagePlace?
    /// The passage's vectors, at most one a space. Of unit length where the space's metric is cosine.
    package var vectors: [(space: Int64, vector: [Float])]

    package init(
        text: String, searchText: String? = nil, rangeStart: Int, rangeEnd: Int, tokenCount: Int,
        place: PassagePlace? = nil, vectors: [(space: Int64, vector: [Float])] = []
    ) {
        self.text = text
        self.searchText = searchText
        self.rangeStart = rangeStart
        self.rangeEnd = rangeEnd
        self.tokenCount = tokenCount
        self.place = place
        self.vectors = vectors
    }
}

/// A document to be stored, with its passages in order.
package struct NewDocument: Sendable {
    package var id: String
    package var source: String
    package var title: String?
    /// A JSON object.
    package var metadataJSON: String
    /// The scalars of `metadataJSON` that filters can see.
    package var metadata: [MetadataEntry]
    package var contentHash: Data
    package var passages: [NewPassage]

    package init(
        id: String, source: String, title: String? = nil, metadataJSON: String = "{}", metadata: [MetadataEntry] = [],
        contentHash: Data, passages: [NewPassage]
    ) {
        self.id = id
        self.source = source
        self.title = title
        self.metadataJSON = metadataJSON
        self.metadata = metadata
        self.contentHash = contentHash
        self.passages = passages
    }
}

/// What `put` did.
package enum PutOutcome: String, Sendable {
    case inserted, updated, unchanged
}
