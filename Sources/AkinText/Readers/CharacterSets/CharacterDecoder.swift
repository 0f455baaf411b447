#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Makes UTF-8 of a text of a character set, piece by piece, by the system's iconv.
@safe final class CharacterDecoder {
    /// Nil for windows-1252, of which iconv leaves out five bytes that the web has.
    private let handle: iconv_t?
    /// The last bytes of the pieces so far, which begin a character.
    private var rest: [UInt8] = []
    /// How many bytes come before `rest`.
    private var done = 0
    private var piece: [UInt8] = []

    /// - Throws: `DecodingFault.unknownToSystem`.
    init(_ set: CharacterSet) throws(CharacterSet.DecodingFault) {
        guard set != .windows1252 else {
            unsafe handle = nil
            return
        }
        // iconv_open fails with this in place of a handle.
        let failed = unsafe iconv_t(bitPattern: -1)
        for name in set.systemNames {
            let opened: iconv_t? = unsafe iconv_open("UTF-8", name)
            if let opened = unsafe opened, unsafe opened != failed {
                unsafe handle = opened
                piece = [UInt8](repeating: 0, count: 1 << 16)
                return
            }
        }
        throw .unknownToSystem
    }

    deinit {
        if let handle = unsafe handle { unsafe iconv_close(handle) }
    }

    /// The next bytes of the text, but for a character that they only begin.
    func decode(_ bytes: [UInt8]) throws(CharacterSet.DecodingFault) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 2)
        guard unsafe handle != nil else {
            for byte in bytes {
                if byte < 0x80 {
                    output.append(byte)
                } else {
                    output += UTF8.encode(Windows1252.scalar(byte)) ?? .init()
                }
            }
            return output
        }
        var source = rest + bytes
        var read = 0
        while read < source.count {
            let step = step(&source, from: read)
            output.append(contentsOf: piece[..<step.written])
            read += step.read
            if step.error == EINVAL { break }
            // A full piece is no error; anything else that stops the conversion is one.
            if step.error != 0, step.error != E2BIG { throw .invalidByte(at: done + read) }
        }
        done += read
        rest = Array(source[read...])
        return output
    }

    /// What was held back of the end of the text.
    ///
    /// - Throws: `DecodingFault.invalidByte` where the text ends within a character.
    func finish() throws(CharacterSet.DecodingFault) -> [UInt8] {
        guard rest.isEmpty else { throw .invalidByte(at: done) }
        guard let handle = unsafe handle else { return [] }
        // The converter may have held back a last letter, in case an accent follows.
        var left = piece.count
        unsafe piece.withUnsafeMutableBytes { output in
            var to = unsafe output.baseAddress?.assumingMemoryBound(to: CChar.self)
            _ = unsafe iconv(handle, nil, nil, &to, &left)
        }
        return Array(piece[..<(piece.count - left)])
    }

    /// Converts as much as fits.
    private func step(_ source: inout [UInt8], from start: Int) -> (read: Int, written: Int, error: Int32) {
        guard let handle = unsafe handle else { return (0, 0, 0) }
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
