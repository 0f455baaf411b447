/// Character references of HTML: all numeric and named ones.
enum HTMLEntities {
    /// The text of the reference that begins at `index`, an ampersand, which is moved behind it; `&` itself when it
    /// begins none.
    ///
    /// Numeric references may lack their semicolon; those of NUL, surrogates and beyond Unicode give U+FFFD, those of
    /// 0x80…0x9F what Windows-1252 has there (HTML Standard, section 13.2.5.80). The 106 named ones of HTML 4 and
    /// before may lack it too, and then the longest name counts: `&notit;` is `¬it;` (section 13.2.5.73). A no-break
    /// space becomes a blank and a soft hyphen nothing, since lines are never broken at either here.
    static func resolve(_ bytes: [UInt8], at index: inout Int) -> String {
        let begin = index + 1
        if begin < bytes.count, bytes[begin] == UInt8(ascii: "#") { return numeric(bytes, at: &index) }
        var end = begin
        while end < bytes.count, end < begin + longestName, bytes[end].isASCIILetterOrDigit { end += 1 }
        if end < bytes.count, bytes[end] == UInt8(ascii: ";"),
            let text = named[String(decoding: bytes[begin..<end], as: UTF8.self)]
        {
            index = end + 1
            return text
        }
        var short = min(end, begin + longestLegacyName)
        while short > begin {
            if let text = legacy[String(decoding: bytes[begin..<short], as: UTF8.self)] {
                index = short
                return text
            }
            short -= 1
        }
        index = begin
        return "&"
    }

    private static func numeric(_ bytes: [UInt8], at index: inout Int) -> String {
        var end = index + 2
        let isHexadecimal = end < bytes.count && bytes[end] | 0x20 == UInt8(ascii: "x")
        if isHexadecimal { end += 1 }
        let begin = end
        var value: UInt32 = 0
        while end < bytes.count, let digit = Character(Unicode.Scalar(bytes[end])).hexDigitValue,
            isHexadecimal || digit < 10
        {
            value = min(value * (isHexadecimal ? 16 : 10) + UInt32(digit), 0x11_0000)
            end += 1
        }
        guard end > begin else {
            index += 1
            return "&"
        }
        index = end < bytes.count && bytes[end] == UInt8(ascii: ";") ? end + 1 : end
        if value < 0x100 { value = Windows1252.scalar(UInt8(value)).value }
        guard value != 0, let scalar = Unicode.Scalar(value) else { return "\u{FFFD}" }
        return text(of: scalar)
    }

    private static func text(of scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\u{A0}": " "
        case "\u{AD}": ""
        default: String(Character(scalar))
        }
    }

    private static let longestName = 31
    private static let longestLegacyName = 6

    private static let named = table(legacyOnly: false)
    /// The names that may lack their semicolon.
    private static let legacy = table(legacyOnly: true)

    private static func table(legacyOnly: Bool) -> [String: String] {
        var table: [String: String] = [:]
        for entry in HTMLEntityTable.entries.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
            guard let sign = entry.firstIndex(where: { !$0.isASCIILetterOrDigit }) else { continue }
            guard !legacyOnly || entry[sign] == UInt8(ascii: "!") else { continue }
            let scalars = entry[entry.index(after: sign)...].split(separator: UInt8(ascii: "+")).compactMap {
                UInt32(Substring($0), radix: 16).flatMap(Unicode.Scalar.init)
            }
            table[String(Substring(entry[..<sign]))] = scalars.map(text).joined()
        }
        return table
    }
}
