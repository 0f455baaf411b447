import AkinCore

/// Rows of cells in aligned columns, the first column to the left and the rest to the right.
struct TextTable {
    enum Alignment { case left, right }

    private let alignments: [Alignment]
    private var rows: [[String]]

    init(header: [String], alignments: [Alignment]? = nil) {
        self.alignments = alignments ?? [.left] + Array(repeating: .right, count: max(0, header.count - 1))
        rows = [header]
    }

    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The table, its header dimmed, a line each.
    func lines(style: TerminalStyle) -> [String] {
        let widths = alignments.indices.map { column in rows.map { DisplayText.width($0[column]) }.max() ?? 0 }
        return rows.enumerated().map { place, row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - DisplayText.width(cell))
                let isLast = column == row.count - 1
                line += column > 0 ? "  " : ""
                switch alignments[column] {
                case .left: line += cell + (isLast ? "" : padding)
                case .right: line += padding + cell
                }
            }
            return place == 0 ? style.dim(line) : line
        }
    }
}
