import AkinVectors

/// Reads decimal numbers from the bytes of a file.
enum DecimalFloat {
    private static let powers: [Double] = (0...22).map { power in (0..<power).reduce(1.0) { product, _ in product * 10 }
    }

    /// The number that stands in a range of bytes; nil when there is none.
    ///
    /// A number of at most 15 or so digits is one exact integer times or over one exact power of ten, so that a single
    /// rounding makes it the double nearest to it (Clinger 1990); others go through the standard library. The double is
    /// then rounded to a float, as gensim and NumPy do.
    static func parse(_ bytes: MappedBytes, _ range: Range<Int>) -> Float? {
        var place = range.lowerBound
        guard place < range.upperBound else { return nil }
        let negative = bytes[place] == 0x2D
        if negative || bytes[place] == 0x2B { place += 1 }
        var (mantissa, digits, exponent) = (UInt64(0), 0, 0)
        var fraction = false
        while place < range.upperBound {
            let byte = bytes[place]
            if byte >= 0x30 && byte <= 0x39 {
                guard mantissa < 1 << 53 / 10 else { return slow(bytes, range) }
                mantissa = mantissa * 10 + UInt64(byte - 0x30)
                digits += 1
                if fraction { exponent -= 1 }
            } else if byte == 0x2E, !fraction {
                fraction = true
            } else {
                break
            }
            place += 1
        }
        guard digits > 0 else { return slow(bytes, range) }
        if place < range.upperBound {
            guard bytes[place] | 0x20 == 0x65, place + 1 < range.upperBound else { return nil }
            guard let power = Int(String(decoding: bytes[place + 1..<range.upperBound], as: UTF8.self)),
                abs(power) < 1000
            else { return nil }
            exponent += power
        }
        guard abs(exponent) <= 22 else { return slow(bytes, range) }
        let value = exponent < 0 ? Double(mantissa) / powers[-exponent] : Double(mantissa) * powers[exponent]
        return Float(negative ? -value : value)
    }

    private static func slow(_ bytes: MappedBytes, _ range: Range<Int>) -> Float? {
        guard range.count <= 512 else { return nil }
        return Double(String(decoding: bytes[range], as: UTF8.self)).map { Float($0) }
    }
}
