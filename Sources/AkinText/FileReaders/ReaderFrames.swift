import AkinCore
import Foundation

/// What the reader program is asked: one file.
package struct ReaderRequest: Codable, Sendable {
    package var path: String
    package var id: String
    package var source: String
    package var idField: String?
    package var textField: String?
    package var titleField: String?
    package var metadataFields: [String]?
    /// Commands by the extension of the files that they convert.
    package var converters: [String: String]
    package var limits: ReaderLimits

    package init(_ file: FileToRead, converters: [String: String], limits: ReaderLimits) {
        path = file.path
        id = file.id
        source = file.source
        idField = file.options.idField
        textField = file.options.textField
        titleField = file.options.titleField
        metadataFields = file.options.metadataFields
        self.converters = converters
        self.limits = limits
    }

    package var file: FileToRead {
        FileToRead(
            path: path, id: id, source: source,
            options: ReaderOptions(
                idField: idField, textField: textField, titleField: titleField, metadataFields: metadataFields))
    }
}

/// What one file may take. An archive or a mailbox has the time for each of its texts.
public struct ReaderLimits: Codable, Hashable, Sendable {
    /// Seconds of the processor.
    public var processorSeconds = 60
    /// Seconds by the clock.
    public var seconds = 120
    /// Bytes of memory, those of the program itself included.
    public var memory = 3 << 30
    /// Bytes of all texts of one file.
    public var output = 512 << 20
    /// How deep archives may stand in archives.
    public var depth = 4
    /// Files in one archive, those of archives inside of it included.
    public var files = 100_000
    /// Bytes of all unpacked files of one archive.
    public var unpacked = 4 << 30
    /// How many times as large an archive may become when it is unpacked, beyond the first 64 MiB.
    public var ratio = 200

    /// The limits for files that nobody has looked at.
    public init() {}
}

/// One answer of the reader program; `end` is the last one to a request.
package enum ReaderReply: Codable, Sendable {
    case record(TextRecord)
    case problem(path: String, line: Int?, message: String)
    case note(String)
    case guess(path: String, characterSet: String)
    case missing(MissingProgram)
    /// The file as a whole cannot be read.
    case refused(String)
    case end
}

/// Messages between Akin and the reader program: four bytes of length, the lowest first, and JSON.
package struct ReaderFrames {
    /// The largest message.
    package static let limit = 256 << 20

    private var buffer: [UInt8] = []
    /// Bytes of the buffer that are dealt with.
    private var start = 0

    package init() {}

    /// The bytes of a message.
    package static func bytes(of message: some Encodable) throws -> [UInt8] {
        let json = try JSONEncoder().encode(message)
        var bytes = (0..<4).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) }
        bytes.append(contentsOf: json)
        return bytes
    }

    /// Adds bytes as they come.
    package mutating func add(_ bytes: [UInt8]) {
        buffer.removeFirst(start)
        start = 0
        buffer.append(contentsOf: bytes)
    }

    /// The next whole message; nil where more bytes are needed.
    ///
    /// - Throws: `FileRefusal` for a message that is too long or not one of the kind asked for.
    package mutating func next<Message: Decodable>(_: Message.Type) throws -> Message? {
        guard buffer.count - start >= 4 else { return nil }
        let count = (0..<4).reduce(0) { $0 | Int(buffer[start + $1]) << (8 * $1) }
        guard count <= Self.limit else { throw FileRefusal("its reader gave more than a text may hold") }
        let body = start + 4
        guard buffer.count - body >= count else { return nil }
        defer { start = body + count }
        do {
            return try JSONDecoder().decode(Message.self, from: Data(buffer[body..<(body + count)]))
        } catch {
            throw FileRefusal("its reader gave what cannot be understood")
        }
    }
}

extension TextRecord {
    /// Whether what another process gave can be stored: no NUL, blocks in order within the text.
    package var isSound: Bool {
        guard !id.isEmpty, !text.holdsNUL, !id.holdsNUL, !(title ?? "").holdsNUL else { return false }
        let count = text.unicodeScalars.count
        var end = 0
        for block in blocks {
            guard block.range.lowerBound >= end, block.range.upperBound <= count, block.page.map({ $0 > 0 }) ?? true
            else { return false }
            end = block.range.upperBound
        }
        return true
    }
}
