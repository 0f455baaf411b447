/// Reading scalars from UTF-8 that is known to be valid.
enum UTF8Cursor {
    /// The scalar at `index`, which is moved past it.
    @inline(__always)
    static func next(_ bytes: borrowing Span<UInt8>, at index: inout Int) -> UInt32 {
        let first = UInt32(bytes[index])
        if first < 0x80 {
            index += 1
            return first
        }
        let second = UInt32(bytes[index + 1] & 0x3F)
        if first < 0xE0 {
            index += 2
            return (first & 0x1F) << 6 | second
        }
        let third = UInt32(bytes[index + 2] & 0x3F)
        if first < 0xF0 {
            index += 3
            return (first & 0x0F) << 12 | second << 6 | third
        }
        let fourth = UInt32(bytes[index + 3] & 0x3F)
        index += 4
        return (first & 0x07) << 18 | second << 12 | third << 6 | fourth
    }

    /// The scalar that ends at `index`, which is moved to its first byte.
    static func previous(_ bytes: borrowing Span<UInt8>, before index: inout Int) -> UInt32 {
        repeat { index -= 1 } while bytes[index] & 0xC0 == 0x80
        var start = index
        return next(bytes, at: &start)
    }

    /// How many scalars begin in a range of bytes.
    static func count(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Int {
        var count = 0
        for index in range where bytes[index] & 0xC0 != 0x80 { count += 1 }
        return count
    }

    /// Calls `body` with the bytes of a scalar.
    @inline(__always)
    static func encode(_ scalar: UInt32, _ body: (UInt8) -> Void) {
        func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: scalar >> shift & 0x3F) }
        if scalar < 0x80 {
            body(UInt8(scalar))
        } else if scalar < 0x800 {
            body(0xC0 | UInt8(scalar >> 6))
            body(tail(0))
        } else if scalar < 0x10000 {
            body(0xE0 | UInt8(scalar >> 12))
            body(tail(6))
            body(tail(0))
        } else {
            body(0xF0 | UInt8(scalar >> 18))
            body(tail(12))
            body(tail(6))
            body(tail(0))
        }
    }
}
