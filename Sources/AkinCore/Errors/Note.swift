/// Something that a person should know and that is not an error: a sentence, with a remedy where there is one.
///
/// In JSON it is a text, the message and the remedy as the program that writes it words them.
public struct Note: Remediable, Hashable {
    /// The sentence, without the remedy.
    public var message: String
    /// What can be done; nil where nothing has to be.
    public var remedy: Remedy?

    /// A note, with a remedy where there is one.
    public init(_ message: String, remedy: Remedy? = nil) {
        self.message = message
        self.remedy = remedy
    }
}

extension Note {
    /// An error as a note, its cause a part of the message.
    package init(_ error: AkinError) {
        self.init(error.addingCause(to: error.message), remedy: error.remedy)
    }

    /// Any error as a note.
    package init(of error: any Error) {
        if let error = error as? AkinError { self.init(error) } else { self.init(AkinError.text(of: error)) }
    }
}

extension Note: CustomStringConvertible {
    /// The message, and the remedy in the words of a Swift program.
    public var description: String { fullMessage }
}

extension Note: ExpressibleByStringInterpolation {
    /// A note without a remedy.
    public init(stringLiteral message: String) { self.init(message) }
}

extension Note: Codable {
    /// Reads a text, of which the remedy remains a part.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes one text: the message, and the remedy as the encoder's `userInfo` words it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(encoder.text(of: self))
    }
}
