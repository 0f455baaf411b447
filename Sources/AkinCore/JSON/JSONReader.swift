/// A strict reader of JSON (RFC 8259) over bytes that are known to be valid UTF-8, one value or one part of a value at
/// a time, so that a vocabulary of hundreds of thousands of members need not become a dictionary:
///
///     var reader = JSONReader(bytes)
///     var hasMember = try reader.beginObject()
///     while hasMember {
///         let name = try reader.memberName()
///         members.append((name, try reader.value()))
///         hasMember = try reader.nextMember()
///     }
///     try reader.end()
///
/// Stricter than the RFC demands in two ways: an escape that is half of a surrogate pair is an error, since Swift text
/// cannot hold it, and so is a number beyond the range of a double. Where several members have one name, the last
/// counts. Arrays and objects nest up to `maximumDepth`.
///
/// A number that a double does not give back as it was written keeps its spelling. After an error the reader cannot be
/// used any more.
package struct JSONReader {
    package static let maximumDepth = 512

    let bytes: [UInt8]
    /// Bytes read so far.
    package internal(set) var index: Int
    private var depth = 0
    /// A name that two members of one object have in different normal forms, in what was read since this was last set
    /// to nil: one of the two is lost.
    package var clashingName: String?

    /// - Parameter index: where the JSON text begins.
    package init(_ bytes: [UInt8], from index: Int = 0) {
        self.bytes = bytes
        self.index = index
    }

    /// The message about a value with a clashing name.
    package static func clashMessage(_ name: String) -> String {
        "two fields are called '\(name)', in different Unicode normal forms; rename one, so that neither is lost"
    }

    /// The one value of a whole text.
    package static func value(of bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
        var reader = JSONReader(bytes)
        return try reader.onlyValue()
    }

    /// The one value there is.
    package mutating func onlyValue() throws(JSONSyntaxError) -> JSONValue {
        let value = try value()
        try end()
        return value
    }

    /// The next value, with white space before it.
    package mutating func value() throws(JSONSyntaxError) -> JSONValue {
        guard let first = peek() else { throw failure("") }
        switch first {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw failure("a JSON value was expected")
        }
    }

    /// Makes sure that nothing but white space is left.
    package mutating func end() throws(JSONSyntaxError) {
        guard peek() == nil else { throw failure("text goes on after the end of the JSON value") }
    }

    /// The next byte that is not white space, without reading it; nil at the end.
    package mutating func peek() -> UInt8? {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x0A, 0x0D, 0x09: index += 1
            default: return bytes[index]
            }
        }
        return nil
    }

    package func failure(_ message: String) -> JSONSyntaxError {
        JSONSyntaxError(offset: index, message: index >= bytes.count ? "the JSON text ends early" : message)
    }

    /// Reads past white space and, if `byte` follows, past that too.
    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        index += 1
        return true
    }

    private mutating func word(_ text: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        let end = index + text.utf8CodeUnitCount
        guard end <= bytes.count, bytes[index..<end].elementsEqual(text.description.utf8) else {
            throw failure("a JSON value was expected")
        }
        index = end
        return value
    }

    private mutating func object() throws(JSONSyntaxError) -> JSONValue {
        var members: [String: JSONValue] = [:]
        var hasMember = try beginObject()
        while hasMember {
            let name = try memberName()
            // Canonically equivalent names are one key to a dictionary.
            if let same = members.index(forKey: name), members[same].key.differsByNormalFormOnly(from: name) {
                clashingName = name
            }
            members[name] = try value()
            hasMember = try nextMember()
        }
        return .object(members)
    }

    private mutating func array() throws(JSONSyntaxError) -> JSONValue {
        var elements: [JSONValue] = []
        var hasElement = try beginArray()
        while hasElement {
            elements.append(try value())
            hasElement = try nextElement()
        }
        return .array(elements)
    }
}

// MARK: Parts of a value

extension JSONReader {
    /// Enters an object; returns whether it has a member.
    package mutating func beginObject() throws(JSONSyntaxError) -> Bool {
        try begin(UInt8(ascii: "{"), "an object was expected")
        return !takeEnd(UInt8(ascii: "}"))
    }

    /// The name of the member that follows; its value is then next.
    package mutating func memberName() throws(JSONSyntaxError) -> String {
        try beginName()
        let name = try string()
        try endName()
        return name
    }

    /// Appends the bytes of the name of the member that follows; its value is then next.
    package mutating func memberName(into name: inout [UInt8]) throws(JSONSyntaxError) {
        try beginName()
        try string(into: &name)
        try endName()
    }

    /// Moves on after the value of a member; returns whether another member follows, otherwise the object is left.
    package mutating func nextMember() throws(JSONSyntaxError) -> Bool {
        if take(UInt8(ascii: ",")) { return true }
        guard takeEnd(UInt8(ascii: "}")) else { throw failure("a comma or } was expected") }
        return false
    }

    /// Enters an array; returns whether it has an element.
    package mutating func beginArray() throws(JSONSyntaxError) -> Bool {
        try begin(UInt8(ascii: "["), "an array was expected")
        return !takeEnd(UInt8(ascii: "]"))
    }

    /// Moves on after an element; returns whether another follows, otherwise the array is left.
    package mutating func nextElement() throws(JSONSyntaxError) -> Bool {
        if take(UInt8(ascii: ",")) { return true }
        guard takeEnd(UInt8(ascii: "]")) else { throw failure("a comma or ] was expected") }
        return false
    }

    private mutating func begin(_ bracket: UInt8, _ problem: String) throws(JSONSyntaxError) {
        guard peek() == bracket else { throw failure(problem) }
        depth += 1
        guard depth <= Self.maximumDepth else { throw failure("values are nested more than \(Self.maximumDepth) deep") }
        index += 1
    }

    private mutating func takeEnd(_ bracket: UInt8) -> Bool {
        guard take(bracket) else { return false }
        depth -= 1
        return true
    }

    private mutating func beginName() throws(JSONSyntaxError) {
        guard peek() == UInt8(ascii: "\"") else { throw failure("a member name in quotes was expected") }
    }

    private mutating func endName() throws(JSONSyntaxError) {
        guard take(UInt8(ascii: ":")) else { throw failure("a colon was expected after a member name") }
    }
}
