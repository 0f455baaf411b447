/// How the contents of an element are read that are not read like the page around them.
enum ElementContent {
    /// Left out; tags within it count.
    case hidden
    /// Left out up to the first closing tag.
    case hiddenText
    /// Text without tags, with character references: titles and input fields.
    case references
    /// Text without tags and references.
    case raw
    /// As `raw`, and never closed.
    case endless

    /// - Parameter skipsNavigation: Whether navigation is left out.
    init?(of name: String, skipsNavigation: Bool) {
        switch name {
        case "nav":
            guard skipsNavigation else { return nil }
            self = .hidden
        case "template", "svg", "object", "canvas": self = .hidden
        case "script", "style", "noscript", "iframe": self = .hiddenText
        case "title", "textarea": self = .references
        case "xmp": self = .raw
        case "plaintext": self = .endless
        default: return nil
        }
    }
}

extension HTMLScanner {
    /// A tag of the element that is searched for.
    private struct Tag {
        /// From its `<` through its `>`.
        let range: Range<Int>
        let isClosing: Bool
        let isSelfClosing: Bool
    }

    /// Whether an element ends with its opening tag.
    ///
    /// HTML knows `/>` only in drawings, and takes the whole page after `<script/>` for script. It is better to read
    /// the page as its author meant it than to find no text. So `/>` counts where the element's next tag is not its
    /// closing one.
    mutating func isEmpty(_ name: String, isSelfClosing: Bool) -> Bool {
        guard isSelfClosing else { return false }
        if isXHTML || name == "svg" { return true }
        guard !missing.contains(name) else { return true }
        guard let next = nextTag(of: name, from: index, skippingComments: false) else {
            missing.insert(name)
            return true
        }
        return !next.isClosing
    }

    /// Reads past an element whose contents are not read as the page; `index` is behind its opening tag.
    mutating func passElement(_ name: String, _ kind: ElementContent) {
        if case .endless = kind {
            content.open(name, HTMLAttributes())
            for byte in bytes[index...] { content.append(byte) }
            index = bytes.count
            return
        }
        guard let end = end(of: name, kind) else {
            // Scripts and styles run to the end, as in a browser; of other elements only the tag is lost.
            if name == "script" || name == "style" { index = bytes.count }
            return
        }
        switch kind {
        case .hidden, .hiddenText: content.space()
        case .references where name == "title":
            let text = characters(until: end.lowerBound)
            if title.isEmpty { title = text }
            content.space()
        case .references:
            content.space()
            for byte in characters(until: end.lowerBound) { content.append(byte) }
            content.space()
        case .raw, .endless:
            content.open(name, HTMLAttributes())
            for byte in bytes[index..<end.lowerBound] { content.append(byte) }
            content.close(name)
        }
        index = end.upperBound
    }

    /// The text up to a position, references resolved; `index` is moved there.
    private mutating func characters(until end: Int) -> [UInt8] {
        var text: [UInt8] = []
        while index < end {
            if bytes[index] == UInt8(ascii: "&") {
                text += Array(HTMLEntities.resolve(bytes, at: &index).utf8)
            } else if isXHTML, holds("<![CDATA[", at: index) {
                text += characterData()
            } else {
                text.append(bytes[index])
                index += 1
            }
        }
        return text
    }

    /// The tag that closes the element opened before `index`. Where elements are nested in elements of the same name
    /// and are not all closed, the first closing tag counts.
    private mutating func end(of name: String, _ kind: ElementContent) -> Range<Int>? {
        guard !missing.contains(name) else { return nil }
        let nests = if case .hidden = kind { !unbalanced.contains(name) } else { false }
        var depth = 1
        var firstClosing: Range<Int>?
        var search = index
        while let tag = nextTag(of: name, from: search, skippingComments: nests) {
            search = tag.range.upperBound
            if tag.isClosing {
                depth -= 1
                if !nests || depth == 0 { return tag.range }
                firstClosing = firstClosing ?? tag.range
            } else if !tag.isSelfClosing {
                depth += 1
            }
        }
        if firstClosing == nil { missing.insert(name) } else { unbalanced.insert(name) }
        return firstClosing
    }

    /// The next tag of an element, opening or closing.
    private mutating func nextTag(of name: String, from start: Int, skippingComments: Bool) -> Tag? {
        var search = start
        while let open = bytes[search...].firstIndex(of: UInt8(ascii: "<")) {
            search = open + 1
            guard search < bytes.count else { return nil }
            if skippingComments, holds("<!--", at: open), let end = commentEnd(at: open) {
                search = end
                continue
            }
            let isClosing = bytes[search] == UInt8(ascii: "/")
            let nameStart = isClosing ? search + 1 : search
            let nameEnd = nameStart + name.utf8.count
            guard nameEnd <= bytes.count,
                bytes[nameStart..<nameEnd].lazy.map(\.asciiLowerCased).elementsEqual(name.utf8),
                nameEnd == bytes.count || !(bytes[nameEnd].isASCIILetterOrDigit || bytes[nameEnd] == UInt8(ascii: "-"))
            else { continue }
            let close = first(">", from: nameEnd) ?? bytes.count - 1
            return Tag(
                range: open..<close + 1, isClosing: isClosing, isSelfClosing: bytes[close - 1] == UInt8(ascii: "/"))
        }
        return nil
    }

    /// The position behind the comment that begins at `start`; nil when it has no end.
    mutating func commentEnd(at start: Int) -> Int? {
        guard !missing.contains("-->") else { return nil }
        var search = start + 4
        while search < bytes.count, let end = bytes[search...].firstIndex(of: UInt8(ascii: ">")) {
            if holds("--", at: end - 2) || (end >= start + 7 && holds("--!", at: end - 3)) { return end + 1 }
            search = end + 1
        }
        missing.insert("-->")
        return nil
    }

    func holds(_ mark: String, at position: Int) -> Bool {
        bytes[min(position, bytes.count)...].starts(with: mark.utf8)
    }

    /// Where a mark next begins.
    mutating func first(_ mark: String, from start: Int) -> Int? {
        guard !missing.contains(mark) else { return nil }
        let wanted = Array(mark.utf8)
        var search = start
        while search < bytes.count, let begin = bytes[search...].firstIndex(of: wanted[0]) {
            if bytes[begin...].starts(with: wanted) { return begin }
            search = begin + 1
        }
        missing.insert(mark)
        return nil
    }
}
