import AkinText
import Foundation

/// odt, odp and ods, and odt's flat form: headings by their levels, lists, tables, slides and sheets by name, notes and
/// comments at the end.
struct OpenDocumentReader {
    private var text = DocumentText()
    private var parents: [String: String] = [:]
    private var notes: [String] = []
    private var comments: [String] = []
    private var title: String?
    private var sheet: SheetRows?

    static func read(_ file: FileToRead, _ budget: UnpackingBudget) throws -> TextRecord {
        var reader = OpenDocumentReader()
        if file.path.lowercased().hasSuffix(".fodt") {
            try reader.read(Data(contentsOf: URL(filePath: file.path), options: .alwaysMapped), as: "the file")
        } else {
            let wanted: Set = ["content.xml", "meta.xml", "META-INF/manifest.xml"]
            let parts = try PackageParts(file, budget) { wanted.contains($0) }
            if let manifest = parts["META-INF/manifest.xml"],
                manifest.firstRange(of: Data("manifest:encryption-data".utf8)) != nil
            {
                throw FileRefusal("is encrypted; save it without a password")
            }
            if let meta = parts["meta.xml"] {
                reader.title = try XMLStream.root(of: meta, as: "meta.xml").descendant("meta", "title")?.text
            }
            try reader.read(parts.required("content.xml"), as: "content.xml")
        }
        return try reader.text.requiredRecord(file, title: reader.title, otherwise: "holds no text")
    }

    private mutating func read(_ data: Data, as name: String) throws {
        // The rows of a spreadsheet come one at a time, because there may be millions.
        let isSheet = data.prefix(1 << 20).firstRange(of: Data("<office:spreadsheet".utf8)) != nil
        let body: Set = isSheet ? ["table-row"] : ["h", "p", "list", "table", "page"]
        try XMLStream.read(data, as: name, elements: body.union(["style", "meta"])) { node, path in
            guard !path.contains(where: { $0.name == "tracked-changes" }) else { return }
            switch node.name {
            case "style":
                if let name = node["style:name"], let parent = node["style:parent-style-name"] {
                    parents[name] = parent
                }
            case "meta": title = node.child("title")?.text ?? title
            case "table-row":
                if let table = path.last(where: { $0.name == "table" }) { addRow(node, of: table["table:name"] ?? "") }
            default:
                guard path.contains(where: { $0.name == "body" }) else { return }
                addBlock(node)
            }
        }
        text.enter("", level: 1)
        for note in notes { text.add(note) }
        for comment in comments { text.add(comment, .quote) }
    }

    private mutating func addBlock(_ node: XMLNode, kind: TextBlock.Kind? = nil) {
        switch node.name {
        case "h":
            text.addHeading(content(node), level: node["text:outline-level"].flatMap { Int($0) } ?? 1)
        case "p": addParagraph(node, kind: kind)
        case "list": for item in node.children { for child in item.children { addBlock(child, kind: .listItem) } }
        case "table":
            for row in Self.rows(of: node) {
                let cells = row.children.filter { $0.name.hasSuffix("cell") }.map { cell in
                    cell.children.map { content($0) }.joined(separator: " ").asCell
                }
                text.add(cells.joined(separator: "\t"), .tableRow)
            }
        case "page": addSlide(node)
        case "section", "text-box", "frame", "custom-shape", "g", "index-body":
            for child in node.children { addBlock(child, kind: kind) }
        default: break
        }
    }

    private mutating func addParagraph(_ node: XMLNode, kind: TextBlock.Kind?) {
        var name = node["text:style-name"] ?? ""
        for _ in 0..<20 where parents[name] != nil { name = parents[name] ?? "" }
        let content = content(node)
        switch name.replacing("_20_", with: " ") {
        case "Title":
            title = title ?? content
            text.addHeading(content, level: 0)
        case "Preformatted Text", "Source Code": text.addCodeLine(content)
        case let name where name.hasPrefix("Quotation"): text.add(content, .quote)
        case let name where name.hasPrefix("Heading "):
            text.addHeading(content, level: Int(name.dropFirst(8).prefix { $0.isNumber }) ?? 1)
        default: text.add(content, kind ?? .paragraph)
        }
    }

    private mutating func addSlide(_ page: XMLNode) {
        text.page = (text.page ?? 0) + 1
        let shapes = page.children.filter { $0.name != "notes" && !Self.isFurniture($0) }
        let titled = shapes.first { $0["presentation:class"] == "title" }
        let heading = titled.map { content($0).collapsed } ?? ""
        if heading.isEmpty {
            text.enter(page["draw:name"] ?? "", level: 1)
        } else {
            text.addHeading(heading.replacing("\n", with: " "), level: 1)
        }
        for shape in shapes where shape !== titled { addBlock(shape) }
        if let notes = page.child("notes") {
            for child in notes.children where !Self.isFurniture(child) { addBlock(child) }
        }
    }

    /// Whether a shape is on every slide: dates, feet and numbers.
    private static func isFurniture(_ shape: XMLNode) -> Bool {
        ["page-number", "date-time", "header", "footer"].contains(shape["presentation:class"] ?? "")
    }

    private mutating func addRow(_ row: XMLNode, of table: String) {
        if sheet?.name != table { sheet = SheetRows(name: table) }
        var cells: [String] = []
        for cell in row.children where cell.name.hasSuffix("table-cell") {
            let value = cell.children.filter { $0.name == "p" }.map { content($0) }.joined(separator: " ")
            // Empty cells are repeated to the sheet's edge.
            let count = cell["table:number-columns-repeated"].flatMap { Int($0) } ?? 1
            for _ in 0..<max(1, min(count, value.isEmpty ? 1024 : 256)) where cells.count < SheetRows.maximumCells {
                cells.append(value)
            }
        }
        // Empty rows are repeated to the sheet's edge too.
        guard cells.contains(where: { !$0.isEmpty }) else { return }
        let count = row["table:number-rows-repeated"].flatMap { Int($0) } ?? 1
        for _ in 0..<max(1, min(count, 1000)) { sheet?.add(cells, to: &text) }
    }

    private static func rows(of node: XMLNode) -> [XMLNode] {
        node.children.flatMap { child in
            switch child.name {
            case "table-row": [child]
            case "table-header-rows", "table-rows", "table-row-group": rows(of: child)
            default: [XMLNode]()
            }
        }
    }

    /// The text of an element; the bodies of notes are put aside.
    private mutating func content(_ node: XMLNode) -> String {
        var result = ""
        for content in node.contents {
            switch content {
            case .text(let part): result += part.replacing("\n", with: " ")
            case .element(let child):
                switch child.name {
                case "s":
                    result += String(
                        repeating: " ", count: child["text:c"].flatMap { Int($0) }.map { max(0, min($0, 200)) } ?? 1)
                case "tab": result += "\t"
                case "line-break": result += "\n"
                case "note":
                    if let body = child.child("note-body") { notes.append(self.content(body)) }
                case "annotation":
                    let paragraphs = child.children.filter { $0.name == "p" || $0.name == "list" }
                    comments.append(paragraphs.map { self.content($0) }.joined(separator: "\n"))
                case "annotation-end", "tracked-changes", "forms", "desc", "title": break
                case "p", "h": result += (result.isEmpty ? "" : "\n") + self.content(child)
                case "table-cell": result += (result.isEmpty ? "" : " ") + self.content(child)
                case "table-row": result += (result.isEmpty ? "" : "\n") + self.content(child)
                default: result += self.content(child)
                }
            }
        }
        return result
    }
}
