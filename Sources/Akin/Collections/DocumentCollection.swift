/// A folder that a store follows: its files are documents, and a run brings them up to date.
public struct DocumentCollection: Sendable, Hashable, Codable {
    /// The collection's name, unique in the store. The ids of its files' documents begin with it and a slash.
    public var name: String
    /// The absolute path of the folder, symbolic links resolved.
    public var root: String
    /// The files and folders that are followed, below the root; nil where everything below it is.
    public var followed: [String]?
    /// The number of documents whose sources are below the root, those of inner collections left out.
    public var documents: Int
    /// The number of files that were read.
    public var files: Int
    /// Whether the folder is not there at present.
    public var isMissing: Bool
    /// When it was made, in ISO 8601.
    public var created: String
}
