/// How numbers are spelled in JSON: as a `Double` a long id would lose its last digits, and 1.50 its zero.
package enum JSONSpelling {
    /// The spelling of a number that is a member of an object; nil where that member is missing or something else. The
    /// last one counts.
    ///
    /// - Parameter json: one valid JSON object.
    package static func number(of name: String, in json: some Collection<UInt8>) -> String? {
        var (depth, isEscaped, isInString) = (0, false, false)
        var string: [UInt8] = []
        var member: [UInt8] = []
        var value: [UInt8] = []
        var found: String?
        func close() {
            if depth == 1, member == Array(name.utf8), let first = value.first {
                let isNumber = first == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
                found = isNumber ? String(decoding: value, as: UTF8.self) : nil
            }
            value = []
        }
        for byte in json {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                    continue
                }
                if depth == 1 { string.append(byte) }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""):
                (isInString, string) = (true, [])
                if depth == 1 { value = [byte] }
            case UInt8(ascii: ":"):
                if depth == 1 { (member, value) = (string, []) }
            case UInt8(ascii: ","):
                close()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if depth == 1 { value = [byte] }
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                close()
                depth -= 1
            case 0x20, 0x09, 0x0A, 0x0D: break
            default:
                if depth == 1 { value.append(byte) }
            }
        }
        return found
    }
}
