/// The characters by which byte-level vocabularies write bytes, each a visible one, so that a vocabulary is a text
/// (Radford et al. 2019, "Language Models are Unsupervised Multitask Learners", section 2.2).
///
/// Bytes that Latin-1 shows stand for themselves; the others get the scalars from U+0100 on, in order.
enum ByteAlphabet {
    /// (256) The scalar of each byte.
    static let scalars: [UInt32] = {
        var next: UInt32 = 0x100
        return (0..<256).map { byte in
            if isShown(UInt32(byte)) { return UInt32(byte) }
            defer { next += 1 }
            return next
        }
    }()

    /// By scalar, the byte it stands for; −1 for a scalar of no byte.
    private static let bytes: [Int16] = {
        var bytes = [Int16](repeating: -1, count: Int(scalars.max() ?? 0) + 1)
        for (byte, scalar) in scalars.enumerated() { bytes[Int(scalar)] = Int16(byte) }
        return bytes
    }()

    private static func isShown(_ byte: UInt32) -> Bool {
        switch byte {
        case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: true
        default: false
        }
    }

    /// The text that a vocabulary has for bytes.
    static func written(_ bytes: some Sequence<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        for byte in bytes { text.append(Unicode.Scalar(scalars[Int(byte)]) ?? "?") }
        return String(text)
    }

    /// Adds the bytes that a vocabulary's text stands for; adds nothing and returns false where it has other scalars.
    ///
    /// - Parameter text: Valid UTF-8.
    static func read(_ text: borrowing Span<UInt8>, _ range: Range<Int>, into result: inout [UInt8]) -> Bool {
        let count = result.count
        var index = range.lowerBound
        while index < range.upperBound {
            let scalar = Int(UTF8Cursor.next(text, at: &index))
            guard scalar < bytes.count, bytes[scalar] >= 0 else {
                result.removeSubrange(count...)
                return false
            }
            result.append(UInt8(bytes[scalar]))
        }
        return true
    }
}
