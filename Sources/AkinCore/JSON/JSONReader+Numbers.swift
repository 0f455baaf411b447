extension JSONReader {
    /// The value of the number that follows, rounded to a double.
    package mutating func double() throws(JSONSyntaxError) -> Double {
        guard let first = peek(), first == UInt8(ascii: "-") || (0x30...0x39).contains(first) else {
            throw failure("a number was expected")
        }
        let spelling = try numberSpelling()
        if let value = spelling.exact { return value }
        let value = try spelling.double(of: text(from: spelling.begin), at: spelling.begin)
        guard value.isFinite else { throw Self.beyondRange(at: spelling.begin) }
        return value
    }

    /// The number that follows, which is a whole one from 0 to `Int32.max`, as ids of tokens are.
    package mutating func identifier() throws(JSONSyntaxError) -> Int32 {
        let problem = "a whole number from 0 to \(Int32.max) was expected"
        guard let first = peek(), (0x30...0x39).contains(first) else { throw failure(problem) }
        let begin = index
        let spelling = try numberSpelling()
        guard spelling.isInteger, let value = spelling.exact, let id = Int32(exactly: value) else {
            throw JSONSyntaxError(offset: begin, message: problem)
        }
        return id
    }

    /// The number at `index`.
    mutating func number() throws(JSONSyntaxError) -> JSONValue {
        let spelling = try numberSpelling()
        if let value = spelling.exact { return .number(value) }
        let text = text(from: spelling.begin)
        let value = try spelling.double(of: text, at: spelling.begin)
        // A fraction this short that does not end in 0 is printed back as it was written.
        let isShort =
            !spelling.hasExponent && !spelling.isInteger && index - spelling.firstDigit <= 16
            && bytes[index - 1] != UInt8(ascii: "0") && value.magnitude >= 1e-4
        if isShort { return .number(value) }
        let isExact = (!spelling.isInteger || value.magnitude < 0x1p53) && JSONValue.number(value).scalarText == text
        return isExact ? .number(value) : .numeral(text)
    }

    /// How a number is written.
    private struct NumberSpelling {
        let begin: Int
        let firstDigit: Int
        var isInteger = true
        var hasExponent = false
        /// The value of a whole number of up to 15 digits, which a double holds exactly; nil for all others and for −0.
        var exact: Double?

        /// The value of the text that is written so.
        func double(of text: String, at offset: Int) throws(JSONSyntaxError) -> Double {
            guard let value = Double(text), value.isFinite || isInteger else {
                throw JSONReader.beyondRange(at: offset)
            }
            return value
        }
    }

    private static func beyondRange(at offset: Int) -> JSONSyntaxError {
        JSONSyntaxError(offset: offset, message: "the number is beyond the range of a double")
    }

    private func text(from begin: Int) -> String { String(decoding: bytes[begin..<index], as: UTF8.self) }

    /// Reads past a number.
    private mutating func numberSpelling() throws(JSONSyntaxError) -> NumberSpelling {
        let begin = index
        let isNegative = index < bytes.count && bytes[index] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        var spelling = NumberSpelling(begin: begin, firstDigit: index)
        let whole = digits()
        guard index > spelling.firstDigit else { throw failure("a digit was expected") }
        guard index == spelling.firstDigit + 1 || bytes[spelling.firstDigit] != UInt8(ascii: "0") else {
            throw JSONSyntaxError(offset: spelling.firstDigit, message: "a number may not begin with 0")
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            spelling.isInteger = false
            index += 1
            let first = index
            _ = digits()
            guard index > first else { throw failure("a digit was expected after the decimal point") }
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            (spelling.isInteger, spelling.hasExponent) = (false, true)
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
                index += 1
            }
            let first = index
            _ = digits()
            guard index > first else { throw failure("a digit was expected in the exponent") }
        }
        if spelling.isInteger, index - spelling.firstDigit <= 15, !isNegative || whole != 0 {
            spelling.exact = Double(isNegative ? -whole : whole)
        }
        return spelling
    }

    /// Reads past digits; returns their value, wrapped around where they are many.
    private mutating func digits() -> Int {
        var value = 0
        while index < bytes.count, bytes[index] >= UInt8(ascii: "0"), bytes[index] <= UInt8(ascii: "9") {
            value = value &* 10 &+ Int(bytes[index] & 0x0F)
            index += 1
        }
        return value
    }
}
