/// The pages of a PDF as poppler's `pdftohtml -xml` writes them: lines of text with their places and fonts, and the
/// outline.
///
/// It is read a line at a time and not as XML: poppler's tags are not always properly nested.
struct PDFPages {
    struct Font: Hashable {
        var size: Double
        var isBold: Bool
    }

    /// A piece of a line in one font. Lengths are poppler's points times 1.5.
    struct Piece: Equatable {
        var page: Int
        var top: Double
        var left: Double
        var width: Double
        var height: Double
        var font: Font
        var text: String

        var right: Double { left + width }
    }

    struct OutlineItem: Equatable {
        var title: String
        var page: Int
        /// From 1.
        var level: Int
    }

    private(set) var pieces: [Piece] = []
    private(set) var outline: [OutlineItem] = []
    private(set) var heights: [Int: Double] = [:]

    private var fonts: [Substring: (size: Double, isBold: Bool)] = [:]
    private var page = 0
    private var depth = 0

    init(_ bytes: [UInt8]) {
        var pending = ""
        for line in bytes.split(separator: 0x0A) {
            let line = String(decoding: line, as: UTF8.self)
            // A text that holds a line end goes on in the next line.
            if !pending.isEmpty || (line.hasPrefix("<text ") && !line.hasSuffix("</text>")) {
                pending += pending.isEmpty ? line : " " + line
                guard line.hasSuffix("</text>") || pending.utf8.count > 1 << 20 else { continue }
                add(pending)
                pending = ""
            } else {
                add(line)
            }
        }
    }

    private mutating func add(_ line: String) {
        // poppler writes "link to page 3" among its tags for each link within the file.
        let line = line.drop { $0 != "<" }
        if line.hasPrefix("<text ") {
            addPiece(line)
        } else if line.hasPrefix("<page ") {
            page = Self.attribute("number", of: line).flatMap { Int($0) }.map { min($0, 1 << 30) } ?? page + 1
            heights[page] = Self.number("height", of: line)
        } else if line.hasPrefix("<fontspec ") {
            guard let id = Self.attribute("id", of: line) else { return }
            let family = Self.attribute("family", of: line)?.lowercased() ?? ""
            let isBold = ["bold", "black", "heavy", "semibold", "cmbx"].contains { family.contains($0) }
            fonts[id] = (Self.number("size", of: line), isBold)
        } else if line.hasPrefix("<outline>") {
            depth += 1
        } else if line.hasPrefix("</outline>") {
            depth -= 1
        } else if line.hasPrefix("<item ") {
            let item = OutlineItem(
                title: Self.text(of: line).collapsed, page: Int(Self.number("page", of: line)), level: max(1, depth))
            if !item.title.isEmpty { outline.append(item) }
        }
    }

    private mutating func addPiece(_ line: Substring) {
        let text = Self.text(of: line)
        guard text.contains(where: { !$0.isWhitespace }), page > 0 else { return }
        let font = Self.attribute("font", of: line).flatMap { fonts[$0] }
        let content = line.drop { $0 != ">" }.dropFirst()
        // The whole of the piece, not a word within it.
        let isBold = content.hasPrefix("<b>") && content.hasSuffix("</b></text>") || content.hasPrefix("<i><b>")
        let height = Self.number("height", of: line)
        pieces.append(
            Piece(
                page: page, top: Self.number("top", of: line), left: Self.number("left", of: line),
                width: Self.number("width", of: line), height: height,
                font: Font(size: font?.size ?? height, isBold: isBold || font?.isBold == true), text: text))
    }

    private static func attribute(_ name: String, of line: Substring) -> Substring? {
        guard let start = line.firstRange(of: " \(name)=\"")?.upperBound else { return nil }
        let rest = line[start...]
        return rest.firstIndex(of: "\"").map { rest[..<$0] }
    }

    /// Zero for what is no number.
    private static func number(_ name: String, of line: Substring) -> Double {
        let value = attribute(name, of: line).flatMap { Double($0) } ?? 0
        return value.isFinite ? min(max(value, -1e6), 1e6) : 0
    }

    /// The text of an element without the tags in it.
    private static func text(of line: Substring) -> String {
        var text = ""
        var rest = line[...]
        while let place = rest.firstIndex(where: { $0 == "<" || $0 == "&" }) {
            text += rest[..<place]
            rest = rest[place...]
            if rest.first == "<" {
                rest = rest.firstIndex(of: ">").map { rest[rest.index(after: $0)...] } ?? ""
            } else if let end = rest.prefix(10).firstIndex(of: ";"), let scalar = scalar(named: rest[..<end]) {
                text.unicodeScalars.append(scalar)
                rest = rest[rest.index(after: end)...]
            } else {
                text += "&"
                rest = rest.dropFirst()
            }
        }
        return text + rest
    }

    private static func scalar(named reference: Substring) -> Unicode.Scalar? {
        switch reference {
        case "&amp": "&"
        case "&lt": "<"
        case "&gt": ">"
        case "&quot": "\""
        case "&apos": "'"
        default:
            reference.hasPrefix("&#x")
                ? UInt32(reference.dropFirst(3), radix: 16).flatMap(Unicode.Scalar.init)
                : reference.hasPrefix("&#") ? UInt32(reference.dropFirst(2)).flatMap(Unicode.Scalar.init) : nil
        }
    }
}
