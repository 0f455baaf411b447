import AkinCore
import Foundation

/// The character set of a file of records, which are read one at a time, where it is not UTF-8.
struct RecordEncoding {
    let set: CharacterSet
    /// Whether nothing but the bytes says so.
    private(set) var isGuess = true
    /// What says that the file is of the set.
    private(set) var reason = CharacterSetGuess.reason

    private static let pieceBytes = 1 << 20
    /// How much before the fault is kept.
    private static let contextBytes = 1 << 16

    /// A byte order mark decides, or NUL bytes as UTF-16 has them. Without them the first bytes that are not UTF-8
    /// count, found by a pass over the file; of standard input only the beginning is looked at. JSON is always Unicode.
    ///
    /// - Returns: nil for UTF-8, damaged or not, and for what is no text.
    init?(of file: SourceFile, _ source: ByteReader) throws {
        if let wide = CharacterSet(wide: source.lookahead) {
            set = wide
            isGuess = CharacterSet(byteOrderMarkOf: source.lookahead) == nil
            reason = isGuess ? "its NUL bytes" : "its byte order mark"
            return
        }
        guard file.format != .json else { return nil }
        let bytes = file.path == "-" ? Array(source.lookahead) : try Self.bytesAtFault(in: file.path)
        guard let offset = TextDecoding.firstInvalidByte(in: bytes),
            let likely = CharacterSetGuess.set(of: bytes, firstInvalidByte: offset)
        else { return nil }
        set = likely
    }

    /// What stands around the first bytes of a file that are not UTF-8; valid bytes where there are none.
    private static func bytesAtFault(in path: String) throws -> [UInt8] {
        guard let handle = FileHandle(forReadingAtPath: path) else { return [] }
        defer { try? handle.close() }
        var bytes: [UInt8] = []
        while let piece = try handle.read(upToCount: pieceBytes), !piece.isEmpty {
            bytes += piece
            let valid = TextDecoding.firstInvalidByte(in: bytes) ?? bytes.count
            // A character may go on in the next piece.
            guard valid + 4 > bytes.count else { return bytes + (try handle.read(upToCount: pieceBytes) ?? Data()) }
            var start = max(0, valid - contextBytes)
            while start < valid, bytes[start] & 0xC0 == 0x80 { start += 1 }
            bytes.removeFirst(start)
        }
        return bytes
    }
}
