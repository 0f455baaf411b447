import AkinCore
import Foundation

/// A text with the id it was given, if any.
struct TextRecord {
    var id: JSONValue?
    var text: String
}

/// Reads texts: plain lines, or JSON lines `{"id", "text"}` where the first line is an object with a `text`.
struct TextRecords {
    private enum Shape { case plain, json }

    /// The members of a JSON line that matter here.
    private struct Line: Decodable {
        var id: JSONValue?
        var text: String
    }

    private var reader: LineReader
    private var shape: Shape?
    private let decoder = JSONDecoder()

    /// - Parameter alwaysJSON: no line is taken as plain text.
    init(_ reader: LineReader, alwaysJSON: Bool = false) {
        self.reader = reader
        shape = alwaysJSON ? .json : nil
    }

    /// The next records, at most `records` of them; empty at the end.
    ///
    /// - Throws: `AkinError(.invalidData)`, naming the line, for a JSON line that is not an object with a `text`.
    mutating func nextBatch(records: Int) throws -> [TextRecord] {
        var batch: [TextRecord] = []
        var size = 0
        while batch.count < records && size < 8 << 20, let line = try reader.next() {
            let record = try self.record(in: line)
            size += record.text.utf8.count
            batch.append(record)
        }
        return batch
    }

    private mutating func record(in line: String) throws -> TextRecord {
        if shape == .plain { return TextRecord(text: line) }
        if shape == nil && !line.hasPrefix("{") {
            shape = .plain
            return TextRecord(text: line)
        }
        let bare = line.hasPrefix("\u{FEFF}") ? String(line.dropFirst()) : line
        do {
            let members = try decoder.decode(Line.self, from: Data(bare.utf8))
            shape = .json
            return TextRecord(id: members.id, text: members.text)
        } catch {
            if shape == nil {
                shape = .plain
                return TextRecord(text: line)
            }
            throw AkinError(
                .invalidData,
                "\(reader.name):\(reader.lineNumber): this line is not a JSON object with a string 'text', "
                    + "such as {\"id\": \"q1\", \"text\": \"a question\"}."
            )
        }
    }
}
