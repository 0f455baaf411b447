/// How a file of rows and fields is written, which its extension does not show: spreadsheets write `.csv` with
/// semicolons where the comma is a decimal sign, with tabs, and with lines that end in CR.
struct DelimitedDialect: Equatable {
    /// What ends a field.
    var separator: UInt8
    /// Whether fields may stand in quotes.
    var hasQuotes = true
    /// What ends a line: LF, or CR where no LF is used.
    var lineEnd: UInt8 = 0x0A
    /// Whether the first line, such as Excel's `sep=;`, only says what the separator is.
    var namesSeparator = false

    static let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|")]
    private static let sampledRows = 50

    /// The dialect of the beginning of a file.
    ///
    /// Of the separators that cut the first row into several fields, the one by which most rows have as many fields as
    /// the first; among equals the usual separator, then the one with the most fields.
    ///
    /// - Parameter usual: the separator that the file's extension stands for.
    init(of head: ArraySlice<UInt8>, usual: UInt8) {
        self.init(separator: usual)
        let lineEnd = Self.lineEnd(of: head)
        self.lineEnd = lineEnd
        // This reads the whole head, so it is done once, and only where tabs may separate.
        lazy var tabsHaveQuotes = Self.closesQuotes(head, lineEnd: lineEnd)
        let firstLine = head.prefix { $0 != lineEnd && $0 != 0x0D }
        if firstLine.count == 5, firstLine.starts(with: Array("sep=".utf8)), let named = firstLine.last {
            (separator, namesSeparator) = (named, true)
        } else {
            var best: (share: Double, fields: Int)?
            for candidate in [usual] + Self.separators where candidate != usual || best == nil {
                guard head.contains(candidate) else { continue }
                var dialect = self
                (dialect.separator, dialect.hasQuotes) = (candidate, candidate != 0x09 || tabsHaveQuotes)
                let counts = dialect.sample(of: head).map(\.fields.count)
                guard let first = counts.first, first > 1 else { continue }
                let share = Double(counts.count { $0 == first }) / Double(counts.count)
                if let best, (share, candidate == usual ? .max : first) <= (best.share, best.fields) { continue }
                best = (share, candidate == usual ? .max : first)
                separator = candidate
            }
        }
        // The registered format of tab-separated values has no quotes, but spreadsheets write them.
        if separator == 0x09 { hasQuotes = tabsHaveQuotes }
    }

    private init(separator: UInt8) { self.separator = separator }

    /// What is unusual about it, for a person; nil when nothing is.
    func note(usual: UInt8) -> String? {
        var parts: [String] = []
        if separator != usual { parts.append("fields are separated by \(Self.name(of: separator))") }
        if lineEnd == 0x0D { parts.append("lines end with CR") }
        return parts.isEmpty ? nil : "read as it is written: " + parts.joined(separator: ", ")
    }

    private static func name(of separator: UInt8) -> String {
        switch separator {
        case UInt8(ascii: ","): "commas"
        case UInt8(ascii: ";"): "semicolons"
        case UInt8(ascii: "|"): "vertical bars"
        case 0x09: "tabs"
        default: "'\(String(decoding: [separator], as: UTF8.self))'"
        }
    }

    /// CR where the first line ends with one that no LF follows.
    private static func lineEnd(of head: ArraySlice<UInt8>) -> UInt8 {
        var isQuoted = false
        for (place, byte) in zip(head.indices, head) {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == 0x0A { return 0x0A }
            if byte == 0x0D { return place + 1 < head.endIndex && head[place + 1] != 0x0A ? 0x0D : 0x0A }
        }
        return 0x0A
    }

    /// Whether there are fields in quotes, and each of them ends as it should when tabs separate.
    private static func closesQuotes(_ head: ArraySlice<UInt8>, lineEnd: UInt8) -> Bool {
        var dialect = DelimitedDialect(separator: 0x09)
        dialect.lineEnd = lineEnd
        let rows = dialect.sample(of: head, limit: .max)
        return rows.contains(where: \.hasQuotedField) && rows.allSatisfy { $0.problem == nil && !$0.isOpen }
    }

    /// The first rows that are not blank, without a last one that the end of the head may have cut.
    private func sample(of head: ArraySlice<UInt8>, limit: Int = sampledRows) -> [DelimitedRow] {
        var rows: [DelimitedRow] = []
        var row: DelimitedRow?
        var rest = head
        while rows.count < limit, let end = rest.firstIndex(of: lineEnd) ?? (rest.isEmpty ? nil : rest.endIndex) {
            var line = Array(rest[..<end])
            let isLast = end == rest.endIndex
            rest = isLast ? [] : rest[(end + 1)...]
            if line.last == 0x0D { line.removeLast() }
            if row == nil, line.isEmpty { continue }
            // Half a row says nothing, but a file may have no more than one.
            if isLast, !rows.isEmpty, head.count >= 1 << 20 { break }
            if row == nil { row = DelimitedRow(line: 0) }
            // It grows in place, because a copy for each line of an open quote would take quadratic time.
            row?.feed(line, offset: 0, dialect: self)
            if let whole = row, !whole.isOpen {
                rows.append(whole)
                row = nil
            }
        }
        // A quote that the head does not close is never closed, unless the head is only a part of the file.
        if let row, head.count < 1 << 20 { rows.append(row) }
        return rows
    }
}
