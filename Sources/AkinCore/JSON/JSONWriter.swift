/// JSON written into bytes: keys in the order a reader expects, and fast enough for millions of lines.
///
///     var json = JSONWriter(escaping: .hidden)
///     json.syntax("{\"id\":")
///     json.string(id)
///     json.syntax("}")
package struct JSONWriter {
    /// Which characters of strings are written as escapes.
    package enum Escaping: Sendable {
        /// Those that JSON cannot hold otherwise.
        case required
        /// Besides those everything that `VisibleText` calls hidden, so that a line of output is one line to every
        /// reader and cannot drive a terminal.
        case hidden
    }

    package private(set) var bytes: [UInt8] = []
    private let escaping: Escaping

    package init(escaping: Escaping) { self.escaping = escaping }

    /// The bytes as text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Syntax: braces, commas, and keys with their quotes and colon.
    @usableFromInline
    package mutating func syntax(_ text: StaticString) {
        text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    }

    package mutating func newline() { bytes.append(UInt8(ascii: "\n")) }

    package mutating func bool(_ value: Bool) { value ? syntax("true") : syntax("false") }

    package mutating func integer(_ value: Int) { bytes.append(contentsOf: String(value).utf8) }

    /// A number in the shortest form that reads back as the same value, whole ones without a fraction; `null` for nil
    /// and for what JSON cannot hold.
    package mutating func number(_ value: Double?) {
        guard let value, value.isFinite else { return syntax("null") }
        if let whole = Int64(exactly: value), abs(value) < 9_007_199_254_740_992 {
            return integer(Int(whole))
        }
        let text = value.description
        bytes.append(contentsOf: text.hasSuffix(".0") ? text.utf8.dropLast(2) : text.utf8[...])
    }

    /// Components of a vector between brackets, each in the shortest form that reads back as the same float.
    package mutating func vector(_ components: ArraySlice<Float>) {
        syntax("[")
        var isFirst = true
        for component in components {
            if !isFirst { syntax(",") }
            isFirst = false
            if component.isFinite { bytes.append(contentsOf: component.description.utf8) } else { syntax("null") }
        }
        syntax("]")
    }

    package mutating func string(_ value: String?) {
        guard let value else { return syntax("null") }
        bytes.append(UInt8(ascii: "\""))
        escape(value, keepsSyntax: false)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Text that is JSON already, with its hidden characters escaped where this writer does so.
    package mutating func json(_ text: String) { escape(text, keepsSyntax: true) }

    /// Elements between brackets, with commas.
    @inlinable
    package mutating func array<Elements: Sequence>(
        _ elements: Elements, _ write: (inout JSONWriter, Elements.Element) -> Void
    ) {
        syntax("[")
        var isFirst = true
        for element in elements {
            if !isFirst { syntax(",") }
            isFirst = false
            write(&self, element)
        }
        syntax("]")
    }

    /// An object with its keys in ascending order of their bytes.
    package mutating func object(_ members: [String: JSONValue]) {
        syntax("{")
        let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        for (place, member) in sorted.enumerated() {
            if place > 0 { syntax(",") }
            string(member.key)
            syntax(":")
            value(member.value)
        }
        syntax("}")
    }

    package mutating func value(_ value: JSONValue) {
        switch value {
        case .null: syntax("null")
        case .bool(let flag): bool(flag)
        case .number(let double): number(double)
        case .numeral(let text): bytes.append(contentsOf: text.utf8)
        case .string(let text): string(text)
        case .array(let elements): array(elements) { $0.value($1) }
        case .object(let members): object(members)
        }
    }

    /// - Parameter keepsSyntax: whether quotes, backslashes and white space stay, which are JSON's own.
    private mutating func escape(_ text: String, keepsSyntax: Bool) {
        var text = text
        text.withUTF8 { utf8 in
            var (start, position) = (0, 0)
            while position < utf8.count {
                guard let (scalar, length) = unsafe escapedScalar(at: position, in: utf8, keepsSyntax: keepsSyntax)
                else {
                    position += 1
                    continue
                }
                unsafe bytes.append(contentsOf: utf8[start..<position])
                escape(scalar)
                position += length
                start = position
            }
            unsafe bytes.append(contentsOf: utf8[start...])
        }
    }

    /// The scalar that begins at a position, if it is one to escape, and its bytes.
    private func escapedScalar(at position: Int, in utf8: UnsafeBufferPointer<UInt8>, keepsSyntax: Bool) -> (
        scalar: Unicode.Scalar, length: Int
    )? {
        let byte = unsafe utf8[position]
        if byte < 0x80 {
            let isEscaped =
                switch byte {
                case 0x09, 0x0A, 0x0D, UInt8(ascii: "\""), UInt8(ascii: "\\"): !keepsSyntax
                case ..<0x20: true
                case 0x7F: escaping == .hidden
                default: false
                }
            return isEscaped ? (Unicode.Scalar(byte), 1) : nil
        }
        guard escaping == .hidden else { return nil }
        let length: Int
        switch byte {
        case 0xC2, 0xD8: length = 2
        case 0xE2, 0xEF: length = 3
        case 0xF3: length = 4
        default: return nil
        }
        guard position + length <= utf8.count,
            let scalar = unsafe String(decoding: utf8[position..<(position + length)], as: UTF8.self).unicodeScalars
                .first,
            VisibleText.isHidden(scalar)
        else { return nil }
        return (scalar, length)
    }

    private mutating func escape(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": syntax("\\\"")
        case "\\": syntax("\\\\")
        case "\n": syntax("\\n")
        case "\r": syntax("\\r")
        case "\t": syntax("\\t")
        // Those of stored metadata, whose bytes are compared, are as Foundation writes them.
        case "\u{8}" where escaping == .required: syntax("\\b")
        case "\u{C}" where escaping == .required: syntax("\\f")
        default:
            for unit in scalar.utf16 {
                let digits = String(unit, radix: 16)
                syntax("\\u")
                bytes.append(contentsOf: String(repeating: "0", count: 4 - digits.utf8.count).utf8)
                bytes.append(contentsOf: digits.utf8)
            }
        }
    }
}
