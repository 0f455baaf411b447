import AkinCore

/// The types of the columns of a file, judged by each column as a whole, because a single cell does not show whether it
/// is a number or a code.
///
/// * A column of numbers, however they are written (`3.50`, `1e3`, `-2`), holds numbers.
/// * A column with a zero before a digit (`01234`) or a leading `+` holds texts throughout: they are codes.
/// * A column whose values all are numbers, some with a decimal comma (`3,50`), holds numbers, unless each comma may as
///   well stand between thousands (`1,250`).
/// * For any other column the majority counts. What does not fit a column of numbers stays a text and is reported.
struct ColumnTypes {
    private struct Column {
        var numbers = 0
        var decimalCommas = 0
        /// Of these, values whose comma may stand between thousands.
        var thousands = 0
        var texts = 0
        var hasCode = false
        var firstText: (line: Int, value: String)?

        /// Whether the comma stands for the decimal point in all values that are numbers at all.
        var hasDecimalCommas: Bool { decimalCommas > thousands && texts == 0 }

        var isNumeric: Bool { !hasCode && (hasDecimalCommas || numbers > 0 && numbers >= texts + decimalCommas) }

        mutating func add(_ text: String, line: Int) {
            switch NumberSpelling(text) {
            case nil where text.hasVisibleText:
                texts += 1
                if firstText == nil { firstText = (line, text) }
            case nil: break
            case .number?: numbers += 1
            case .decimalComma?:
                decimalCommas += 1
                if text[...].trimmed.utf8.reversed().prefix(while: { $0 != UInt8(ascii: ",") }).count == 3 {
                    thousands += 1
                }
                if firstText == nil { firstText = (line, text) }
            case .code?: hasCode = true
            }
        }
    }

    private var columns: [Column]

    init(count: Int) { columns = [Column](repeating: Column(), count: count) }

    mutating func add(_ fields: [String], line: Int) {
        for index in 0..<min(fields.count, columns.count) { columns[index].add(fields[index], line: line) }
    }

    /// A cell as a value; nil for an empty one.
    func value(_ text: String, column: Int) -> JSONValue? {
        guard text.hasVisibleText else { return nil }
        let judged = columns[column]
        guard judged.isNumeric else { return .string(text) }
        return NumberSpelling.value(of: text, decimalComma: judged.hasDecimalCommas) ?? .string(text)
    }

    /// The reports about columns of numbers that hold something else too, for the columns that are kept as metadata.
    func notes(names: [String], isKept: (String) -> Bool) -> [String] {
        zip(names, columns).compactMap { name, column in
            guard column.isNumeric, isKept(name) else { return nil }
            if column.hasDecimalCommas { return "column '\(name)' has decimal commas, and was read as numbers" }
            let misfits = column.texts + column.decimalCommas
            guard misfits > 0, let first = column.firstText else { return nil }
            let shown = first.value.count > 40 ? "\(first.value.prefix(40))…" : first.value
            return
                "column '\(name)' is mixed: \(column.numbers) numbers and \(misfits) other value\(misfits == 1 ? "" : "s"), which stay text, "
                + "the first '\(shown)' in line \(first.line)"
        }
    }
}
