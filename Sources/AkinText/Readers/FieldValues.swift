package import AkinCore

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

    /// Whether a NUL character is in any text or name, at any depth.
    package var holdsNUL: Bool {
        switch self {
        case .string(let text): text.utf8.contains(0)
        case .array(let elements): elements.contains(where: \.holdsNUL)
        case .object(let members): members.contains { $0.key.utf8.contains(0) || $0.value.holdsNUL }
        case .null, .bool, .number, .numeral: false
        }
    }
}

extension String {
    /// Whether anything but white space is in the text.
    package var hasVisibleText: Bool { unicodeScalars.contains { !$0.isWhiteSpaceOrBreak } }
}
