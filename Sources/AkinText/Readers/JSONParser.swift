package import AkinCore

/// What is wrong with a JSON text and where.
struct JSONSyntaxError: Error, Hashable {
    /// In bytes from the beginning of what was parsed.
    var offset: Int
    var message: String
}

/// A strict reader of JSON (RFC 8259) over bytes that are known to be valid UTF-8.
///
/// Stricter than the RFC demands in two ways: an escape that is half of a surrogate pair is an error, since Swift text
/// cannot hold it, and so is a number beyond the range of a double. Of members with one name the last counts. Arrays
/// and objects nest up to `maximumDepth`.
///
/// A number that a double does not give back as it was written keeps its spelling.
struct JSONParser {
    static let maximumDepth = 512

    private let bytes: [UInt8]
    private(set) var index = 0
    /// A name that two members of one object have in different normal forms, in what was parsed since this was last set
    /// to nil: one of the two is lost.
    var clashingName: String?

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// What is wrong with a value that has a clashing name.
    static func clashMessage(_ name: String) -> String {
        "two fields are called '\(name)', in different Unicode normal forms; rename one, so that neither is lost"
    }

    /// The one value of a whole text.
    static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
        var parser = JSONParser(bytes)
        return try parser.onlyValue()
    }

    /// The one value there is.
    mutating func onlyValue() throws(JSONSyntaxError) -> JSONValue {
        let value = try value()
        try end()
        return value
    }

    /// The next value, with white space before it.
    mutating func value() throws(JSONSyntaxError) -> JSONValue { try value(depth: 0) }

    /// Makes sure that nothing but white space is left.
    mutating func end() throws(JSONSyntaxError) {
        skipWhiteSpace()
        guard index == bytes.count else { throw failure("text goes on after the end of the JSON value") }
    }

    /// Goes over white space and, if `byte` follows, over that too.
    mutating func take(_ byte: UInt8) -> Bool {
        skipWhiteSpace()
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    func failure(_ message: String) -> JSONSyntaxError {
        JSONSyntaxError(offset: index, message: index >= bytes.count ? "the JSON text ends early" : message)
    }

    /// Goes over white space.
    mutating func skipWhiteSpace() {
        while index < bytes.count,
            bytes[index] == 0x20 || bytes[index] == 0x0A || bytes[index] == 0x0D || bytes[index] == 0x09
        {
            index += 1
        }
    }

    private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        skipWhiteSpace()
        guard index < bytes.count else { throw failure("") }
        switch bytes[index] {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw failure("a JSON value was expected")
        }
    }

    private mutating func word(_ text: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        let end = index + text.utf8CodeUnitCount
        guard end <= bytes.count, bytes[index..<end].elementsEqual(text.description.utf8) else {
            throw failure("a JSON value was expected")
        }
        index = end
        return value
    }

    private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        guard depth <= Self.maximumDepth else { throw failure("values are nested more than \(Self.maximumDepth) deep") }
        index += 1
        var members: [String: JSONValue] = [:]
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipWhiteSpace()
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
                throw failure("a member name in quotes was expected")
            }
            let name = try string()
            guard take(UInt8(ascii: ":")) else { throw failure("a colon was expected after a member name") }
            // Canonically equivalent names are one key to a dictionary.
            if let same = members.index(forKey: name), members[same].key.differsByNormalFormOnly(from: name) {
                clashingName = name
            }
            members[name] = try value(depth: depth)
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw failure("a comma or } was expected") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        guard depth <= Self.maximumDepth else { throw failure("values are nested more than \(Self.maximumDepth) deep") }
        index += 1
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat { elements.append(try value(depth: depth)) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw failure("a comma or ] was expected") }
        return .array(elements)
    }

    private mutating func number() throws(JSONSyntaxError) -> JSONValue {
        let begin = index
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        let firstDigit = index
        var whole = digits()
        guard index > firstDigit else { throw failure("a digit was expected") }
        guard index == firstDigit + 1 || bytes[firstDigit] != UInt8(ascii: "0") else {
            throw failure("a number may not begin with 0")
        }
        var (isInteger, hasExponent) = (true, false)
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            isInteger = false
            index += 1
            let first = index
            _ = digits()
            guard index > first else { throw failure("a digit was expected after the decimal point") }
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            (isInteger, hasExponent) = (false, true)
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
                index += 1
            }
            let first = index
            _ = digits()
            guard index > first else { throw failure("a digit was expected in the exponent") }
        }
        // Up to 15 digits are exact in a double.
        if isInteger, index - firstDigit <= 15, bytes[begin] != UInt8(ascii: "-") || whole != 0 {
            if firstDigit > begin { whole = -whole }
            return .number(Double(whole))
        }
        let text = String(decoding: bytes[begin..<index], as: UTF8.self)
        guard let value = Double(text), value.isFinite || isInteger else {
            throw JSONSyntaxError(offset: begin, message: "the number is beyond the range of a double")
        }
        // So short a fraction that does not end in 0 is what the double is printed as.
        let isShort =
            !hasExponent && !isInteger && index - firstDigit <= 16 && bytes[index - 1] != UInt8(ascii: "0")
            && value.magnitude >= 1e-4
        if isShort { return .number(value) }
        let isExact = (!isInteger || value.magnitude < 0x1p53) && JSONValue.number(value).scalarText == text
        return isExact ? .number(value) : .numeral(text)
    }

    /// Goes over digits; their value, wrapped around where they are many.
    private mutating func digits() -> Int {
        var value = 0
        while index < bytes.count, bytes[index] >= UInt8(ascii: "0"), bytes[index] <= UInt8(ascii: "9") {
            value = value &* 10 &+ Int(bytes[index] & 0x0F)
            index += 1
        }
        return value
    }

    private mutating func string() throws(JSONSyntaxError) -> String {
        index += 1
        let begin = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\"),
            bytes[index] >= 0x20
        {
            index += 1
        }
        guard index < bytes.count else { throw failure("") }
        if bytes[index] == UInt8(ascii: "\"") {
            defer { index += 1 }
            return String(decoding: bytes[begin..<index], as: UTF8.self)
        }
        var text = Array(bytes[begin..<index])
        while true {
            guard index < bytes.count else { throw failure("") }
            let byte = bytes[index]
            guard byte >= 0x20 else {
                throw failure("a control character in a string; write it as an escape such as \\n")
            }
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") {
                index += 1
                try escape(into: &text)
            } else {
                text.append(byte)
                index += 1
            }
        }
        index += 1
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONSyntaxError) {
        guard index < bytes.count else { throw failure("") }
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            index += 1
            text.append(contentsOf: String(try escapedScalar()).utf8)
            return
        default: throw failure("an unknown escape in a string")
        }
        index += 1
    }

    /// The scalar of one `\u` escape, or of two that are a surrogate pair; `index` is behind the first `u`.
    private mutating func escapedScalar() throws(JSONSyntaxError) -> Character {
        let high = try hexadecimal()
        if let scalar = Unicode.Scalar(high) { return Character(scalar) }
        guard high < 0xDC00, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
            bytes[index + 1] == UInt8(ascii: "u")
        else {
            throw failure("a \\u escape that is half of a surrogate pair")
        }
        index += 2
        let low = try hexadecimal()
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
        else {
            throw failure("a \\u escape that is half of a surrogate pair")
        }
        return Character(scalar)
    }

    private mutating func hexadecimal() throws(JSONSyntaxError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard index < bytes.count, let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else {
                throw failure("four hexadecimal digits were expected after \\u")
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }
}

extension JSONValue {
    /// Reads a JSON text; numbers keep the digits that a double would change.
    ///
    /// - Throws: `AkinError(.invalidData)`, naming the byte, for what is not JSON.
    package init(json bytes: [UInt8]) throws {
        do throws(JSONSyntaxError) {
            self = try JSONParser.parse(bytes)
        } catch {
            throw AkinError(.invalidData, "The JSON cannot be read at byte \(error.offset + 1): \(error.message).")
        }
    }
}
