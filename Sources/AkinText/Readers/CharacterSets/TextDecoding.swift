/// Makes text of bytes from outside, strictly.
enum TextDecoding {
    /// The place of the first byte that is not part of well-formed UTF-8; nil when there is none.
    static func firstInvalidByte(in bytes: [UInt8]) -> Int? {
        var index = 0
        while index < bytes.count {
            guard let length = length(ofCharacterAt: index, in: bytes[...]) else { return index }
            index += length
        }
        return nil
    }

    /// The bytes of a character of well-formed UTF-8 (The Unicode Standard, table 3-7); nil where there is none.
    static func length(ofCharacterAt index: Int, in bytes: ArraySlice<UInt8>) -> Int? {
        // The number of bytes that follow, and what the first of them may be.
        let (following, second): (Int, ClosedRange<UInt8>)
        switch bytes[index] {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: (following, second) = (1, 0x80...0xBF)
        case 0xE0: (following, second) = (2, 0xA0...0xBF)
        case 0xED: (following, second) = (2, 0x80...0x9F)
        case 0xE1...0xEF: (following, second) = (2, 0x80...0xBF)
        case 0xF0: (following, second) = (3, 0x90...0xBF)
        case 0xF1...0xF3: (following, second) = (3, 0x80...0xBF)
        case 0xF4: (following, second) = (3, 0x80...0x8F)
        default: return nil
        }
        for step in 1...following {
            guard index + step < bytes.endIndex else { return nil }
            guard (step == 1 ? second : 0x80...0xBF).contains(bytes[index + step]) else { return nil }
        }
        return following + 1
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
