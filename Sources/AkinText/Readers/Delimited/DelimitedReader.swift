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
        var types = ColumnTypes(count: header.names.count)
        var held: [DelimitedRow] = []
        if isStream {
            var bytes = 0
            while bytes < Self.judgedBytes, let row = try rows.next() {
                bytes += row.byteCount
                judge(row, &types)
                held.append(row)
            }
        } else {
            try judgeFile(rows, &types)
        }
        var mapper = mapper
        mapper.onlyField = header.names.count == 1 ? header.names[0] : nil
        // The types as judged so far. Later rows change no types, but are counted where they do not fit.
        mapper.columns = RecordMapper.Columns(names: header.names, types: types)

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
        for note in types.notes(names: header.names, isKept: mapper.keepsAsMetadata) {
            try emit(.note("\(mapper.file.path): \(note)"))
        }
    }

    /// The names of the columns; nil when there is no row, or its problem is reported.
    private func header(_ rows: DelimitedRows, _ emit: (ReadEvent) throws -> Void) throws -> DelimitedHeader? {
        do {
            return try DelimitedHeader(rows, isTabs: isTabs)
        } catch let fault as DelimitedHeader.Fault {
            try emit(.problem(RecordProblem(path: mapper.file.path, line: fault.line, message: fault.message)))
            return nil
        }
    }

    private func event(for row: DelimitedRow, number: Int, header: DelimitedHeader, _ mapper: RecordMapper)
        -> ReadEvent
    {
        do throws(DelimitedHeader.Fault) {
            return mapper.event(for: .object(try header.record(of: row)), number: number, line: row.line)
        } catch {
            return .problem(RecordProblem(path: mapper.file.path, line: error.line, message: error.message))
        }
    }

    private func judge(_ row: DelimitedRow, _ types: inout ColumnTypes) {
        if row.problem == nil, let fields = row.texts() { types.add(fields, line: row.line) }
    }

    /// Reads the whole file once to find the types of its columns.
    private func judgeFile(_ given: DelimitedRows, _ types: inout ColumnTypes) throws {
        guard let handle = FileHandle(forReadingAtPath: mapper.file.path) else { return }
        defer { try? handle.close() }
        let source = try ByteReader(handle: handle, path: mapper.file.path)
        if let set = given.source.characterSet { try source.decode(set) }
        let rows = try DelimitedRows(source, dialect: given.dialect, limit: mapper.options.maximumTextBytes)
        _ = try rows.next()
        while let row = try rows.next() { judge(row, &types) }
    }
}
