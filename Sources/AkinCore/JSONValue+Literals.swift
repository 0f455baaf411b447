/// Metadata is written as Swift literals: `["year": 2024, "tags": ["boats", "harbour"], "draft": false, "author":
/// nil]`.
extension JSONValue: ExpressibleByNilLiteral {
    /// `nil` is JSON's null.
    public init(nilLiteral: ()) { self = .null }
}

extension JSONValue: ExpressibleByBooleanLiteral {
    /// `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSONValue: ExpressibleByIntegerLiteral {
    /// A whole number that a `Double` does not hold, beyond 2⁵³, keeps its digits.
    public init(integerLiteral value: Int) { self.init(value) }
}

extension JSONValue: ExpressibleByFloatLiteral {
    /// A number as a double; how it was written is not kept.
    public init(floatLiteral value: Double) { self = .number(value) }
}

extension JSONValue: ExpressibleByStringInterpolation {
    /// A text.
    public init(stringLiteral value: String) { self = .string(value) }
}

extension JSONValue: ExpressibleByArrayLiteral {
    /// Values in their order.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
    /// Where a key occurs more than once, the last value counts, as in JSON.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements) { $1 })
    }
}

extension JSONValue {
    /// A whole number; one that a `Double` does not hold, beyond 2⁵³, keeps its digits.
    public init(_ value: some BinaryInteger) {
        let exact = Double(exactly: value).flatMap { abs($0) <= 0x1p53 ? $0 : nil }
        self = exact.map(JSONValue.number) ?? .numeral(String(value))
    }
}
