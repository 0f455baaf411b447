import AkinCore

/// A text with the id it was given, if any.
struct TextRecord {
    /// As it was read: a number keeps its digits.
    var id: JSONValue?
    var text: String
    /// Of a file of JSON lines: where it stands, from 1.
    var line: Int?
}

/// Reads texts: plain lines, or JSON lines `{"id", "text"}` where the first line that is not blank is an object with a
/// `text`.
///
/// A blank line between plain lines is an empty text; between JSON lines it is skipped.
struct TextRecords {
    private enum Shape { case plain, json }

    private var reader: LineReader
    private var shape: Shape?
    /// Blank lines before the line that shows the format.
    private var blankLines: [String] = []

    /// What the file is called in messages.
    var name: String { reader.name }

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
        if case .object(let members)? = try? JSONValue(json: Array(line.utf8)),
            case .string(let text)? = members["text"]
        {
            shape = .json
            blankLines = []
            return [TextRecord(id: members.recordID, text: text, line: reader.lineNumber)]
        }
        if shape == nil { return beginPlain() + [TextRecord(text: line)] }
        throw AkinError(
            .invalidData,
            "\(reader.name):\(reader.lineNumber): this line is not a JSON object with a string 'text', "
                + "such as {\"id\": \"q1\", \"text\": \"a question\"}."
        )
    }

    /// Settles on plain lines, of which the blank ones so far are the first.
    private mutating func beginPlain() -> [TextRecord] {
        shape = .plain
        defer { blankLines = [] }
        return blankLines.map { TextRecord(text: $0) }
    }
}
