/// The text of an HTML page that is its own, in blocks, by a scanner that reads any bytes: it builds no tree and never
/// fails.
///
/// Tags are removed, white space is joined outside `<pre>`, character references are resolved. Scripts, styles,
/// templates, drawings and what is hidden are left out, and so is what only helps to find one's way in a site
/// (`HTMLMainContent`).
enum HTMLText {
    /// - Parameter isXHTML: Whether the page is known to be XHTML by its file's extension.
    static func fill(_ record: inout TextRecord, bytes: [UInt8], isXHTML: Bool) {
        let isXHTML = isXHTML || declaresXHTML(bytes)
        var scanner = HTMLScanner(bytes: bytes, isXHTML: isXHTML, skipsNavigation: true)
        scanner.run()
        if scanner.content.items.isEmpty {
            // A page of navigation only is read as it is.
            var whole = HTMLScanner(bytes: bytes, isXHTML: isXHTML, skipsNavigation: false)
            whole.run()
            if !whole.content.items.isEmpty { scanner = whole }
        }
        let assembly = HTMLAssembly(scanner.content, page: bytes)
        assembly.builder.fill(&record)
        let title = String(decoding: scanner.title, as: UTF8.self).split { $0.isWhitespace }.joined(separator: " ")
        // With the name of the site, which says what a page of few words is about.
        record.title = title.isEmpty ? assembly.firstHeading : title
    }

    /// Whether a page begins as XHTML does: with an XML declaration, a document type of XHTML or its namespace.
    private static func declaresXHTML(_ bytes: [UInt8]) -> Bool {
        let head = String(decoding: bytes.prefix(4096).drop(while: \.isHTMLSpace), as: UTF8.self).lowercased()
        if head.hasPrefix("<?xml") { return true }
        func tag(_ name: String, holds text: String) -> Bool {
            guard let begin = head.firstRange(of: name)?.upperBound else { return false }
            return head[begin...].prefix { $0 != ">" }.contains(text)
        }
        return tag("<!doctype", holds: "xhtml") || tag("<html", holds: "http://www.w3.org/1999/xhtml")
    }
}

extension UInt8 {
    var asciiLowerCased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
    var isASCIILetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
    var isASCIILetterOrDigit: Bool { isASCIILetter || (self >= 0x30 && self <= 0x39) }
}
