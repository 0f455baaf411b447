package import AkinCore
import Foundation

/// The records of a file, as their fields are written: `.csv` and `.tsv` below a line of names, all fields texts;
/// `.jsonl` an object a line; `.json` an array of objects. All but the last are streamed.
///
/// Unlike `CorpusReader`, which leaves bad records out and reports them, this stops at the first: who learns from
/// records, or scores by them, needs all.
package struct FieldRecords: Sendable {
    private static let recordLimit = 64 << 20

    package let path: String
    private let format: TextFormat

    /// - Parameter format: nil to go by the extension.
    /// - Throws: `AkinError(.invalidArgument)` for a file that is not one of records by its extension.
    package init(path: String, format: TextFormat? = nil) throws {
        let found = format ?? path.nameExtension.flatMap { TextFormat(extension: $0) }
        guard let found, found.isRecords else {
            throw AkinError(
                .invalidArgument,
                "\(path) is not a file of records by its name: those end in .csv, .tsv, .jsonl or .json.")
        }
        self.path = path
        self.format = found
    }

    /// Calls `body` with the fields of each record and the line it begins at.
    ///
    /// - Throws: `AkinError`: `.noInput` for a file that cannot be read, `.invalidData`, with the place, for the first
    ///   record that is malformed; and what `body` throws.
    package func forEach(_ body: (_ fields: [String: JSONValue], _ line: Int) throws -> Void) throws {
        let source = try ByteReader(regularFile: path)
        switch format {
        case .csv: try readRows(source, isTabs: false, body)
        case .tsv: try readRows(source, isTabs: true, body)
        case .json where source.lookahead.first(where: { $0 > 0x20 }) == UInt8(ascii: "["):
            try readArray(source, body)
        default: try readLines(source, body)
        }
    }

    /// The error for a record of this file. The message is a sentence without its end.
    package func fault(_ line: Int, _ message: String) -> AkinError {
        AkinError(.invalidData, "\(path):\(line): \(message.onOneLine).")
    }

    private func readRows(
        _ source: ByteReader, isTabs: Bool, _ body: ([String: JSONValue], Int) throws -> Void
    ) throws {
        do {
            let rows = try DelimitedRows(
                source, usual: isTabs ? 0x09 : UInt8(ascii: ","), limit: Self.recordLimit)
            guard let header = try DelimitedHeader(rows, isTabs: isTabs) else { return }
            while let row = try rows.next() { try body(try header.record(of: row), row.line) }
        } catch let error as DelimitedHeader.Fault {
            throw fault(error.line, error.message)
        }
    }

    private func readLines(_ source: ByteReader, _ body: ([String: JSONValue], Int) throws -> Void) throws {
        let lines = JSONLines(source, lineLimit: Self.recordLimit)
        while let (line, content) = try lines.next() {
            switch content {
            case .value(.object(let fields)): try body(fields, line)
            case .value(let value):
                throw fault(line, "the record is \(value.kindName), where an object with named fields is needed")
            case .problem(let message): throw fault(line, message)
            }
        }
    }

    private func readArray(_ source: ByteReader, _ body: ([String: JSONValue], Int) throws -> Void) throws {
        let bytes: [UInt8]
        do {
            bytes = try source.readAll(limit: Self.recordLimit * 16)
        } catch let error as OversizedInput {
            throw fault(1, "the file \(error.reason); write one record a line (.jsonl), which is read a line at a time")
        }
        if let offset = TextDecoding.firstInvalidByte(in: bytes) {
            throw fault(
                TextDecoding.line(ofByte: offset, in: bytes), "the file \(TextDecoding.invalidUTF8(atByte: offset))")
        }
        var reader = JSONReader(bytes)
        var (line, counted) = (1, 0)
        do {
            var hasElement = try reader.beginArray()
            while hasElement {
                _ = reader.peek()
                while counted < reader.index {
                    if bytes[counted] == 0x0A { line += 1 }
                    counted += 1
                }
                reader.clashingName = nil
                let value = try reader.value()
                if let name = reader.clashingName { throw fault(line, JSONReader.clashMessage(name)) }
                guard case .object(let fields) = value else {
                    throw fault(line, "the record is \(value.kindName), where an object with named fields is needed")
                }
                try body(fields, line)
                hasElement = try reader.nextElement()
            }
            try reader.end()
        } catch let error as JSONSyntaxError {
            throw fault(TextDecoding.line(ofByte: error.offset, in: bytes), "broken JSON: \(error.message)")
        }
    }
}
