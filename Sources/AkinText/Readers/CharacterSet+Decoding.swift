import AkinCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

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
        if self == .windows1252 { return bytes.flatMap { UTF8.encode(Windows1252.scalar($0)).map(Array.init) ?? [] } }
        guard let converter = try Converter(self) else { throw .unknownToSystem }
        let decoded = try converter.convert(bytes)
        return decoded.starts(with: ByteOrderMark.utf8) ? Array(decoded.dropFirst(ByteOrderMark.utf8.count)) : decoded
    }
}

/// A conversion of iconv's to UTF-8, which is closed with it.
@safe private final class Converter {
    private let handle: iconv_t

    /// Nil when the system knows none of the set's names.
    init?(_ set: CharacterSet) throws(CharacterSet.DecodingFault) {
        // iconv_open fails with this in place of a handle.
        let failed = unsafe iconv_t(bitPattern: -1)
        for name in set.systemNames {
            let opened: iconv_t? = unsafe iconv_open("UTF-8", name)
            if let opened = unsafe opened, unsafe opened != failed {
                unsafe handle = opened
                return
            }
        }
        return nil
    }

    deinit { unsafe iconv_close(handle) }

    func convert(_ bytes: [UInt8]) throws(CharacterSet.DecodingFault) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 2)
        var source = bytes
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        var done = 0
        while done < source.count {
            let (read, written, error) = step(&source, from: done, into: &piece)
            output.append(contentsOf: piece[..<written])
            done += read
            // A full piece is no error; anything else that stops the conversion is one.
            if error != 0, error != E2BIG { throw .invalidByte(at: done) }
        }
        // The converter may have held back a last letter, in case an accent follows.
        output.append(contentsOf: piece[..<rest(into: &piece)])
        return output
    }

    /// The rest that the converter still holds.
    private func rest(into piece: inout [UInt8]) -> Int {
        var left = piece.count
        unsafe piece.withUnsafeMutableBytes { output in
            var to = unsafe output.baseAddress?.assumingMemoryBound(to: CChar.self)
            _ = unsafe iconv(handle, nil, nil, &to, &left)
        }
        return piece.count - left
    }

    /// Converts as much as fits.
    private func step(_ source: inout [UInt8], from start: Int, into piece: inout [UInt8]) -> (
        read: Int, written: Int, error: Int32
    ) {
        var (inputLeft, outputLeft) = (source.count - start, piece.count)
        let (before, space) = (inputLeft, outputLeft)
        var error: Int32 = 0
        unsafe source.withUnsafeMutableBytes { input in
            unsafe piece.withUnsafeMutableBytes { output in
                var from = unsafe input.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self)
                var to = unsafe output.baseAddress?.assumingMemoryBound(to: CChar.self)
                if unsafe iconv(handle, &from, &inputLeft, &to, &outputLeft) == Int(bitPattern: UInt.max) {
                    error = errno
                }
            }
        }
        return (before - inputLeft, space - outputLeft, error)
    }
}
