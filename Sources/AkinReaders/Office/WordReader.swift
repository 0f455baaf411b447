import AkinText
import Foundation

/// docx: paragraphs by their styles, tables by rows, notes at the end.
struct WordReader {
    func read(_ file: FileToRead, _ budget: UnpackingBudget) throws -> TextRecord {
        let parts = try PackageParts(file, budget) { name in
            name.hasPrefix("word/") && (name.hasSuffix(".xml") || name.hasSuffix(".rels")) || name.hasPrefix("_rels/")
                || name == "docProps/core.xml"
        }
        let main = try parts.relations(of: "").values.first { $0.type == "officeDocument" }?.target
        let name = main ?? "word/document.xml"
        let related = try parts.relations(of: name)
        func part(_ type: String) -> Data? { related.values.first { $0.type == type }.flatMap { parts[$0.target] } }

        let styles = try WordStyles(part("styles"))
        var text = DocumentText()
        var title: String?
        try XMLStream.read(parts.required(name), as: name, elements: ["p", "tbl", "sectPr"]) { node, _ in
            add(node, styles, to: &text, title: &title)
        }
        for (type, element) in [("footnotes", "footnote"), ("endnotes", "endnote")] {
            guard let data = part(type) else { continue }
            try XMLStream.read(data, as: type, elements: [element]) { note, _ in
                guard note["w:type"] == nil || note["w:type"] == "normal" else { return }
                text.enter("", level: 1)
                text.add(note.children.map(Self.text).joined(separator: "\n"))
            }
        }
        return try text.requiredRecord(file, title: parts.title() ?? title, otherwise: "holds no text")
    }

    private func add(_ node: XMLNode, _ styles: WordStyles, to text: inout DocumentText, title: inout String?) {
        if node.name == "tbl" { return Self.addTable(node, to: &text) }
        guard node.name == "p" else { return }
        let content = Self.text(node)
        switch styles.meaning(node.child("pPr")) {
        case .title:
            title = title ?? content
            text.addHeading(content, level: 0)
        case .heading(let level): text.addHeading(content, level: level)
        case .list: text.add(content, .listItem)
        case .code: text.addCodeLine(content.trimmedOfLineEnds)
        case .quote: text.add(content, .quote)
        case .plain: text.add(content)
        }
    }

    private static func addTable(_ table: XMLNode, to text: inout DocumentText) {
        for row in table.children where row.name == "tr" {
            let cells = row.children.filter { $0.name == "tc" }.map { cell in
                cell.children.map { Self.text($0) }.filter { !$0.isEmpty }.joined(separator: " ").asCell
            }
            text.add(cells.joined(separator: "\t"), .tableRow)
        }
    }

    /// The text of a paragraph or of anything around paragraphs.
    private static func text(_ node: XMLNode) -> String {
        switch node.name {
        case "t": return node.text
        case "tab": return "\t"
        case "br", "cr": return "\n"
        case "noBreakHyphen": return "-"
        // Properties, what was deleted, the codes of fields, and what stands in for newer elements.
        case "pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "del", "moveFrom", "instrText", "Fallback": return ""
        default: break
        }
        let text = node.children.map(Self.text).joined()
        return ["p", "tr", "tc"].contains(node.name) && !text.isEmpty ? text + "\n" : text
    }
}
