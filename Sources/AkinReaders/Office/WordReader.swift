import AkinCore
import AkinText
import Foundation

/// docx: paragraphs by their styles with the numbers of their lists, tables by rows, notes and comments at the end.
struct WordReader {
    private static let markup = [".html", ".htm", ".xhtml"]
    private static let extensions = [".xml", ".rels"]

    /// - Parameter guesses: gets the character sets that parts without one were taken for.
    func read(_ file: FileToRead, _ budget: UnpackingBudget, guesses: inout Set<String>) throws -> TextRecord {
        let parts = try PackageParts(file, budget) { name in
            name.hasPrefix("word/") && Self.extensions.contains { name.hasSuffix($0) } || name.hasPrefix("_rels/")
                || name == "docProps/core.xml" || Self.markup.contains { name.hasSuffix($0) }
        }
        let main = try parts.relations(of: "").values.first { $0.type == "officeDocument" }?.target
        let name = main ?? "word/document.xml"
        let related = try parts.relations(of: name)
        func part(_ type: String) -> Data? { related.values.first { $0.type == type }.flatMap { parts[$0.target] } }

        let styles = try WordStyles(part("styles"))
        var numbering = try WordNumbering(part("numbering"))
        var text = DocumentText()
        var title: String?
        try XMLStream.read(parts.required(name), as: name, elements: ["p", "tbl", "sectPr", "altChunk"]) { node, _ in
            if node.name == "altChunk" {
                // A part that another program has written.
                guard let target = node["r:id"].flatMap({ related[$0]?.target }), let data = parts[target],
                    Self.markup.contains(where: target.hasSuffix),
                    let record = try MarkupPart.record(of: data, name: target, .html, guesses: &guesses)
                else { return }
                return text.add(record)
            }
            numbering.number(node, styles)
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
        if let comments = part("comments") {
            try XMLStream.read(comments, as: "comments", elements: ["comment"]) { comment, _ in
                text.enter("", level: 1)
                text.add(comment.children.map(Self.text).joined(separator: "\n"), .quote)
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
            let cells = row.children.filter { $0.name == "tc" }.flatMap { cell in
                let text = cell.children.map { Self.text($0) }.filter { !$0.isEmpty }.joined(separator: " ").asCell
                // A cell over several columns leaves those after it in their place.
                let span = cell.descendant("tcPr", "gridSpan")?["w:val"].flatMap { Int($0) } ?? 1
                return [text] + Array(repeating: "", count: max(0, min(span, 64) - 1))
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
