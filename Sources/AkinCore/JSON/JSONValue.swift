import Foundation

/// A JSON value: what a document's metadata is made of.
///
/// A number that a `Double` gives back as it was written is a `number`; of any other (`3.50`, `1e3`,
/// 12345678901234567890) the spelling is kept. Values are equal when they are written alike: `numeral("1.0")` is not
/// `number(1)`, though `JSONValue.number` of both is 1.
public enum JSONValue: Hashable, Sendable {
    /// `null`. A metadata field that is null counts as missing in filters.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number that a double gives back as it was written. It has to be finite to be stored.
    case number(Double)
    /// A number in JSON's spelling, such as `3.50`, which a double would change. `JSONValue.number` is its value,
    /// rounded to a double.
    case numeral(String)
    /// A text, without the quotes and escapes of JSON.
    case string(String)
    /// Values in their order.
    case array([JSONValue])
    /// Values by name. Names are unique; their order is not kept.
    case object([String: JSONValue])
}

extension JSONValue: Codable {
    /// Reads any JSON value. A number is read as a double, whatever its spelling.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// Writes the value; a whole number below 2⁵³ is written without a fraction.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .number(let value):
            if let whole = Int64(exactly: value), abs(value) < 9_007_199_254_740_992 {
                try container.encode(whole)
            } else {
                try container.encode(value)
            }
        // An encoder does not take a number's spelling. Of the types that it takes, this one keeps the most digits.
        case .numeral(let text):
            if let decimal = Decimal(string: text) {
                try container.encode(decimal)
            } else {
                try container.encode(Double(text) ?? 0)
            }
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

extension JSONValue {
    /// The value as a person would write it without quotes: a string itself, a whole number without a fraction, JSON
    /// words for the rest; nil for arrays, objects and null.
    public var scalarText: String? {
        switch self {
        case .string(let value): value
        case .bool(let value): value ? "true" : "false"
        case .number(let value):
            if let whole = Int64(exactly: value) { String(whole) } else { String(value) }
        case .numeral(let text): text
        case .null, .array, .object: nil
        }
    }

    /// The value of a number, rounded to a double; nil for everything else.
    public var number: Double? {
        switch self {
        case .number(let value): value
        case .numeral(let text): Double(text)
        case .null, .bool, .string, .array, .object: nil
        }
    }

    /// The digits of a number that is written as a whole one; nil for everything else. Identifiers are such numbers.
    package var wholeNumberText: String? {
        guard number != nil, let text = scalarText else { return nil }
        return text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") } ? text : nil
    }

    /// Whether every number in it is finite, at any depth: JSON has no others.
    package var isFinite: Bool {
        switch self {
        case .number(let value): value.isFinite
        case .array(let elements): elements.allSatisfy(\.isFinite)
        case .object(let members): members.values.allSatisfy(\.isFinite)
        case .null, .bool, .numeral, .string: true
        }
    }
}

extension [String: JSONValue] {
    /// The id of a record that this object is: `id`, else what BEIR calls it, `_id`; nil where both are missing or
    /// null.
    package var recordID: JSONValue? {
        for name in ["id", "_id"] {
            if let id = self[name], id != .null { return id }
        }
        return nil
    }
}

extension JSONValue {
    /// Reads a JSON text; numbers keep the digits that a double would change.
    ///
    /// - Throws: `AkinError(.invalidData)`, naming the byte, for what is not JSON.
    package init(json bytes: [UInt8]) throws {
        do throws(JSONSyntaxError) {
            self = try JSONReader.value(of: bytes)
        } catch {
            throw AkinError(.invalidData, "The JSON cannot be read at byte \(error.offset + 1): \(error.message).")
        }
    }
}
