import AkinText
import Foundation

/// xlsx: a sheet under its name, a row a block.
struct SpreadsheetReader {
    static func read(_ file: FileToRead, _ budget: UnpackingBudget) throws -> TextRecord {
        let parts = try PackageParts(file, budget) { name in
            name.hasPrefix("xl/") && !name.hasPrefix("xl/media/") && !name.hasPrefix("xl/drawings/")
                && (name.hasSuffix(".xml") || name.hasSuffix(".rels")) || name == "docProps/core.xml"
                || name == "_rels/.rels"
        }
        let main = try parts.relations(of: "").values.first { $0.type == "officeDocument" }?.target ?? "xl/workbook.xml"
        let related = try parts.relations(of: main)
        let workbook = try XMLStream.root(of: parts.required(main), as: main)
        let styles = try SheetDates(
            styles: related.values.first { $0.type == "styles" }.flatMap { parts[$0.target] },
            startsIn1904: workbook.child("workbookPr")?["date1904"].map { $0 == "1" || $0 == "true" } ?? false)
        var strings: [String] = []
        if let table = related.values.first(where: { $0.type == "sharedStrings" }), let data = parts[table.target] {
            try XMLStream.read(data, as: table.target, elements: ["si"]) { node, _ in strings.append(Self.string(node))
            }
        }
        var text = DocumentText()
        for sheet in workbook.child("sheets")?.children ?? [] {
            guard let id = sheet["r:id"], let target = related[id]?.target, let data = parts[target] else { continue }
            var rows = SheetRows(name: sheet["name"] ?? "")
            try XMLStream.read(data, as: target, elements: ["row"]) { row, _ in
                rows.add(Self.cells(of: row, strings, styles), to: &text)
            }
        }
        return try text.requiredRecord(file, title: parts.title(), otherwise: "holds no values")
    }

    private static func cells(of row: XMLNode, _ strings: [String], _ dates: SheetDates) -> [String] {
        var cells: [String] = []
        for cell in row.children where cell.name == "c" {
            // Empty cells are left out of the file.
            if let column = cell["r"].flatMap(Self.column), column > cells.count, column < SheetRows.maximumCells {
                cells += Array(repeating: "", count: column - cells.count)
            }
            guard cells.count < SheetRows.maximumCells else { break }
            let value = cell.child("v")?.text ?? ""
            switch cell["t"] {
            case "s": cells.append(Int(value).flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? "")
            case "inlineStr": cells.append(cell.child("is").map(Self.string) ?? "")
            case "b": cells.append(value == "1" ? "TRUE" : "FALSE")
            case "str", "e", "d": cells.append(value)
            default: cells.append(dates.text(of: value, style: cell["s"].flatMap { Int($0) } ?? 0))
            }
        }
        return cells
    }

    /// The text of a string without its pronunciation.
    private static func string(_ node: XMLNode) -> String {
        node.children.map { child in
            switch child.name {
            case "t": child.text
            case "r": child.child("t")?.text ?? ""
            default: ""
            }
        }.joined()
    }

    /// The column, from 0, of a reference such as `AB12`.
    private static func column(_ reference: String) -> Int? {
        let letters = reference.utf8.prefix { (0x41...0x5A).contains($0) }
        guard (1...3).contains(letters.count) else { return nil }
        return letters.reduce(0) { $0 * 26 + Int($1) - 0x40 } - 1
    }
}
