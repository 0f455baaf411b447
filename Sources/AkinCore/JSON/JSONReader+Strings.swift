extension JSONReader {
    /// The string at `index`.
    mutating func string() throws(JSONSyntaxError) -> String {
        index += 1
        let begin = index
        skipPlainBytes()
        guard index < bytes.count else { throw failure("") }
        if bytes[index] == UInt8(ascii: "\"") {
            defer { index += 1 }
            return String(decoding: bytes[begin..<index], as: UTF8.self)
        }
        var text = Array(bytes[begin..<index])
        try restOfString(into: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the bytes of the string that follows.
    package mutating func string(into text: inout [UInt8]) throws(JSONSyntaxError) {
        guard peek() == UInt8(ascii: "\"") else { throw failure("a string was expected") }
        index += 1
        try restOfString(into: &text)
    }

    private mutating func restOfString(into text: inout [UInt8]) throws(JSONSyntaxError) {
        while true {
            let begin = index
            skipPlainBytes()
            text.append(contentsOf: bytes[begin..<index])
            guard index < bytes.count else { throw failure("") }
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index += 1
                return
            case UInt8(ascii: "\\"):
                index += 1
                try escape(into: &text)
            default: throw failure("a control character in a string; write it as an escape such as \\n")
            }
        }
    }

    /// Reads past the part of a string that has no escapes.
    private mutating func skipPlainBytes() {
        let bytes = self.bytes
        var end = index
        while end < bytes.count {
            let byte = bytes[end]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            end += 1
        }
        index = end
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
    private mutating func escapedScalar() throws(JSONSyntaxError) -> Unicode.Scalar {
        let high = try hexadecimal()
        if let scalar = Unicode.Scalar(high) { return scalar }
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
        return scalar
    }

    private mutating func hexadecimal() throws(JSONSyntaxError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard index < bytes.count, let digit = Self.hexadecimalDigit(bytes[index]) else {
                throw failure("four hexadecimal digits were expected after \\u")
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    private static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
