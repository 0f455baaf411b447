import AkinCore

/// How a number is written where values come without types.
enum NumberSpelling {
    /// As JSON writes numbers, and `.5` and `5.` too.
    case number
    /// With a comma in place of the decimal point: `3,50`.
    case decimalComma
    /// Digits that are a name rather than an amount: with a zero before another digit, or a leading `+`.
    case code

    /// Nil for a text that is no number at all. White space around it is ignored.
    init?(_ text: String) {
        let bytes = Self.trimmed(text)
        var (whole, fraction, exponent) = (0, 0, 0)
        var (hasPoint, hasComma, hasExponent) = (false, false, false)
        guard let first = bytes.first, bytes.count <= 400 else { return nil }
        let begin = first == UInt8(ascii: "-") || first == UInt8(ascii: "+") ? 1 : 0
        var place = bytes.startIndex + begin
        let firstDigit = place
        while place < bytes.endIndex {
            let byte = bytes[place]
            switch byte {
            case 0x30...0x39:
                if hasExponent { exponent += 1 } else if hasPoint || hasComma { fraction += 1 } else { whole += 1 }
            case UInt8(ascii: "."), UInt8(ascii: ","):
                guard !hasPoint, !hasComma, !hasExponent else { return nil }
                if byte == UInt8(ascii: ".") { hasPoint = true } else { hasComma = true }
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                guard !hasExponent, whole + fraction > 0 else { return nil }
                hasExponent = true
                if place + 1 < bytes.endIndex, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[place + 1]) {
                    place += 1
                }
            default: return nil
            }
            place += 1
        }
        guard whole + fraction > 0, !hasExponent || exponent > 0, !hasComma || whole > 0 && fraction > 0 && !hasExponent
        else { return nil }
        if first == UInt8(ascii: "+") || whole > 1 && bytes[firstDigit] == UInt8(ascii: "0") {
            self = .code
        } else {
            self = hasComma ? .decimalComma : .number
        }
    }

    /// The number that a text spells, its digits kept; nil for texts and codes, and for a number beyond the range of a
    /// double.
    ///
    /// - Parameter decimalComma: whether a comma is the decimal point.
    static func value(of text: String, decimalComma: Bool = false) -> JSONValue? {
        switch NumberSpelling(text) {
        case .number?: break
        case .decimalComma? where decimalComma: break
        default: return nil
        }
        let bytes = trimmed(text).map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }
        if let value = try? JSONReader.value(of: bytes) { return value }
        return Double(String(decoding: bytes, as: UTF8.self)).flatMap { $0.isFinite ? .number($0) : nil }
    }

    private static func trimmed(_ text: String) -> [UInt8] { Array(text[...].trimmed.utf8) }
}
