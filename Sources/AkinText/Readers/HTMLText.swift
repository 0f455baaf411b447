/// The visible text of an HTML page, by a scanner that takes any bytes: no tree, no failure.
///
/// Tags go, blocks begin on new lines, white space is joined outside `<pre>`, character references are resolved. Left out with all they
/// hold: scripts, styles, templates, drawings and navigation.
enum HTMLText {
    static func fill(_ record: inout TextRecord, bytes: [UInt8]) {
        var scanner = HTMLScanner(bytes: bytes)
        scanner.run()
        record.text = String(decoding: scanner.output.bytes, as: UTF8.self)
        let title = String(decoding: scanner.title.bytes, as: UTF8.self)
        record.title = title.isEmpty ? nil : title
    }
}

/// Text as it is put together: runs of white space become one blank, blocks are set apart by line breaks.
struct HTMLOutput {
    private(set) var bytes: [UInt8] = []
    private var pendingBreaks = 0
    private var pendingSpace = false

    mutating func append(_ byte: UInt8, preformatted: Bool = false) {
        let isSpace = byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
        if isSpace, !preformatted {
            pendingSpace = true
            return
        }
        if isSpace, bytes.isEmpty || pendingBreaks > 0 {
            if byte == 0x0A { return }
        }
        flush()
        bytes.append(byte)
    }

    mutating func append(_ text: String) {
        for byte in text.utf8 { append(byte) }
    }

    /// Ends the line; with two, leaves a blank line.
    mutating func breakLine(_ count: Int) { pendingBreaks = max(pendingBreaks, count) }

    private mutating func flush() {
        if !bytes.isEmpty {
            if pendingBreaks > 0 {
                while bytes.last == 0x20 || bytes.last == 0x0A { bytes.removeLast() }
                bytes.append(contentsOf: repeatElement(0x0A, count: pendingBreaks))
            } else if pendingSpace {
                bytes.append(0x20)
            }
        }
        pendingBreaks = 0
        pendingSpace = false
    }
}

/// One pass over a page. O(n): what is looked for and not found is not looked for again.
private struct HTMLScanner {
    let bytes: [UInt8]
    var output = HTMLOutput()
    var title = HTMLOutput()
    private var index = 0
    private var preformattedDepth = 0
    /// Elements whose closing tag does not occur in the rest of the page.
    private var neverClosed: Set<String> = []
    /// Set when a quote in a tag swallows the rest of the page; quotes are ordinary from then on.
    private var ignoresQuotes = false

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Elements left out with their contents.
    private static let hidden: Set<String> = ["script", "style", "template", "noscript", "svg", "nav", "iframe", "object", "canvas"]
    /// Elements that stand apart by a blank line.
    private static let paragraphs: Set<String> = [
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "section", "article", "header",
        "footer", "main",
        "aside", "figure", "form", "fieldset", "hr", "address", "details",
    ]
    /// Elements that begin on a new line.
    private static let lines: Set<String> = [
        "br", "div", "li", "dt", "dd", "tr", "caption", "thead", "tbody", "tfoot", "figcaption", "option", "select", "summary", "body",
        "head", "html",
    ]
    /// Elements that are parts of a line, set apart by a blank.
    private static let cells: Set<String> = ["td", "th", "button", "input", "img", "label"]

