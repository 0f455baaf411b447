import Foundation

extension String {
    /// The text in normal form C, in which a letter and its accent are one code point where there is one.
    package var composed: String { utf8.allSatisfy { $0 < 0x80 } ? self : precomposedStringWithCanonicalMapping }

    /// The text in normal form D, in which accents are code points of their own.
    package var decomposed: String { utf8.allSatisfy { $0 < 0x80 } ? self : decomposedStringWithCanonicalMapping }

    /// Whether two texts are equal apart from their normal form.
    package func differsByNormalFormOnly(from other: String) -> Bool {
        self == other && !utf8.elementsEqual(other.utf8)
    }
}

extension [String: JSONValue] {
    /// The object with the names of its members, at every depth, in normal form C: the store compares names by their
    /// bytes.
    package var withComposedNames: [String: JSONValue] {
        Dictionary(uniqueKeysWithValues: map { ($0.key.composed, $0.value.withComposedNames) })
    }
}

extension JSONValue {
    fileprivate var withComposedNames: JSONValue {
        switch self {
        case .object(let members): .object(members.withComposedNames)
        case .array(let elements): .array(elements.map(\.withComposedNames))
        case .null, .bool, .number, .numeral, .string: self
        }
    }
}
