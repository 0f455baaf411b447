import AkinCore

/// A JSON value to be written, whose objects may have members whose names Swift takes for equal.
///
/// Strings are equal when they are canonically equivalent, é as one scalar or as two, and so a dictionary, a keyed
/// container of `Encoder` and `JSONValue` keep one of two such keys. Ids of documents are compared by their bytes.
indirect enum JSONTree {
    case value(JSONValue)
    case array([JSONTree])
    case object([(key: String, value: JSONTree)])

    static func leaf(_ text: String) -> JSONTree { .value(.string(text)) }
    static func leaf(_ number: Double) -> JSONTree { .value(.number(number)) }
    static func leaf(_ whole: some BinaryInteger) -> JSONTree { .value(JSONValue(whole)) }

    static func leaves(_ texts: [String]) -> JSONTree { .array(texts.map { .leaf($0) }) }
    static func leaves(_ numbers: [Double]) -> JSONTree { .array(numbers.map { .leaf($0) }) }
    static func leaves(_ wholes: [Int]) -> JSONTree { .array(wholes.map { .leaf($0) }) }

    /// The members that have a value.
    static func members(_ members: KeyValuePairs<String, JSONTree?>) -> JSONTree {
        .object(members.compactMap { member in member.value.map { (member.key, $0) } })
    }

    /// The value over several lines, two spaces a level, keys in the order of their bytes: as `JSONEncoder` writes it
    /// with `.prettyPrinted` and `.sortedKeys`, except an object without members, which is `{}`.
    ///
    /// - Throws: `AkinError(.internalFailure)` for a number that is not finite.
    func text() throws -> String {
        var json = JSONWriter(escaping: .required)
        try write(to: &json, indent: "")
        return json.text
    }

    private func write(to json: inout JSONWriter, indent: String) throws {
        switch self {
        case .value(let value):
            guard value.number?.isFinite ?? true else {
                throw AkinError(.internalFailure, "A number of the report is \(value.scalarText ?? "") and not finite.")
            }
            json.value(value)
        case .array(let elements):
            try writeLines(elements, between: "[", "]", to: &json, indent: indent) { element, json, indent in
                try element.write(to: &json, indent: indent)
            }
        case .object(let members) where members.isEmpty: json.syntax("{}")
        case .object(let members):
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            try writeLines(sorted, between: "{", "}", to: &json, indent: indent) { member, json, indent in
                json.string(member.key)
                json.syntax(" : ")
                try member.value.write(to: &json, indent: indent)
            }
        }
    }

    /// Each element on lines of its own; an empty line where there is none.
    private func writeLines<Element>(
        _ elements: [Element], between open: StaticString, _ close: StaticString, to json: inout JSONWriter,
        indent: String, _ write: (Element, inout JSONWriter, String) throws -> Void
    ) throws {
        let inner = indent + "  "
        json.syntax(open)
        json.newline()
        for (place, element) in elements.enumerated() {
            if place > 0 { json.syntax(",\n") }
            json.json(inner)
            try write(element, &json, inner)
        }
        json.newline()
        json.json(indent)
        json.syntax(close)
    }
}
