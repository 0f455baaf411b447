public import AkinCore
import AkinText

/// A text with an id, and perhaps a title, a source and metadata: the unit that is put into a store and returned from
/// it.
public struct Document: Sendable, Hashable, Codable {
    /// The document's name, chosen by the user and unique in the store: putting the same id again replaces the
    /// document.
    public var id: String
    /// A title, which is searched and encoded with the text; nil for none.
    public var title: String?
    /// The text that is searched. It may be empty.
    public var text: String
    /// Where the text came from: the absolute path of a file, with `#record` for a record of it, or whatever the caller
    /// sets.
    public var source: String
    /// Fields by name. Filters see texts, numbers, booleans and arrays of them, at any depth of objects.
    public var metadata: [String: JSONValue]

    /// Makes a document. Only id and text are needed.
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
