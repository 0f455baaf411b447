// SQLite's text functions end a text at NUL, so what lies behind one would be lost.

extension String {
    /// Whether a NUL character is in the text.
    package var holdsNUL: Bool { utf8.contains(0) }
}

extension JSONValue {
    /// Whether a NUL character is in any text or name, at any depth.
    package var holdsNUL: Bool {
        switch self {
        case .string(let text): text.holdsNUL
        case .array(let elements): elements.contains(where: \.holdsNUL)
        case .object(let members): members.contains { $0.key.holdsNUL || $0.value.holdsNUL }
        case .null, .bool, .number, .numeral: false
        }
    }
}

extension [(String, String)] {
    /// Of names and texts, the name of the first text with a NUL character; nil where none has one.
    package var nameOfTextWithNUL: String? { first { $0.1.holdsNUL }?.0 }
}
