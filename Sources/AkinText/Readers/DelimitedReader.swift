import AkinCore

/// `.csv` and `.tsv`: a header line that names the fields, then one record a row.
///
/// CSV after RFC 4180: fields may stand in quotes, quotes inside them are doubled, and a quoted field may go over several lines,
/// which are joined with LF. A quote in
/// the midst of a field that does not begin with one is an ordinary character. TSV has no quotes: a tab always ends a field. Holds one row.
struct DelimitedReader {
    var mapper: RecordMapper
    let isTabs: Bool

    func read(_ source: ByteReader, _ emit: (ReadEvent) throws -> Void) throws {
        var header: [String]?
        var mapper = mapper
        mapper.isUntyped = true
        var number = 0
        while let row = try nextRow(source) {
            if let bytes = source.takeProgress() { try emit(.file(path: mapper.file.path, bytes: bytes)) }
            let isRecord = header != nil
            if isRecord { number += 1 }
            func problem(_ message: String) throws {
                try emit(.problem(RecordProblem(path: mapper.file.path, line: row.line, message: message)))
            }
            if let message = row.problem {
                try problem(isRecord ? message : "\(message); without a header line the file cannot be read")
                if isRecord { continue } else { return }
            }
            var fields: [String] = []
            for field in row.fields {
                if let text = String(validating: field, as: UTF8.self) { fields.append(text) }
            }
            guard fields.count == row.fields.count else {
                try problem("the row \(TextDecoding.invalidUTF8(atByte: row.firstInvalidByte))")
                if isRecord { continue } else { return }
            }
            guard let names = header else {
                let names = Self.names(fields)
                var seen: Set<String> = []
                if let twice = names.first(where: { !seen.insert($0).inserted }) {
                    try problem("the header names the field '\(twice)' twice; rename one, so that each field has a name of its own")
                    return
                }
                header = names
                mapper.onlyField = names.count == 1 ? names[0] : nil
                continue
            }
            guard fields.count == names.count else {
                let hint = isTabs ? "" : ", and put fields that hold commas in quotes"
                try problem("the row has \(fields.count) fields where the header names \(names.count); make them equal\(hint)")
                continue
            }
            let record = Dictionary(zip(names, fields.map(JSONValue.string)), uniquingKeysWith: { $1 })
            try emit(mapper.event(for: .object(record), number: number, line: row.line))
        }
    }

    private static func names(_ fields: [String]) -> [String] {
        fields.enumerated().map { index, field in
            let name = String(field.trimmingPrefix(while: \.isWhitespace).reversed().trimmingPrefix(while: \.isWhitespace).reversed())
            return name.isEmpty ? "column \(index + 1)" : name
        }
    }

    /// The next row that is not blank.
    private func nextRow(_ source: ByteReader) throws -> DelimitedRow? {
        let limit = mapper.options.maximumTextBytes
        var begun: Int?
        do {
            while let line = try source.nextLine(limit: limit) {
                if line.isEmpty { continue }
                var row = DelimitedRow(line: source.lineNumber)
                begun = row.line
                row.feed(line, offset: source.lineOffset, isTabs: isTabs)
                while row.isOpen {
                    guard let next = try source.nextLine(limit: limit - row.byteCount) else {
                        row.problem = "a quote that opens in this row is never closed; close it, or double quotes inside a quoted field"
                        break
                    }
                    row.feed(next, offset: source.lineOffset, isTabs: isTabs)
                }
                return row
            }
            return nil
        } catch is OversizedInput {
            var row = DelimitedRow(line: begun ?? source.lineNumber)
            let question = begun == nil ? "is this a file of rows?" : "is a quote in it never closed?"
            row.problem = "the row \(OversizedInput(limit: limit).reason); \(question) What follows was not read"
            return row
        }
    }
}

/// A row as it is put together from one or more lines.
private struct DelimitedRow {
    /// The line, from 1, the row begins at.
    let line: Int
    var fields: [[UInt8]] = []
    var problem: String?
    /// Whether a quoted field goes on in the next line.
    var isOpen = false
    private(set) var byteCount = 0
    private var field: [UInt8] = []
    private var lines: [(offset: Int, bytes: [UInt8])] = []

    init(line: Int) { self.line = line }

    /// Where, in bytes of the file, the first byte stands that is not UTF-8.
    var firstInvalidByte: Int {
        for (offset, bytes) in lines {
            if let index = TextDecoding.firstInvalidByte(in: bytes) { return offset + index }
        }
        return lines.first?.offset ?? 0
    }

    mutating func feed(_ bytes: [UInt8], offset: Int, isTabs: Bool) {
        lines.append((offset, bytes))
        byteCount += bytes.count + 1
        if isTabs {
            fields = bytes.split(separator: 0x09, omittingEmptySubsequences: false).map(Array.init)
        } else {
            feedCSV(bytes)
        }
    }

    private mutating func feedCSV(_ bytes: [UInt8]) {
        let (quote, comma) = (UInt8(ascii: "\""), UInt8(ascii: ","))
        var index = 0
        if isOpen { field.append(0x0A) }
        while true {
            if !isOpen {
                if index < bytes.count, bytes[index] == quote {
                    isOpen = true
                    index += 1
                } else {
                    let end = bytes[index...].firstIndex(of: comma) ?? bytes.count
                    field.append(contentsOf: bytes[index..<end])
                    index = end
                }
            }
            if isOpen {
                guard let end = bytes[index...].firstIndex(of: quote) else {
                    field.append(contentsOf: bytes[index...])
                    return
                }
                field.append(contentsOf: bytes[index..<end])
                index = end + 1
                if index < bytes.count, bytes[index] == quote {
                    field.append(quote)
                    index += 1
                    continue
                }
                isOpen = false
                if index < bytes.count, bytes[index] != comma, problem == nil {
                    problem = "text follows the quote that closes field \(fields.count + 1); double quotes inside a quoted field"
                    index = bytes[index...].firstIndex(of: comma) ?? bytes.count
                }
            }
            fields.append(field)
            field.removeAll(keepingCapacity: true)
            guard index < bytes.count else { return }
            index += 1
        }
    }
}
