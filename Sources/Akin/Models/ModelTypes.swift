/// An encoder model on this machine.
public struct InstalledModel: Sendable, Codable {
    /// The folder's name, by which it is asked for.
    public var name: String
    /// The folder's absolute path.
    public var path: String
    /// The number of components of its vectors.
    public var dimension: Int
    /// The number of layers of its network; 0 for a static model.
    public var layers: Int
    /// The most tokens that it reads of a text, special ones included; 0 where there is no limit.
    public var maximumTokens: Int
    /// The number of tokens that it knows.
    public var vocabularySize: Int
    /// How the vectors of tokens become one of the text.
    public var pooling: String
    /// The size of its files in bytes.
    public var bytes: Int
    /// Where it has come from; nil where that is not known, as of a model that was copied.
    public var origin: ModelOrigin?
}
