public import AkinCore

/// A text with an identity: what is put into a store and what comes back.
public struct Document: Sendable, Hashable, Codable {
    /// Chosen by the user, unique in the store: putting the same id again replaces the document.
    public var id: String
    /// Searched and encoded with the text; nil for none.
    public var title: String?
    /// What is searched. It may be empty.
    public var text: String
    /// Where the text came from: the absolute path of a file with `#record` for a file of records, or whatever the
    /// caller sets.
    public var source: String
    /// A JSON object; scalar values and arrays of scalars can be filtered by.
    public var metadata: [String: JSONValue]

    /// A document. Only id and text are needed.
    public init(
        id: String, title: String? = nil, text: String, source: String = "", metadata: [String: JSONValue] = [:]
    ) {
        self.id = id
        self.title = title
        self.text = text
        self.source = source
        self.metadata = metadata
    }
}

extension Document {
    /// A part of the text, such as the passage that a search found.
    ///
    /// - Parameter range: in Unicode scalars of `text`, as `SearchResult.range`; what lies beyond it is left out.
    public func text(in range: Range<Int>) -> Substring { text.slice(scalars: range) }
}
