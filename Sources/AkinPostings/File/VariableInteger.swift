/// Numbers of seven bits a byte, the lowest first. The highest bit of a byte says that another one follows.
enum VariableInteger {
    static func append(_ value: UInt32, to bytes: inout [UInt8]) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }

    /// The number at a place, which moves behind it.
    ///
    /// - Precondition: `checked` has read it.
    @inline(__always)
    static func read(_ bytes: UnsafePointer<UInt8>, at place: inout Int) -> Int {
        var (value, shift): (UInt64, UInt64) = (0, 0)
        while true {
            let byte = bytes[place]
            place += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int(truncatingIfNeeded: value) }
            shift += 7
        }
    }

    /// As `read`, for bytes of which nothing is known: nil where the number does not end before `end`, or needs more
    /// than 32 bits.
    static func checked(_ bytes: UnsafePointer<UInt8>, at place: inout Int, end: Int) -> Int? {
        var (value, shift): (UInt64, UInt64) = (0, 0)
        while place < end, shift < 35 {
            let byte = bytes[place]
            place += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value <= UInt64(UInt32.max) ? Int(value) : nil }
            shift += 7
        }
        return nil
    }
}
