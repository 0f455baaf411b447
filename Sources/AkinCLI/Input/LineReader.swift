import AkinCore
import Foundation

/// Reads lines of UTF-8 in large blocks. Lines end with LF; a last line without LF counts, and so do empty lines. A
/// byte order mark at the front is left out.
struct LineReader {
    private static let blockSize = 1 << 20

    /// What messages call the input.
    let name: String
    /// Lines given out so far.
    private(set) var lineNumber = 0

    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private var start = 0
    private var scanned = 0
    private var hasEnded = false

    init(_ handle: FileHandle, name: String) {
        self.handle = handle
        self.name = name
    }

    static func standardInput() -> LineReader { LineReader(.standardInput, name: "standard input") }

    /// The lines of a file; `-` is standard input.
    ///
    /// - Throws: `AkinError(.noInput)` when there is no such file.
    static func file(_ path: String) throws -> LineReader {
        if path == "-" { return standardInput() }
        var isFolder = ObjCBool(false)
        let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        guard exists, !isFolder.boolValue, let handle = FileHandle(forReadingAtPath: path) else {
            throw AkinError(.noInput, "\(path): there is no such file, or it cannot be read.")
        }
        return LineReader(handle, name: path)
    }

    /// The next line without its LF; nil at the end.
    ///
    /// - Throws: `AkinError(.invalidData)`, naming the line, when it is not UTF-8.
    mutating func next() throws -> String? {
        while true {
            if let end = buffer[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
                return try take(upTo: end, resumeAt: end + 1)
            }
            scanned = buffer.count
            if hasEnded { return start < buffer.count ? try take(upTo: buffer.count, resumeAt: buffer.count) : nil }
            try refill()
        }
    }

    /// The next lines, at most `lines` of them and few more than `bytes` bytes; empty at the end.
    mutating func nextBatch(lines: Int, bytes: Int) throws -> [String] {
        var batch: [String] = []
        var size = 0
        while batch.count < lines && size < bytes, let line = try next() {
            batch.append(line)
            size += line.utf8.count
        }
        return batch
    }

    private mutating func take(upTo end: Int, resumeAt next: Int) throws -> String {
        if lineNumber == 0, buffer[start..<end].starts(with: ByteOrderMark.utf8) { start += ByteOrderMark.utf8.count }
        lineNumber += 1
        guard let line = String(validating: buffer[start..<end], as: UTF8.self) else {
            throw AkinError(
                .invalidData,
                "\(name):\(lineNumber): this line is not valid UTF-8; convert the input, for example with iconv -t UTF-8."
            )
        }
        start = next
        scanned = next
        return line
    }

    private mutating func refill() throws {
        buffer.removeSubrange(..<start)
        scanned -= start
        start = 0
        do {
            let block = try handle.read(upToCount: LineReader.blockSize) ?? Data()
            hasEnded = block.isEmpty
            buffer.append(contentsOf: block)
        } catch {
            throw AkinError(.inputOutput, "\(name) cannot be read.", cause: error)
        }
    }
}
