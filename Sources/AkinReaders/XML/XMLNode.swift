/// An element of an XML document with all that is in it.
final class XMLNode {
    enum Content {
        case element(XMLNode)
        case text(String)
    }

    /// The name without its prefix: prefixes are each producer's own.
    let name: String
    private let attributes: [String: String]
    private(set) var contents: [Content] = []

    init(name: String, attributes: [String: String]) {
        self.name = String(name.withoutPrefix)
        self.attributes = attributes
    }

    var children: [XMLNode] { contents.compactMap { if case .element(let node) = $0 { node } else { nil } } }

    /// The first child of a name.
    func child(_ name: String) -> XMLNode? { children.first { $0.name == name } }

    /// The first element at a path of children's names.
    func descendant(_ names: String...) -> XMLNode? {
        names.reduce(Optional(self)) { node, name in node?.child(name) }
    }

    /// The value of an attribute by its name with the usual prefix, or by that without one.
    subscript(name: String) -> String? {
        if let value = attributes[name] { return value }
        let local = name.withoutPrefix
        return attributes.first { $0.key.withoutPrefix == local }?.value
    }

    /// All text below the element.
    var text: String {
        contents.reduce(into: "") { text, content in
            switch content {
            case .element(let node): text += node.text
            case .text(let part): text += part
            }
        }
    }

    func prepend(_ node: XMLNode) { contents.insert(.element(node), at: 0) }

    func append(_ node: XMLNode) { contents.append(.element(node)) }

    func append(_ text: String) {
        if case .text(var before)? = contents.last {
            // The parser gives a text in many pieces. The element lets go of what it has, so that no piece copies it.
            contents[contents.count - 1] = .text("")
            before += text
            contents[contents.count - 1] = .text(before)
        } else {
            contents.append(.text(text))
        }
    }
}

extension String {
    var withoutPrefix: Substring {
        utf8.firstIndex(of: UInt8(ascii: ":")).map { self[index(after: $0)...] } ?? self[...]
    }
}
