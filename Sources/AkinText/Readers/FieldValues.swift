package import AkinCore

extension JSONValue {
    /// The kind of value, as a message names it.
    var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
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
        case .null, .bool, .number: false
        }
    }

    /// A value that came as bare text, with its type: a number if it is written just as Akin would write that number, so that nothing is
    /// lost (`2001`, `3.5`, not `007` or `1e5`), and not a whole number of 2^53 and more; nil for an empty text.
    var typedFromText: JSONValue? {
        guard case .string(let text) = self else { return self }
        guard let first = text.utf8.first else { return nil }
        guard first == UInt8(ascii: "-") || (first >= UInt8(ascii: "0") && first <= UInt8(ascii: "9")), text.utf8.count <= 24,
            let number = Double(text), number.isFinite, JSONValue.number(number).scalarText == text,
            Int64(exactly: number).map({ $0.magnitude < 1 << 53 }) ?? true
        else { return self }
        return .number(number)
    }
}

extension String {
    /// Whether anything but white space is in the text.
    package var hasVisibleText: Bool { unicodeScalars.contains { !$0.isWhiteSpaceOrBreak } }
}
