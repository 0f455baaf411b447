import AkinText

/// Makes rows of a sheet to blocks. Where the first row names the columns, each value comes with its column's name, so
/// that a row means something by itself.
struct SheetRows {
    /// The most cells of a row that are read: as many as Excel's sheets have.
    static let maximumCells = 16384

    let name: String
    private var header: [String] = []
    private var isFirst = true

    init(name: String) { self.name = name }

    mutating func add(_ cells: [String], to text: inout DocumentText) {
        var cells = cells.map(\.asCell)
        while cells.last?.isEmpty == true { cells.removeLast() }
        guard !cells.isEmpty else { return }
        guard isFirst else { return write(cells, to: &text) }
        isFirst = false
        text.page = (text.page ?? 0) + 1
        text.addHeading(name, level: 1)
        write(cells, to: &text)
        if Self.namesColumns(cells) { header = cells }
    }

    private func write(_ cells: [String], to text: inout DocumentText) {
        guard !header.isEmpty else { return text.add(cells.joined(separator: "\t"), .tableRow) }
        let values = cells.enumerated().filter { !$0.element.isEmpty }.map { column, value in
            let name = column < header.count ? header[column] : ""
            return name.isEmpty ? value : "\(name): \(value)"
        }
        text.add(values.joined(separator: "; "), .tableRow)
    }

    /// Whether a row looks like names of columns: two or more, all different, none a number.
    private static func namesColumns(_ cells: [String]) -> Bool {
        let names = cells.filter { !$0.isEmpty }
        return names.count >= 2 && Set(names).count == names.count
            && names.allSatisfy { Double($0) == nil && $0.utf8.count <= 80 && $0.contains(where: \.isLetter) }
    }
}
