import AkinCore

/// The first row of a file of rows, which names the fields of the others.
struct DelimitedHeader {
    /// Why a row cannot be read: a sentence without its end.
    struct Fault: Error {
        let line: Int
        let message: String
    }

    let names: [String]
    private let isTabs: Bool

    /// Reads the first row; nil when there is none.
    ///
    /// - Parameter isTabs: Whether tabs separate by the file's extension.
    /// - Throws: `Fault` when the row names no fields, and what reading throws.
    init?(_ rows: DelimitedRows, isTabs: Bool) throws {
        guard let row = try rows.next() else { return nil }
        if let message = row.problem {
            throw Fault(line: row.line, message: "\(message); without a header line the file cannot be read")
        }
        names = try Self.texts(of: row).enumerated().map { index, field in
            let name = String(field[...].trimmed)
            return name.isEmpty ? "column \(index + 1)" : name
        }
        self.isTabs = isTabs
        var seen: Set<String> = []
        if let twice = names.first(where: { !seen.insert($0).inserted }) {
            let shown = twice.count > 40 ? "\(twice.prefix(40))…" : twice
            throw Fault(
                line: row.line,
                message:
                    "the header names the field '\(shown)' twice; rename one, so that each field has a name of its own"
            )
        }
    }

    /// The fields of a row by their names, as texts.
    func record(of row: DelimitedRow) throws(Fault) -> [String: JSONValue] {
        if let message = row.problem { throw Fault(line: row.line, message: message) }
        let fields = try Self.texts(of: row)
        guard fields.count == names.count else {
            let hint = isTabs ? "" : ", and put fields that hold commas in quotes"
            throw Fault(
                line: row.line,
                message:
                    "the row has \(fields.count) fields where the header names \(names.count); make them equal\(hint)")
        }
        return Dictionary(zip(names, fields.map(JSONValue.string)), uniquingKeysWith: { $1 })
    }

    private static func texts(of row: DelimitedRow) throws(Fault) -> [String] {
        guard let fields = row.texts() else {
            throw Fault(
                line: row.line, message: "the row \(TextDecoding.invalidUTF8(atByte: row.firstInvalidByte))")
        }
        return fields
    }
}
