/// An encoder model on this machine.
public struct InstalledModel: Sendable, Codable {
    /// The folder's name, by which it is asked for.
    public var name: String
    /// The folder's absolute path.
    public var path: String
    /// Components of a vector.
    public var dimension: Int
    /// Layers of the network; 0 for a static model.
    public var layers: Int
    /// The most tokens it reads of a text, special ones included; 0 for no limit.
    public var maximumTokens: Int
    /// Tokens it knows.
    public var vocabularySize: Int
    /// How the vectors of tokens become one of the text.
    public var pooling: String
    /// Size of its files.
    public var bytes: Int
}
