import AkinCore
import Foundation

/// A line or file longer than a text may be.
struct OversizedInput: Error {
    let limit: Int

    /// The message, after the name of what is too long.
    var reason: String { "is longer than \(limit >> 20 > 0 ? "\(limit >> 20) MiB" : "\(limit) bytes")" }
}

/// Reads a file from beginning to end a megabyte at a time, whole or by lines. A UTF-8 byte order mark at the front is
/// left out.
///
/// Where the bytes are of another character set than UTF-8, `decode` makes UTF-8 of them as they are read.
final class ByteReader {
    private static let chunkSize = 1 << 20

    private let handle: FileHandle
    private let path: String
    private var chunk: [UInt8] = []
    private var position = 0
    /// Where `chunk` begins in the file.
    private var chunkOffset = 0
    private var isAtEnd = false
    /// The set that the bytes are made into UTF-8 from; nil where they are handed out as they are.
    private(set) var characterSet: CharacterSet?
    private var decoder: CharacterDecoder?

    /// What ends a line. Where it is CR, an LF after it is left out too.
    var lineEnd: UInt8 = 0x0A
    /// Lines handed out so far: the number, from 1, of the last one.
    private(set) var lineNumber = 0
    /// Where the last line handed out begins in the file, in bytes.
    private(set) var lineOffset = 0
    /// Bytes read since `takeProgress` was last called.
    private var unreportedBytes = 0

    /// Reads the first chunk.
    init(handle: FileHandle, path: String) throws {
        self.handle = handle
        self.path = path
        try refill()
        if chunk.starts(with: ByteOrderMark.utf8) { position = ByteOrderMark.utf8.count }
    }

    /// The bytes of the first chunk that are not read yet.
    var lookahead: ArraySlice<UInt8> { chunk[position...] }

    /// Takes the file as text of a character set from its first byte on. Nothing may have been read yet.
    ///
    /// - Throws: `CharacterSet.DecodingFault`, and so do the functions that read from then on.
    func decode(_ set: CharacterSet) throws {
        let decoder = try CharacterDecoder(set)
        (characterSet, self.decoder) = (set, decoder)
        chunk = try decoder.decode(chunk)
        position = chunk.starts(with: ByteOrderMark.utf8) ? ByteOrderMark.utf8.count : 0
    }

    /// Bytes read since the last call, as soon as they are worth a report.
    func takeProgress() -> Int? {
        guard unreportedBytes >= Self.chunkSize else { return nil }
        defer { unreportedBytes = 0 }
        return unreportedBytes
    }

    /// The next line without its LF or CRLF; nil at the end. A last line without LF counts, an empty remainder does
    /// not.
    ///
    /// - Throws: `OversizedInput` for a line of more than `limit` bytes, of which only a little more than that is held
    ///   in memory. After that nothing more is read.
    func nextLine(limit: Int) throws -> [UInt8]? {
        var line: [UInt8] = []
        lineOffset = chunkOffset + position
        while true {
            if line.count > limit { break }
            if position == chunk.count, try !refill() {
                guard !line.isEmpty else { return nil }
                break
            }
            if let end = chunk[position...].firstIndex(of: lineEnd) {
                line.append(contentsOf: chunk[position..<end])
                position = end + 1
                break
            }
            line.append(contentsOf: chunk[position...])
            position = chunk.count
        }
        lineNumber += 1
        guard line.count <= limit else { throw oversized(limit) }
        if lineEnd == 0x0D, line.first == 0x0A { line.removeFirst() }
        if line.last == 0x0D { line.removeLast() }
        return line
    }

    /// Everything that is not read yet.
    ///
    /// - Throws: `OversizedInput` when that is more than `limit` bytes.
    func readAll(limit: Int) throws -> [UInt8] {
        var bytes = Array(chunk[position...])
        position = chunk.count
        while bytes.count <= limit, try refill() {
            bytes.append(contentsOf: chunk)
            position = chunk.count
        }
        guard bytes.count <= limit else { throw oversized(limit) }
        return bytes
    }

    private func oversized(_ limit: Int) -> OversizedInput {
        chunk = []
        position = 0
        isAtEnd = true
        return OversizedInput(limit: limit)
    }

    /// Reads the next chunk that is not empty; false at the end.
    @discardableResult
    private func refill() throws -> Bool {
        while !isAtEnd {
            chunkOffset += chunk.count
            position = 0
            do {
                chunk = try handle.read(upToCount: Self.chunkSize).map { [UInt8]($0) } ?? []
            } catch {
                chunk = []
                throw AkinError(
                    .inputOutput,
                    "Reading \(path) failed part-way; check the device or network it is on and try again.",
                    cause: error)
            }
            unreportedBytes += chunk.count
            isAtEnd = chunk.isEmpty
            if let decoder { chunk = isAtEnd ? try decoder.finish() : try decoder.decode(chunk) }
            if !chunk.isEmpty { return true }
        }
        return false
    }
}
