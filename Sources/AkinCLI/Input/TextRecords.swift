import AkinCore
import Foundation

/// A text with the id it was given, if any.
struct TextRecord {
    var id: RecordID?
    var text: String
}

/// The id of a line of input, to be written as it was read.
enum RecordID {
    case value(JSONValue)
    /// A number by its spelling, of which nothing is lost.
    case number(String)
}

/// Reads texts: plain lines, or JSON lines `{"id", "text"}` where the first line that is not blank is an object with a
/// `text`.
///
/// A blank line between plain lines is an empty text; between JSON lines it is nothing.
struct TextRecords {
    private enum Shape { case plain, json }

    /// The members of a JSON line that matter here.
    private struct Line: Decodable {
        var id: JSONValue?
        /// What BEIR calls the id.
        var _id: JSONValue?
        var text: String
    }

    private var reader: LineReader
    private var shape: Shape?
    /// Blank lines before the one that tells the shape.
    private var blankLines: [String] = []
    private let decoder = JSONDecoder()

    /// - Parameter alwaysJSON: no line is taken as plain text.
    init(_ reader: LineReader, alwaysJSON: Bool = false) {
        self.reader = reader
        shape = alwaysJSON ? .json : nil
    }

    /// The next records, few more than `records` of them; empty at the end.
    ///
    /// - Throws: `AkinError(.invalidData)`, naming the line, for a JSON line that is not an object with a `text`.
    mutating func nextBatch(records: Int) throws -> [TextRecord] {
        var batch: [TextRecord] = []
        var size = 0
        while batch.count < records && size < 8 << 20, let line = try reader.next() {
            for record in try self.records(in: line) {
                size += record.text.utf8.count
                batch.append(record)
            }
        }
        if batch.count < records, shape == nil { batch += beginPlain() }
        return batch
    }

    private mutating func records(in line: String) throws -> [TextRecord] {
        if shape == .plain { return [TextRecord(text: line)] }
        let start = line.unicodeScalars.first { !$0.properties.isWhitespace }
        guard let start else {
            if shape == nil { blankLines.append(line) }
            return []
        }
        if shape == nil && start != "{" { return beginPlain() + [TextRecord(text: line)] }
        do {
            let members = try decoder.decode(Line.self, from: Data(line.utf8))
            shape = .json
            blankLines = []
            let number = JSONSpelling.number(of: members.id == nil ? "_id" : "id", in: line.utf8)
            return [
                TextRecord(
                    id: number.map(RecordID.number) ?? (members.id ?? members._id).map(RecordID.value),
                    text: members.text)
            ]
        } catch {
            if shape == nil { return beginPlain() + [TextRecord(text: line)] }
            throw AkinError(
                .invalidData,
                "\(reader.name):\(reader.lineNumber): this line is not a JSON object with a string 'text', "
                    + "such as {\"id\": \"q1\", \"text\": \"a question\"}."
            )
        }
    }

    /// Settles on plain lines, of which the blank ones so far are the first.
    private mutating func beginPlain() -> [TextRecord] {
        shape = .plain
        defer { blankLines = [] }
        return blankLines.map { TextRecord(text: $0) }
    }
}
