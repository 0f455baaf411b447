import Foundation

/// What the styles of a docx mean: headings and their levels, lists, code, quotations.
struct WordStyles {
    enum Meaning: Equatable {
        case title
        /// The level from 1.
        case heading(Int)
        case list, code, quote, plain
    }

    private struct Style {
        var name: String
        var base: String?
        var level: Int?
        /// The list that paragraphs of the style belong to, and the level in it.
        var list: (id: String?, level: Int?)
    }

    /// Where a paragraph stands in lists.
    struct ListPlace {
        var list: String
        /// From 0.
        var level: Int?
        /// The style that says so; nil where the paragraph itself does.
        var style: String?
    }

    private var styles: [String: Style] = [:]

    init(_ data: Data?) throws {
        guard let data else { return }
        try XMLStream.read(data, as: "word/styles.xml", elements: ["style"]) { node, _ in
            guard let id = node["w:styleId"], node["w:type"] == "paragraph" else { return }
            let properties = node.child("pPr")
            styles[id] = Style(
                name: node.child("name")?["w:val"]?.lowercased() ?? "", base: node.child("basedOn")?["w:val"],
                level: properties?.child("outlineLvl")?["w:val"].flatMap { Int($0) },
                list: Self.list(properties))
        }
    }

    private static func list(_ properties: XMLNode?) -> (id: String?, level: Int?) {
        let list = properties?.child("numPr")
        return (list?.child("numId")?["w:val"], list?.child("ilvl")?["w:val"].flatMap { Int($0) })
    }

    /// The list of a paragraph by its properties, its own or those of its style; nil where it is in none.
    func listPlace(_ properties: XMLNode?) -> ListPlace? {
        let own = Self.list(properties)
        // List 0 takes a paragraph out of its style's.
        if let id = own.id { return id == "0" ? nil : ListPlace(list: id, level: own.level ?? 0) }
        var id = properties?.child("pStyle")?["w:val"]
        for _ in 0..<20 {
            guard let name = id, let style = styles[name] else { return nil }
            if let list = style.list.id {
                return list == "0" ? nil : ListPlace(list: list, level: own.level ?? style.list.level, style: name)
            }
            id = style.base
        }
        return nil
    }

    /// What a paragraph is by its properties.
    func meaning(_ properties: XMLNode?) -> Meaning {
        let own = properties?.child("outlineLvl")?["w:val"].flatMap { Int($0) }
        var id = properties?.child("pStyle")?["w:val"]
        var meaning = Meaning.plain
        // A style may be based on itself in a damaged file.
        for _ in 0..<20 {
            guard let name = id, let style = styles[name] ?? Self.unlisted(name) else { break }
            if let named = Self.named(style) {
                meaning = named
                break
            }
            id = style.base
        }
        if let own, own < 9 { return .heading(own + 1) }
        if meaning == .plain, listPlace(properties) != nil { return .list }
        return meaning
    }

    /// A style that the document uses and does not describe.
    private static func unlisted(_ id: String) -> Style? {
        Style(name: id.lowercased(), base: nil, level: nil, list: (nil, nil))
    }

    private static func named(_ style: Style) -> Meaning? {
        let name = style.name.filter { $0 != " " && $0 != "-" }
        if let level = style.level, level < 9 { return .heading(level + 1) }
        if name.hasPrefix("heading"), let level = Int(name.dropFirst(7)), (1...9).contains(level) {
            return .heading(level)
        }
        if name == "title" { return .title }
        if name.hasPrefix("list") { return .list }
        if name.contains("sourcecode") || name.contains("preformatted") || name == "code" { return .code }
        if name.contains("quote") || name == "blocktext" { return .quote }
        return nil
    }
}
