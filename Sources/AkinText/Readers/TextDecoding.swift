/// Makes text of bytes from outside, strictly.
enum TextDecoding {
    /// The place of the first byte that is not part of well-formed UTF-8 (The Unicode Standard, table 3-7); nil when
    /// there is none.
    static func firstInvalidByte(in bytes: [UInt8]) -> Int? {
        var index = 0
        while index < bytes.count {
            let lead = bytes[index]
            // The number of bytes that follow, and what the first of them may be.
            let (following, second): (Int, ClosedRange<UInt8>)
            switch lead {
            case 0x00...0x7F: (following, second) = (0, 0x80...0xBF)
            case 0xC2...0xDF: (following, second) = (1, 0x80...0xBF)
            case 0xE0: (following, second) = (2, 0xA0...0xBF)
            case 0xED: (following, second) = (2, 0x80...0x9F)
            case 0xE1...0xEF: (following, second) = (2, 0x80...0xBF)
            case 0xF0: (following, second) = (3, 0x90...0xBF)
            case 0xF1...0xF3: (following, second) = (3, 0x80...0xBF)
            case 0xF4: (following, second) = (3, 0x80...0x8F)
            default: return index
            }
            for step in stride(from: 1, through: following, by: 1) {
                guard index + step < bytes.count else { return index }
                let byte = bytes[index + step]
                guard step == 1 ? second.contains(byte) : (0x80...0xBF).contains(byte) else { return index }
            }
            index += following + 1
        }
        return nil
    }

    /// The number, from 1, of the line that a byte stands in.
    static func line(ofByte offset: Int, in bytes: [UInt8]) -> Int {
        bytes[..<min(offset, bytes.count)].reduce(into: 1) { count, byte in if byte == 0x0A { count += 1 } }
    }

    /// The message about bytes that are not UTF-8.
    static func invalidUTF8(atByte offset: Int) -> String {
        "is not valid UTF-8 at byte \(offset); convert it, for example with: iconv -f WINDOWS-1252 -t UTF-8"
    }

    /// The message about a file that begins with a byte order mark of UTF-16 or UTF-32; nil when it does not.
    static func wideEncodingProblem(_ head: ArraySlice<UInt8>) -> String? {
        guard head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) else { return nil }
        return "is UTF-16, going by its byte order mark; convert it with: iconv -f UTF-16 -t UTF-8"
    }
}
