/// Character classes of patterns: `[a-z]`, `[!a]`, `[[:digit:]]`.
enum GlobClass {
    /// Reads a class.
    ///
    /// - Parameter place: behind the `[`; afterwards behind the `]`.
    /// - Returns: nil for a class that does not end, or that names an unknown class.
    static func parse(_ pattern: ArraySlice<UInt8>, _ place: inout Int) -> ByteSet? {
        var set = ByteSet()
        func next() -> UInt8? {
            guard place < pattern.endIndex else { return nil }
            defer { place += 1 }
            return pattern[place]
        }
        func peek(_ distance: Int) -> UInt8? {
            place + distance < pattern.endIndex ? pattern[place + distance] : nil
        }
        let isNegated = peek(0) == UInt8(ascii: "!") || peek(0) == UInt8(ascii: "^")
        if isNegated { place += 1 }
        var isFirst = true
        // The character that a range may begin with.
        var previous: UInt8?
        while let byte = next() {
            // A bracket that comes first is a member.
            if byte == UInt8(ascii: "]"), !isFirst {
                if isNegated { set.invert() }
                return set
            }
            isFirst = false
            switch byte {
            case UInt8(ascii: "\\"):
                guard let literal = next() else { return nil }
                set.insert(literal)
                previous = literal
            case UInt8(ascii: "-"):
                guard let low = previous, let end = peek(0), end != UInt8(ascii: "]") else {
                    set.insert(byte)
                    previous = byte
                    continue
                }
                place += 1
                var high = end
                if end == UInt8(ascii: "\\") {
                    guard let literal = next() else { return nil }
                    high = literal
                }
                if low <= high { for member in low...high { set.insert(member) } }
                previous = nil
            case UInt8(ascii: "[") where peek(0) == UInt8(ascii: ":"):
                guard let close = pattern[(place + 1)...].firstIndex(of: UInt8(ascii: "]")) else { return nil }
                guard close > place + 1, pattern[close - 1] == UInt8(ascii: ":") else {
                    set.insert(byte)
                    previous = byte
                    continue
                }
                guard let members = ByteSet(posixClass: pattern[(place + 1)..<(close - 1)]) else { return nil }
                for member in UInt8(0)..<128 where members.contains(member) { set.insert(member) }
                place = close + 1
                previous = nil
            default:
                set.insert(byte)
                previous = byte
            }
        }
        return nil
    }
}
