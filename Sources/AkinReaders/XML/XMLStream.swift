import AkinText
import Foundation

#if canImport(FoundationXML)
import FoundationXML
#endif

/// Reads an XML document and hands out its elements of given names, each whole and one at a time, so that a large
/// document is never held as a tree. Entities that lead outside are not followed, and depth is limited.
final class XMLStream: NSObject, XMLParserDelegate {
    private static let maximumDepth = 200

    /// Nil hands out the whole document.
    private let names: Set<String>?
    private let body: (XMLNode, [XMLNode]) throws -> Void
    private var open: [XMLNode] = []
    /// The elements that are open and not kept, without their contents.
    private var path: [XMLNode] = []
    private var failure: (any Error)?

    private init(_ names: Set<String>?, _ body: @escaping (XMLNode, [XMLNode]) throws -> Void) {
        self.names = names
        self.body = body
    }

    /// - Parameters:
    ///   - names: elements to hand out; those within another of them come with it.
    ///   - body: gets an element and those around it without their contents, the outermost first.
    /// - Throws: `FileRefusal` for what is not well-formed, with `name`; what `body` throws.
    static func read(
        _ data: Data, as name: String, elements names: Set<String>, _ body: (XMLNode, [XMLNode]) throws -> Void
    ) throws {
        try withoutActuallyEscaping(body) { body in
            try XMLStream(names, body).parse(data, as: name)
        }
    }

    /// The whole document as one element.
    static func root(of data: Data, as name: String) throws -> XMLNode {
        var root: XMLNode?
        let stream = XMLStream(nil) { node, _ in root = node }
        try stream.parse(data, as: name)
        guard let root else { throw FileRefusal("is damaged: \(name) is an empty XML document") }
        return root
    }

    private func parse(_ data: Data, as name: String) throws {
        guard !Self.definesEntities(data) else {
            throw FileRefusal("defines entities of its own in \(name), which are not read; write them out")
        }
        // Given as a whole, a document of more than 10 MB is taken for damaged.
        let parser = XMLParser(stream: InputStream(data: Self.repaired(data)))
        parser.shouldResolveExternalEntities = false
        parser.delegate = self
        let isWhole = parser.parse()
        parser.delegate = nil
        if let failure { throw failure }
        // Some versions of the parser take a document's sudden end for its end.
        guard isWhole, open.isEmpty, path.isEmpty else {
            throw FileRefusal("is damaged: \(name) is not well-formed XML at its line \(parser.lineNumber)")
        }
    }

    /// Whether entities are defined before the first element. The parser leaves out the text that they stand for, and
    /// takes long to do so where one stands for many others.
    private static func definesEntities(_ data: Data) -> Bool {
        var place = data.startIndex
        while let mark = data[place...].firstIndex(of: UInt8(ascii: "<")), mark + 1 < data.endIndex {
            guard data[mark + 1] == UInt8(ascii: "!") || data[mark + 1] == UInt8(ascii: "?") else { return false }
            if data[mark...].starts(with: Array("<!ENTITY".utf8)) { return true }
            place = mark + 1
        }
        return false
    }

    /// Encodings that the parser turns into UTF-8 itself, in lower case.
    private static let otherEncodings = [
        "utf-16", "iso-8859-", "windows-125", "us-ascii", "shift_jis", "euc-jp", "iso-2022-jp", "gb18030", "gbk",
        "gb2312", "big5", "koi8-",
    ]

    /// Bytes that are not UTF-8 become U+FFFD, unless the document declares another encoding: FoundationXML traps on
    /// them in names, also where the declaration is broken.
    private static func repaired(_ data: Data) -> Data {
        guard !data.starts(with: [0xFF, 0xFE]), !data.starts(with: [0xFE, 0xFF]) else { return data }
        let head = String(decoding: data.prefix(200), as: UTF8.self).lowercased()
        let declaration = head.hasPrefix("<?xml") ? head.firstRange(of: "?>").map { head[..<$0.lowerBound] } : nil
        if let value = declaration.flatMap({ line in line.firstRange(of: "encoding=").map { line[$0.upperBound...] } }),
            let quote = value.first, quote == "\"" || quote == "'", value.dropFirst().contains(quote),
            otherEncodings.contains(where: value.dropFirst().hasPrefix)
        {
            return data
        }
        return Data(String(decoding: data, as: UTF8.self).utf8)
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
        qualifiedName qName: String?, attributes attributeDict: [String: String]
    ) {
        guard open.count + path.count < Self.maximumDepth else {
            failure = FileRefusal("is nested deeper than any document")
            return parser.abortParsing()
        }
        let name = String(elementName.withoutPrefix)
        let node = XMLNode(name: elementName, attributes: attributeDict)
        if open.isEmpty, names?.contains(name) == false { path.append(node) } else { open.append(node) }
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName qName: String?
    ) {
        guard failure == nil else { return }
        guard let node = open.popLast() else {
            _ = path.popLast()
            return
        }
        if let outer = open.last { return outer.append(node) }
        do {
            try body(node, path)
        } catch {
            failure = error
            parser.abortParsing()
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { open.last?.append(string) }

    func parser(_ parser: XMLParser, foundCDATA CDATABlock: Data) {
        open.last?.append(String(decoding: CDATABlock, as: UTF8.self))
    }
}
