import AkinCore

extension JSONValue {
    /// The kind of value, as a message names it.
    var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .number, .numeral: "a number"
        case .string: "text"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension String {
    /// Whether anything but white space is in the text.
    package var hasVisibleText: Bool { unicodeScalars.contains { !$0.isWhiteSpaceOrBreak } }

    /// With a space for each line break, to be quoted in a message.
    package var onOneLine: String {
        String(String.UnicodeScalarView(unicodeScalars.map { ("\u{A}"..."\u{D}").contains($0) ? " " : $0 }))
    }
}
