/// Something a person should know that is no error: a sentence, with what can be done where something can.
///
/// In JSON it is a text, the message and the remedy as the program that writes it words them.
public struct Note: Remediable, Hashable {
    public var message: String
    public var remedy: Remedy?

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
    public var description: String { fullMessage }
}

extension Note: ExpressibleByStringInterpolation {
    public init(stringLiteral message: String) { self.init(message) }
}

extension Note: Codable {
    /// Reads a text, of which the remedy remains a part.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(encoder.text(of: self))
    }
}
