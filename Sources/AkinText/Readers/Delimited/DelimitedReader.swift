import AkinCore
import Foundation

/// `.csv` and `.tsv`: a header line that names the fields, then one record a row.
///
/// The separator, the line ends and the types of the columns are found from the file (`DelimitedDialect`,
/// `ColumnTypes`): a file is read twice, standard input is judged by its beginning.
struct DelimitedReader {
    let mapper: RecordMapper
    /// Whether tabs separate where nothing else is found.
    let isTabs: Bool

    /// The bytes of standard input that columns are judged by.
    private static let judgedBytes = 16 << 20

    private var usual: UInt8 { isTabs ? 0x09 : UInt8(ascii: ",") }

    func read(_ source: ByteReader, _ emit: (ReadEvent) throws -> Void) throws {
        let rows = try DelimitedRows(source, usual: usual, limit: mapper.options.maximumTextBytes)
        guard let header = try header(rows, emit) else { return }
        if let note = rows.dialect.note(usual: usual) { try emit(.note("\(mapper.file.path): \(note)")) }

        let isStream = mapper.file.path == "-"
        var types = ColumnTypes(count: header.count)
        var held: [DelimitedRow] = []
        if isStream {
            var bytes = 0
            while bytes < Self.judgedBytes, let row = try rows.next() {
                bytes += row.byteCount
                judge(row, &types)
                held.append(row)
            }
        } else {
            try judgeFile(rows.dialect, &types)
        }
        var mapper = mapper
        mapper.onlyField = header.count == 1 ? header[0] : nil
        // The types as judged so far. Later rows change no types, but are counted where they do not fit.
        mapper.columns = RecordMapper.Columns(names: header, types: types)

        var number = 0
        func map(_ row: DelimitedRow) throws {
            if let bytes = source.takeProgress() { try emit(.file(path: mapper.file.path, bytes: bytes)) }
            number += 1
            try emit(event(for: row, number: number, header: header, mapper))
        }
        for row in held { try map(row) }
        held = []
        while let row = try rows.next() {
            if isStream { judge(row, &types) }
            try map(row)
        }
        for note in types.notes(names: header, isKept: mapper.keepsAsMetadata) {
            try emit(.note("\(mapper.file.path): \(note)"))
        }
    }

    /// The names of the columns; nil when there is no row, or its problem is reported.
    private func header(_ rows: DelimitedRows, _ emit: (ReadEvent) throws -> Void) throws -> [String]? {
        guard let row = try rows.next() else { return nil }
        func refuse(_ message: String) throws -> [String]? {
            try emit(.problem(RecordProblem(path: mapper.file.path, line: row.line, message: message)))
            return nil
        }
        if let message = row.problem { return try refuse("\(message); without a header line the file cannot be read") }
        guard let fields = row.texts() else {
            return try refuse("the row \(TextDecoding.invalidUTF8(atByte: row.firstInvalidByte))")
        }
        let names = Self.names(fields)
        var seen: Set<String> = []
        if let twice = names.first(where: { !seen.insert($0).inserted }) {
            return try refuse(
                "the header names the field '\(twice)' twice; rename one, so that each field has a name of its own")
        }
        return names
    }

    private func event(for row: DelimitedRow, number: Int, header: [String], _ mapper: RecordMapper) -> ReadEvent {
        func problem(_ message: String) -> ReadEvent {
            .problem(RecordProblem(path: mapper.file.path, line: row.line, message: message))
        }
        if let message = row.problem { return problem(message) }
        guard let fields = row.texts() else {
            return problem("the row \(TextDecoding.invalidUTF8(atByte: row.firstInvalidByte))")
        }
        guard fields.count == header.count else {
            let hint = isTabs ? "" : ", and put fields that hold commas in quotes"
            return problem(
                "the row has \(fields.count) fields where the header names \(header.count); make them equal\(hint)")
        }
        let record = Dictionary(zip(header, fields.map(JSONValue.string)), uniquingKeysWith: { $1 })
        return mapper.event(for: .object(record), number: number, line: row.line)
    }

    private func judge(_ row: DelimitedRow, _ types: inout ColumnTypes) {
        if row.problem == nil, let fields = row.texts() { types.add(fields, line: row.line) }
    }

    /// Reads the whole file once to find the types of its columns.
    private func judgeFile(_ dialect: DelimitedDialect, _ types: inout ColumnTypes) throws {
        guard let handle = FileHandle(forReadingAtPath: mapper.file.path) else { return }
        defer { try? handle.close() }
        let rows = try DelimitedRows(
            ByteReader(handle: handle, path: mapper.file.path), dialect: dialect, limit: mapper.options.maximumTextBytes
        )
        _ = try rows.next()
        while let row = try rows.next() { judge(row, &types) }
    }

    private static func names(_ fields: [String]) -> [String] {
        fields.enumerated().map { index, field in
            let name = String(field[...].trimmed)
            return name.isEmpty ? "column \(index + 1)" : name
        }
    }
}
