/// A row, built up from one or more lines.
///
/// Fields in quotes follow RFC 4180: quotes inside them are doubled, and they may go over several lines, which are
/// joined with LF. A quote in the middle of a field that does not begin with one is an ordinary character.
struct DelimitedRow {
    /// The line, from 1, the row begins at.
    let line: Int
    var fields: [[UInt8]] = []
    var problem: String?
    /// Whether a quoted field goes on in the next line.
    private(set) var isOpen = false
    private(set) var hasQuotedField = false
    private(set) var byteCount = 0
    private var field: [UInt8] = []
    private var lines: [(offset: Int, bytes: [UInt8])] = []

    init(line: Int) { self.line = line }

    /// The place, in bytes of the file, of the first byte that is not UTF-8.
    var firstInvalidByte: Int {
        for (offset, bytes) in lines {
            if let index = TextDecoding.firstInvalidByte(in: bytes) { return offset + index }
        }
        return lines.first?.offset ?? 0
    }

    mutating func feed(_ bytes: [UInt8], offset: Int, dialect: DelimitedDialect) {
        lines.append((offset, bytes))
        byteCount += bytes.count + 1
        guard dialect.hasQuotes else {
            fields = bytes.split(separator: dialect.separator, omittingEmptySubsequences: false).map(Array.init)
            return
        }
        let quote = UInt8(ascii: "\"")
        var index = 0
        if isOpen { field.append(0x0A) }
        while true {
            if !isOpen {
                if index < bytes.count, bytes[index] == quote {
                    (isOpen, hasQuotedField) = (true, true)
                    index += 1
                } else {
                    let end = bytes[index...].firstIndex(of: dialect.separator) ?? bytes.count
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
                if index < bytes.count, bytes[index] != dialect.separator, problem == nil {
                    problem =
                        "text follows the quote that closes field \(fields.count + 1); double quotes inside a quoted field"
                    index = bytes[index...].firstIndex(of: dialect.separator) ?? bytes.count
                }
            }
            fields.append(field)
            field.removeAll(keepingCapacity: true)
            guard index < bytes.count else { return }
            index += 1
        }
    }

    /// Gives up a quoted field that the end of the file leaves open.
    mutating func endUnclosed() {
        problem = "a quote that opens in this row is never closed; close it, or double quotes inside a quoted field"
        isOpen = false
    }

    /// The fields as texts; nil when one is not UTF-8.
    func texts() -> [String]? {
        var texts: [String] = []
        texts.reserveCapacity(fields.count)
        for field in fields {
            guard let text = String(validating: field, as: UTF8.self) else { return nil }
            texts.append(text)
        }
        return texts
    }
}
