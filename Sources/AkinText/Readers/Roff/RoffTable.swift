/// A table of tbl, as far as its cells need it.
struct RoffTable {
    struct Row {
        var cells: [String]
        var lines: ClosedRange<Int>
    }

    private(set) var rows: [Row] = []
    private var separator: Character = "\t"
    private var isInFormat = true
    /// A cell between `T{` and `T}` goes over lines.
    private var open: (cells: [String], start: Int)?

    mutating func read(_ line: Substring, number: Int) {
        if isInFormat {
            if line.hasSuffix(";") {
                if let match = line.firstMatch(of: /tab\s*\(\s*(.)\s*\)/), let mark = match.1.first { separator = mark }
            } else if line[...].trimmed.hasSuffix(".") {
                isInFormat = false
            }
            return
        }
        if let name = RoffLines.request(line)?.name {
            // The format may change within a table.
            if name == "T&" { isInFormat = true }
            if open == nil || name.isEmpty { return }
        }
        if var row = open {
            if line.hasPrefix("T}") {
                let rest = line.dropFirst(2)
                if rest.first == separator {
                    open = nil
                    add(cells(of: rest.dropFirst()), to: row.cells, from: row.start, through: number)
                } else {
                    open = nil
                    rows.append(Row(cells: row.cells, lines: row.start...number))
                }
            } else if let last = row.cells.indices.last {
                open = nil
                row.cells[last] += (row.cells[last].isEmpty ? "" : " ") + (RoffLines.request(line)?.rest ?? line)
                open = row
            }
            return
        }
        guard !["_", "=", ""].contains(line.trimmed) else { return }
        add(cells(of: line), to: [], from: number, through: number)
    }

    private func cells(of line: Substring) -> [String] {
        line.split(separator: separator, omittingEmptySubsequences: false).map {
            ["\\_", "_", "=", "\\="].contains($0) ? "" : String($0)
        }
    }

    private mutating func add(_ new: [String], to cells: [String], from start: Int, through end: Int) {
        var cells = cells + new
        if cells.last.map({ $0[...].trimmed }) == "T{" {
            cells[cells.count - 1] = ""
            open = (cells, start)
        } else {
            rows.append(Row(cells: cells, lines: start...end))
        }
    }
}
