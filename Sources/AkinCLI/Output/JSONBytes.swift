import AkinCore

/// JSON written by hand into bytes: keys in the order a reader expects, and fast enough for millions of lines.
///
/// Besides what JSON asks for, everything that `VisibleText` calls hidden is escaped, so that a line of output is one
/// line to every reader and cannot drive a terminal.
struct JSONBytes {
    private(set) var bytes: [UInt8] = []

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Syntax: braces, commas, and keys with their quotes and colon.
    mutating func syntax(_ text: StaticString) {
        text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    }

    mutating func newline() { bytes.append(UInt8(ascii: "\n")) }

    mutating func integer(_ value: some BinaryInteger) { bytes.append(contentsOf: String(value).utf8) }

    /// A number in the shortest form that reads back as the same value; `null` for nil and for what JSON cannot hold.
    mutating func number(_ value: Double?) {
        guard let value, value.isFinite else { return syntax("null") }
        if let whole = Int64(exactly: value), abs(value) < 9_007_199_254_740_992 {
            integer(whole)
        } else {
            bytes.append(contentsOf: value.description.utf8)
        }
    }

    mutating func number(_ value: Float) {
        guard value.isFinite else { return syntax("null") }
        bytes.append(contentsOf: value.description.utf8)
    }

    mutating func string(_ value: String?) {
        guard let value else { return syntax("null") }
        bytes.append(UInt8(ascii: "\""))
        var text = value
        text.withUTF8 { utf8 in
            var start = 0
            var position = 0
            while position < utf8.count {
                let byte = unsafe utf8[position]
                let escaped =
                    byte < 0x80
                    ? (byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F
                        ? (scalar: Unicode.Scalar(byte), length: 1) : nil)
                    : unsafe JSONBytes.hiddenScalar(at: position, in: utf8)
                guard let escaped else {
                    position += 1
                    continue
                }
                unsafe bytes.append(contentsOf: utf8[start..<position])
                escape(escaped.scalar)
                position += escaped.length
                start = position
            }
            unsafe bytes.append(contentsOf: utf8[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// An id as it was read.
    mutating func recordID(_ id: RecordID) {
        switch id {
        case .value(let value): self.value(value)
        case .number(let spelling): bytes.append(contentsOf: spelling.utf8)
        }
    }

    /// Elements between brackets, with commas.
    mutating func array<Elements: Sequence>(_ elements: Elements, _ write: (inout JSONBytes, Elements.Element) -> Void)
    {
        syntax("[")
        var isFirst = true
        for element in elements {
            if !isFirst { syntax(",") }
            isFirst = false
            write(&self, element)
        }
        syntax("]")
    }

    /// An object with its keys in ascending order.
    mutating func object(_ members: [String: JSONValue]) {
        syntax("{")
        for (place, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
            if place > 0 { syntax(",") }
            string(member.key)
            syntax(":")
            value(member.value)
        }
        syntax("}")
    }

    mutating func value(_ value: JSONValue) {
        switch value {
        case .null: syntax("null")
        case .bool(let flag): flag ? syntax("true") : syntax("false")
        case .number(let double): number(double)
        case .numeral(let text): bytes.append(contentsOf: text.utf8)
        case .string(let text): string(text)
        case .array(let elements): array(elements) { $0.value($1) }
        case .object(let members): object(members)
        }
    }

    /// The hidden scalar that begins at a position, if one does, and its bytes.
    private static func hiddenScalar(at position: Int, in utf8: UnsafeBufferPointer<UInt8>) -> (
        scalar: Unicode.Scalar, length: Int
    )? {
        let length: Int
        switch unsafe utf8[position] {
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
        default:
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                syntax("\\u")
                bytes.append(contentsOf: String(repeating: "0", count: 4 - digits.utf8.count).utf8)
                bytes.append(contentsOf: digits.utf8)
            }
        }
    }
}
