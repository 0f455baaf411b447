import AkinCore

extension CharacterSet {
    /// Why bytes could not be made into text.
    enum DecodingFault: Error {
        /// The first byte that the set has no character for.
        case invalidByte(at: Int)
        /// The system has no converter for the set.
        case unknownToSystem
    }

    /// The UTF-8 form of bytes of this set, by the system's iconv; a byte order mark is left out.
    ///
    /// - Throws: `DecodingFault`.
    /// - Complexity: O(n).
    func utf8(_ bytes: [UInt8]) throws(DecodingFault) -> [UInt8] {
        let decoder = try CharacterDecoder(self)
        var decoded = try decoder.decode(bytes)
        decoded += try decoder.finish()
        return decoded.starts(with: ByteOrderMark.utf8) ? Array(decoded.dropFirst(ByteOrderMark.utf8.count)) : decoded
    }
}
