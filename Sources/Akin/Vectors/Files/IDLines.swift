import AkinCore
import AkinText
import Foundation

/// The ids of an array's rows, one a line. Checked as a whole before the first is given out; holds a block of the file
/// at a time.
final class IDLines {
    private static let blockSize = 1 << 20
    /// A line of more bytes cannot be an id.
    private static let longest = 1 << 16

    let count: Int
    private let path: String
    private let file: BinaryFile
    private var buffer: [UInt8] = []
    /// Bytes of `buffer` given out.
    private var start = 0
    /// Bytes of the file in `buffer` or given out.
    private var loaded = 0
    private var line = 0

    /// - Throws: `AkinError(.invalidData)`, naming the line, for one that is empty, not UTF-8 or holds a NUL character.
    init(path: String) throws {
        file = try BinaryFile(path: path)
        self.path = path
        let check = try IDLines(unchecked: path)
        while try check.next() != nil {}
        count = check.line
    }

    private init(unchecked path: String) throws {
        file = try BinaryFile(path: path)
        self.path = path
        count = 0
    }

    /// The next id; nil after the last. Lines end with LF or CRLF; a last line without LF counts.
    func next() throws -> String? {
        var end = buffer[start...].firstIndex(of: 0x0A)
        while end == nil, loaded < file.size {
            buffer.removeFirst(start)
            let block = try file.read(min(Self.blockSize, file.size - loaded), at: loaded)
            let searched = buffer.count
            start = 0
            buffer += block
            if loaded == 0, buffer.starts(with: ByteOrderMark.utf8) { start = ByteOrderMark.utf8.count }
            loaded += block.count
            end = buffer[searched...].firstIndex(of: 0x0A)
            guard buffer.count < Self.longest || end != nil || loaded == file.size else { break }
        }
        guard start < buffer.count else { return nil }
        line += 1
        var bytes = buffer[start..<(end ?? buffer.count)]
        start = end.map { $0 + 1 } ?? buffer.count
        if bytes.last == 0x0D { bytes.removeLast() }
        func refuse(_ reason: String) -> AkinError { AkinError(.invalidData, "\(path):\(line): the id \(reason).") }
        guard bytes.count <= Self.longest else { throw refuse("is longer than \(Self.longest >> 10) KiB") }
        guard !bytes.contains(0) else { throw refuse("holds a NUL character") }
        guard let id = String(validating: bytes, as: UTF8.self) else { throw refuse("is not valid UTF-8") }
        guard id.hasVisibleText else { throw refuse("is empty; every row needs one of its own") }
        return id
    }
}
