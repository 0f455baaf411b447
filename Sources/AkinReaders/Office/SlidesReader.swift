import AkinText
import Foundation

/// pptx: slides in their order, each under its title, tables by rows, and the speaker's notes.
struct SlidesReader {
    static func read(_ file: FileToRead, _ budget: UnpackingBudget) throws -> TextRecord {
        let parts = try PackageParts(file, budget) { name in
            name.hasPrefix("ppt/") && (name.hasSuffix(".xml") || name.hasSuffix(".rels"))
                && !name.hasPrefix("ppt/theme") || name == "docProps/core.xml" || name == "_rels/.rels"
        }
        let main =
            try parts.relations(of: "").values.first { $0.type == "officeDocument" }?.target ?? "ppt/presentation.xml"
        let related = try parts.relations(of: main)
        let list = try XMLStream.root(of: parts.required(main), as: main).child("sldIdLst")
        var text = DocumentText()
        var title: String?
        for (place, slide) in (list?.children ?? []).enumerated() {
            guard let id = slide["r:id"], let target = related[id]?.target, let data = parts[target] else { continue }
            text.page = place + 1
            let shapes = try shapes(in: XMLStream.root(of: data, as: target))
            let heading = shapes.first {
                Self.placeholder($0).map { $0.hasSuffix("itle") && $0 != "subTitle" } ?? false
            }
            let name = heading.map { Self.paragraphs($0).map(\.text).joined(separator: " ") }?.collapsed ?? ""
            if name.isEmpty {
                text.enter("Slide \(place + 1)", level: 1)
            } else {
                text.addHeading(name, level: 1)
                if place == 0 { title = name }
            }
            let own = try parts.relations(of: target)
            for shape in shapes where shape !== heading {
                add(shape, to: &text)
                try SlideGraphics.add(shape, of: own, parts, to: &text)
            }
            for (notes, type) in own.values where type == "notesSlide" {
                guard let data = parts[notes] else { continue }
                for shape in try self.shapes(in: XMLStream.root(of: data, as: notes))
                where Self.placeholder(shape) == "body" {
                    for paragraph in Self.paragraphs(shape) { text.add(paragraph.text) }
                }
            }
        }
        return try text.requiredRecord(file, title: parts.title() ?? title, otherwise: "holds no text")
    }

    /// The shapes of a slide, those in groups too.
    private static func shapes(in slide: XMLNode) -> [XMLNode] {
        func flat(_ node: XMLNode) -> [XMLNode] {
            node.children.flatMap { child -> [XMLNode] in
                switch child.name {
                case "sp", "graphicFrame": [child]
                case "grpSp": flat(child)
                case "AlternateContent": child.child("Choice").map(flat) ?? []
                default: []
                }
            }
        }
        return slide.descendant("cSld", "spTree").map(flat) ?? []
    }

    /// What a shape is a place for; nil for one that is drawn freely.
    private static func placeholder(_ shape: XMLNode) -> String? {
        (shape.descendant("nvSpPr", "nvPr", "ph") ?? shape.descendant("nvGraphicFramePr", "nvPr", "ph"))
            .map { $0["type"] ?? "content" }
    }

    private static func add(_ shape: XMLNode, to text: inout DocumentText) {
        if let table = shape.descendant("graphic", "graphicData", "tbl") {
            for row in table.children where row.name == "tr" {
                let cells = row.children.filter { $0.name == "tc" }.map { cell in
                    Self.paragraphs(cell).map(\.text).joined(separator: " ").replacing("\t", with: " ")
                }
                text.add(cells.joined(separator: "\t"), .tableRow)
            }
            return
        }
        let kind = placeholder(shape)
        // Dates, feet and numbers are on every slide.
        guard kind.map({ !["dt", "ftr", "sldNum", "hdr"].contains($0) }) ?? true else { return }
        let isList = kind == "body" || kind == "content"
        let paragraphs = Self.paragraphs(shape)
        for paragraph in paragraphs {
            text.add(paragraph.text, isList && !paragraph.isPlain && paragraphs.count > 1 ? .listItem : .paragraph)
        }
    }

    private static func paragraphs(_ shape: XMLNode) -> [(text: String, isPlain: Bool)] {
        (shape.child("txBody")?.children ?? []).filter { $0.name == "p" }.map { paragraph in
            let text = paragraph.children.map { child in
                switch child.name {
                case "r", "fld": child.child("t")?.text ?? ""
                case "br": "\n"
                default: ""
                }
            }.joined()
            return (text.collapsed, paragraph.child("pPr")?.child("buNone") != nil)
        }
    }
}
