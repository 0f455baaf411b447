public import AkinCore

/// Something in the input that was skipped, with the reason and the remedy.
public struct InputProblem: Remediable, Codable {
    /// The file, or what stands for it, such as a record of a file or an id.
    public let path: String
    /// The line in the file, 1-based; nil where the whole file is meant.
    public let line: Int?
    /// What is wrong: a sentence, or a clause that follows the place and a colon.
    public let message: String
    /// What can be done about it; nil where the message says all there is to say.
    public var remedy: Remedy?

    private enum CodingKeys: String, CodingKey {
        case path, line, message
    }

    /// In JSON the remedy is a part of the message.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(path, forKey: .path)
        try container.encodeIfPresent(line, forKey: .line)
        try container.encode(encoder.text(of: self), forKey: .message)
    }
}
