import AkinCore

/// Reads JSON (RFC 8259) from bytes, strictly, one value at a time, so that a vocabulary of tens of thousands of
/// members never becomes a dictionary of strings.
struct JSONReader {
    private static let maximumDepth = 64

    private let bytes: [UInt8]
    private let file: String
    private var position = 0
    private var depth = 0

    /// - Parameter file: What errors call the bytes.
    /// - Throws: `AkinError.invalidData` when the bytes are not UTF-8.
    init(_ bytes: [UInt8], file: String) throws {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw AkinError(.invalidData, "\(file) is not UTF-8 text; write it again as JSON.")
        }
        self.bytes = bytes
        self.file = file
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    func failure(_ problem: String) -> AkinError {
        let line = bytes[..<min(position, bytes.count)].count { $0 == UInt8(ascii: "\n") } + 1
        return AkinError(.invalidData, "\(file), line \(line), byte \(position): \(problem)")
    }

    /// The next byte that is not whitespace, without reading it.
    mutating func peek() throws -> UInt8 {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return bytes[position]
            }
        }
        throw failure("the JSON ends too early; the file is cut short.")
    }

    private mutating func expect(_ byte: UInt8, _ what: String) throws {
        guard try peek() == byte else { throw failure("expected \(what).") }
        position += 1
    }

    mutating func expectEnd() throws {
        guard (try? peek()) == nil else { throw failure("there is more after the end of the JSON value.") }
    }

    /// Reads an object; `member` is called with each name and must read its value.
    mutating func object(_ member: (inout JSONReader, ArraySlice<UInt8>) throws -> Void) throws {
        try nested {
            try $0.expect(UInt8(ascii: "{"), "an object")
            var name: [UInt8] = []
            var first = true
            while try $0.peek() != UInt8(ascii: "}") {
                if !first { try $0.expect(UInt8(ascii: ","), "a comma or the end of the object") }
                first = false
                name.removeAll(keepingCapacity: true)
                try $0.string(into: &name)
                try $0.expect(UInt8(ascii: ":"), "a colon after the member's name")
                try member(&$0, name[...])
            }
            $0.position += 1
        }
    }

    /// Reads an array; `element` is called before each element and must read it.
    mutating func array(_ element: (inout JSONReader) throws -> Void) throws {
        try nested {
            try $0.expect(UInt8(ascii: "["), "an array")
            var first = true
            while try $0.peek() != UInt8(ascii: "]") {
                if !first { try $0.expect(UInt8(ascii: ","), "a comma or the end of the array") }
                first = false
                try element(&$0)
            }
            $0.position += 1
        }
    }

    private mutating func nested(_ body: (inout JSONReader) throws -> Void) throws {
        depth += 1
        guard depth <= Self.maximumDepth else {
            throw failure("the JSON is nested more than \(Self.maximumDepth) deep.")
        }
        try body(&self)
        depth -= 1
    }

    /// Reads any value.
    mutating func value() throws -> JSONValue {
        switch try peek() {
        case UInt8(ascii: "{"):
            var members: [String: JSONValue] = [:]
            try object { members[String(decoding: $1, as: UTF8.self)] = try $0.value() }
            return .object(members)
        case UInt8(ascii: "["):
            var elements: [JSONValue] = []
            try array { elements.append(try $0.value()) }
            return .array(elements)
        case UInt8(ascii: "\""):
            var text: [UInt8] = []
            try string(into: &text)
            return .string(String(decoding: text, as: UTF8.self))
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func word(_ text: StaticString, _ value: JSONValue) throws -> JSONValue {
        let expected = Array(text.description.utf8)
        guard bytes[position...].starts(with: expected) else { throw failure("expected a JSON value.") }
        position += expected.count
        return value
    }

    /// Reads a number that is a whole one from 0 to `Int32.max`.
    mutating func identifier() throws -> Int32 {
        _ = try peek()
        let start = position
        var value = 0
        while position < bytes.count, case let digit = Int(bytes[position]) - 0x30, (0...9).contains(digit),
            position - start < 10
        {
            value = value * 10 + digit
            position += 1
        }
        let leadingZero = position - start > 1 && bytes[start] == 0x30
        let goesOn =
            position < bytes.count && [0x2E, 0x45, 0x65].contains(bytes[position])
            || position - start == 10 && value > Int32.max
        guard position > start, !leadingZero, !goesOn, let id = Int32(exactly: value) else {
            throw failure("expected a token id, a whole number from 0 to \(Int32.max).")
        }
        return id
    }

    /// Reads a number.
    mutating func number() throws -> Double {
        _ = try peek()
        let start = position
        scan: while position < bytes.count {
            switch bytes[position] {
            case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: position += 1
            default: break scan
            }
        }
        let text = bytes[start..<position]
        let digits = text.drop { $0 == UInt8(ascii: "-") }
        func isDigit(_ byte: UInt8?) -> Bool { byte.map { 0x30...0x39 ~= $0 } ?? false }
        guard text.count(where: { $0 == UInt8(ascii: "-") }) <= 2, isDigit(digits.first), isDigit(digits.last),
            let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite
        else { throw failure("expected a JSON value.") }
        return value
    }

    /// Reads a string and appends its bytes.
    mutating func string(into text: inout [UInt8]) throws {
        try expect(UInt8(ascii: "\""), "a string")
        while true {
            let start = position
            while position < bytes.count, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\"),
                bytes[position] >= 0x20
            {
                position += 1
            }
            text.append(contentsOf: bytes[start..<position])
            guard position < bytes.count else { throw failure("a string has no end; the file is cut short.") }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"): try escape(into: &text)
            default: throw failure("a control character stands in a string; it must be escaped.")
            }
        }
    }

    private mutating func escape(into text: inout [UInt8]) throws {
        guard position + 1 < bytes.count else { throw failure("a string has no end; the file is cut short.") }
        let kind = bytes[position + 1]
        position += 2
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(kind)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            if 0xD800...0xDBFF ~= code, bytes[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
                position += 2
                let low = try hexadecimal()
                guard 0xDC00...0xDFFF ~= low else { throw failure("half of a surrogate pair stands alone.") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw failure("half of a surrogate pair stands alone.") }
            text.append(contentsOf: String(scalar).utf8)
        default: throw failure("“\\\(Unicode.Scalar(kind))” is no JSON escape.")
        }
    }

    private mutating func hexadecimal() throws -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard position < bytes.count, let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else {
                throw failure("“\\u” needs four hexadecimal digits.")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}