    mutating func run() {
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "<"): passTag()
            case UInt8(ascii: "&"): output.append(HTMLEntities.resolve(bytes, at: &index))
            default:
                output.append(bytes[index], preformatted: preformattedDepth > 0)
                index += 1
            }
        }
    }

    private mutating func passTag() {
        guard index + 1 < bytes.count else {
            output.append(bytes[index])
            index += 1
            return
        }
        let next = bytes[index + 1]
        if next == UInt8(ascii: "!") || next == UInt8(ascii: "?") {
            passDeclaration()
            return
        }
        let isClosing = next == UInt8(ascii: "/")
        var end = index + (isClosing ? 2 : 1)
        let nameStart = end
        while end < bytes.count, bytes[end].isASCIILetterOrDigit || bytes[end] == UInt8(ascii: "-") { end += 1 }
        guard end > nameStart, bytes[nameStart].isASCIILetter, let close = tagEnd(from: end) else {
            // A `<` that opens no tag is text.
            output.append(bytes[index])
            index += 1
            return
        }
        let name = String(decoding: bytes[nameStart..<end].prefix(16).map { $0.asciiLowerCased }, as: UTF8.self)
        index = close + 1
        if !isClosing, Self.hidden.contains(name) || name == "title" || name == "textarea" {
            passElement(name)
        } else {
            applyBreaks(name, isClosing: isClosing)
        }
    }

    private mutating func applyBreaks(_ name: String, isClosing: Bool) {
        if name == "pre" { preformattedDepth = max(0, preformattedDepth + (isClosing ? -1 : 1)) }
        if Self.paragraphs.contains(name) {
            output.breakLine(2)
        } else if Self.lines.contains(name) {
            output.breakLine(1)
        } else if Self.cells.contains(name) {
            output.append(0x20)
        }
    }

    /// Goes over an element whose contents are not page text; `index` is behind its opening tag.
    private mutating func passElement(_ name: String) {
        guard let range = closingTag(of: name) else {
            // Scripts and styles run to the end, as in a browser; of other elements only the tag is lost.
            if name == "script" || name == "style" { index = bytes.count }
            return
        }
        if name == "title" {
            if title.bytes.isEmpty {
                while index < range.lowerBound {
                    if bytes[index] == UInt8(ascii: "&") {
                        title.append(HTMLEntities.resolve(bytes, at: &index))
                    } else {
                        title.append(bytes[index])
                        index += 1
                    }
                }
            }
        }
        if Self.hidden.contains(name) || name == "title" { output.append(0x20) }
        index = name == "textarea" ? index : range.upperBound
    }

    /// The closing tag of an element from `index` on, through its `>`.
    private mutating func closingTag(of name: String) -> Range<Int>? {
        guard !neverClosed.contains(name) else { return nil }
        let wanted = Array(name.utf8)
        var search = index
        while let open = bytes[search...].firstIndex(of: UInt8(ascii: "<")) {
            let begin = open + 2
            if begin + wanted.count <= bytes.count, bytes[open + 1] == UInt8(ascii: "/"),
                zip(bytes[begin..<begin + wanted.count], wanted).allSatisfy({ $0.asciiLowerCased == $1 }),
                begin + wanted.count == bytes.count || !bytes[begin + wanted.count].isASCIILetterOrDigit
            {
                let close = bytes[begin...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1
                return open..<close + 1
            }
            search = open + 1
        }
        neverClosed.insert(name)
        return nil
    }

    /// The `>` of the tag whose name ends at `begin`, quotes respected; nil when the page has none.
    private mutating func tagEnd(from begin: Int) -> Int? {
        var quote: UInt8?
        if !ignoresQuotes {
            for position in begin..<bytes.count {
                let byte = bytes[position]
                if let open = quote {
                    if byte == open { quote = nil }
                } else if byte == UInt8(ascii: ">") {
                    return position
                } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), bytes[position - 1] == UInt8(ascii: "=") {
                    quote = byte
                }
            }
            ignoresQuotes = true
        }
        guard !neverClosed.contains(">") else { return nil }
        let end = bytes[begin...].firstIndex(of: UInt8(ascii: ">"))
        if end == nil { neverClosed.insert(">") }
        return end
    }

    /// Comments, doctypes, processing instructions and CDATA marks.
    private mutating func passDeclaration() {
        if bytes[index...].starts(with: Array("<!--".utf8)) {
            var search = index + 4
            while let end = bytes[search...].firstIndex(of: UInt8(ascii: ">")) {
                if bytes[end - 1] == UInt8(ascii: "-"), bytes[end - 2] == UInt8(ascii: "-") {
                    index = end + 1
                    return
                }
                search = end + 1
            }
            index = bytes.count
        } else {
            index = (bytes[index...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1) + 1
        }
    }
}

extension UInt8 {
    fileprivate var asciiLowerCased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
    var isASCIILetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
    var isASCIILetterOrDigit: Bool { isASCIILetter || (self >= 0x30 && self <= 0x39) }
}
