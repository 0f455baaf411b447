/// An encoder model on this machine.
public struct InstalledModel: Sendable, Codable {
    public var name: String
    public var path: String
    public var dimension: Int
    public var layers: Int
    public var maximumTokens: Int
    public var vocabularySize: Int
    public var pooling: String
    public var bytes: Int
}
