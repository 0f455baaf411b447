import Foundation

/// A JSON value to be written, whose objects may have members that Swift takes for one.
///
/// Strings are equal when they are canonically equivalent, é as one scalar or as two, and so a dictionary, a keyed
/// container of `Encoder` and `JSONValue` keep one of two such keys. Ids of documents are compared by their bytes.
indirect enum JSONTree {
    /// A string, a number or a truth value.
    case leaf(any Encodable)
    case array([JSONTree])
    case object([(key: String, value: JSONTree)])
    case null

    /// The members that have a value.
    static func members(_ members: KeyValuePairs<String, JSONTree?>) -> JSONTree {
        .object(members.compactMap { member in member.value.map { (member.key, $0) } })
    }

    static func leaves(_ values: [some Encodable]) -> JSONTree { .array(values.map { .leaf($0) }) }

    /// The value over several lines, two spaces a level, keys in the order of their bytes: as `JSONEncoder` writes it
    /// with `.prettyPrinted` and `.sortedKeys`, but for an object without members, which is `{}`.
    ///
    /// - Throws: `EncodingError` for a number that is not finite.
    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        var text = ""
        try write(to: &text, indent: "", encoder)
        return text
    }

    private func write(to text: inout String, indent: String, _ encoder: JSONEncoder) throws {
        switch self {
        case .null: text += "null"
        case .leaf(let value): text += String(decoding: try encoder.encode(value), as: UTF8.self)
        case .array(let elements):
            try writeLines(elements, between: "[", "]", to: &text, indent: indent) { element, text, indent in
                try element.write(to: &text, indent: indent, encoder)
            }
        case .object(let members) where members.isEmpty: text += "{}"
        case .object(let members):
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            try writeLines(sorted, between: "{", "}", to: &text, indent: indent) { member, text, indent in
                text += String(decoding: try encoder.encode(member.key), as: UTF8.self) + " : "
                try member.value.write(to: &text, indent: indent, encoder)
            }
        }
    }

    /// Each element on lines of its own; an empty line where there is none.
    private func writeLines<Element>(
        _ elements: [Element], between open: String, _ close: String, to text: inout String, indent: String,
        _ write: (Element, inout String, String) throws -> Void
    ) throws {
        let inner = indent + "  "
        text += open + "\n"
        for (place, element) in elements.enumerated() {
            text += (place > 0 ? ",\n" : "") + inner
            try write(element, &text, inner)
        }
        text += "\n" + indent + close
    }
}
