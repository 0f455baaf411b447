/// One pass over a page. O(n): what was searched for and not found is not searched for again.
struct HTMLScanner {
    let bytes: [UInt8]
    /// Whether `/>` ends an element and CDATA is text, as XML has it.
    let isXHTML: Bool
    var content = HTMLContent()
    /// The bytes of the first title, references resolved.
    var title: [UInt8] = []
    var index = 0
    /// What does not occur in the rest of the page: closing tags, by their element, and ends of other marks.
    var missing: Set<String> = []
    /// Elements that were opened more often than closed.
    var unbalanced: Set<String> = []
    /// Formulas are XML within HTML.
    private var formulaDepth = 0
    /// Set when a quote in a tag swallows the rest of the page; quotes are ordinary from then on.
    private var ignoresQuotes = false

    /// Whether `nav` is left out.
    private let skipsNavigation: Bool

    init(bytes: [UInt8], isXHTML: Bool, skipsNavigation: Bool) {
        (self.bytes, self.isXHTML, self.skipsNavigation) = (bytes, isXHTML, skipsNavigation)
    }

    mutating func run() {
        while index < bytes.count {
            content.position = index
            switch bytes[index] {
            case UInt8(ascii: "<"): passTag()
            case UInt8(ascii: "&"):
                content.append(HTMLEntities.resolve(bytes, at: &index))
            default:
                content.append(bytes[index])
                index += 1
            }
        }
        content.end()
    }

    private mutating func passTag() {
        guard index + 1 < bytes.count else { return passCharacter() }
        let next = bytes[index + 1]
        if next == UInt8(ascii: "!") || next == UInt8(ascii: "?") { return passDeclaration() }
        if holds("</>", at: index) {
            index += 3
            return
        }
        let isClosing = next == UInt8(ascii: "/")
        var end = index + (isClosing ? 2 : 1)
        let nameStart = end
        while end < bytes.count, bytes[end].isASCIILetterOrDigit || bytes[end] == UInt8(ascii: "-") { end += 1 }
        // A `<` that opens no tag is text.
        guard end > nameStart, bytes[nameStart].isASCIILetter, let close = tagEnd(from: end) else {
            return passCharacter()
        }
        let name = String(decoding: bytes[nameStart..<end].prefix(16).map { $0.asciiLowerCased }, as: UTF8.self)
        let isSelfClosing = !isClosing && bytes[close - 1] == UInt8(ascii: "/")
        index = close + 1
        if !isClosing, let kind = ElementContent(of: name, skipsNavigation: skipsNavigation) {
            if !isEmpty(name, isSelfClosing: isSelfClosing) { passElement(name, kind) }
        } else {
            let opensNothing = isSelfClosing && (isXHTML || name == "math")
            if name == "math", !opensNothing { formulaDepth = max(0, formulaDepth + (isClosing ? -1 : 1)) }
            if isClosing {
                content.close(name)
            } else {
                content.open(name, close > end ? HTMLAttributes(bytes[end..<close]) : HTMLAttributes())
                if opensNothing, !HTMLElement.void.contains(name) { content.close(name) }
            }
        }
    }

    /// Takes a character that means nothing here.
    private mutating func passCharacter() {
        content.append(bytes[index])
        index += 1
    }

    /// The `>` of the tag whose name ends at `begin`, quotes respected; nil when the page has none.
    private mutating func tagEnd(from begin: Int) -> Int? {
        var quote: UInt8?
        var previous: UInt8 = 0
        if !ignoresQuotes {
            for position in begin..<bytes.count {
                let byte = bytes[position]
                if let open = quote {
                    if byte == open { quote = nil }
                } else if byte == UInt8(ascii: ">") {
                    return position
                } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), previous == UInt8(ascii: "=") {
                    quote = byte
                }
                if !byte.isHTMLSpace { previous = byte }
            }
            ignoresQuotes = true
        }
        return first(">", from: begin)
    }

    /// Comments, doctypes, processing instructions and CDATA.
    private mutating func passDeclaration() {
        if holds("<!--", at: index) {
            index = commentEnd(at: index) ?? bytes.count
        } else if isXHTML || formulaDepth > 0, holds("<![CDATA[", at: index) {
            for byte in characterData() { content.append(byte) }
        } else if isXHTML, holds("<?", at: index), let end = first("?>", from: index) {
            index = end + 2
        } else {
            let end = first(">", from: index) ?? bytes.count - 1
            // A document type may contain declarations.
            if let subset = bytes[index..<end].firstIndex(of: UInt8(ascii: "[")), isDoctype(at: index),
                let inner = first("]>", from: subset)
            {
                index = inner + 2
            } else {
                index = end + 1
            }
        }
    }

    private func isDoctype(at position: Int) -> Bool {
        bytes[position...].prefix(9).map(\.asciiLowerCased).elementsEqual("<!doctype".utf8)
    }

    /// The contents of the CDATA section at `index`, which is moved behind it.
    mutating func characterData() -> ArraySlice<UInt8> {
        let begin = index + 9
        let end = first("]]>", from: begin) ?? bytes.count
        index = min(end + 3, bytes.count)
        return bytes[begin..<end]
    }
}
