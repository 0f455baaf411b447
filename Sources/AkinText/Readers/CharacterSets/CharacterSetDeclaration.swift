/// The label of the character set that a page declares: in its XML declaration, in `<meta charset>` or in a `<meta>`
/// that stands for the header Content-Type (HTML Standard, section 13.2.3.2).
struct CharacterSetDeclaration {
    /// How much of a page is read. Browsers stop after 1,024 bytes, but comments of editors can be longer.
    private static let scannedBytes = 8192

    private let bytes: ArraySlice<UInt8>
    private var index: Int

    /// The label, nil when there is none.
    static func label(in page: [UInt8]) -> String? {
        var declaration = CharacterSetDeclaration(page)
        return declaration.xmlLabel() ?? declaration.metaLabel()
    }

    private init(_ page: [UInt8]) {
        bytes = page.prefix(Self.scannedBytes)
        index = bytes.startIndex
    }

    private func xmlLabel() -> String? {
        guard bytes.starts(with: Array("<?xml".utf8)), let end = bytes.firstIndex(of: UInt8(ascii: ">")) else {
            return nil
        }
        let declaration = String(decoding: bytes[..<end], as: UTF8.self)
        return Self.value(after: "encoding", in: declaration)
    }

    private mutating func metaLabel() -> String? {
        while let open = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
            index = open + 1
            if bytes[index...].starts(with: Array("!--".utf8)) {
                skipComment()
                continue
            }
            let begin = index
            while index < bytes.endIndex, bytes[index].isASCIILetterOrDigit { index += 1 }
            let name = String(decoding: bytes[begin..<index], as: UTF8.self).lowercased()
            guard !name.isEmpty else { continue }
            let attributes = attributes()
            if name == "meta", let label = Self.label(of: attributes) { return label }
        }
        return nil
    }

    private static func label(of attributes: [String: String]) -> String? {
        if let label = attributes["charset"] { return label.trimmed }
        guard attributes["http-equiv"]?.lowercased() == "content-type", let content = attributes["content"] else {
            return nil
        }
        return value(after: "charset", in: content)
    }

    /// The value after `name =` in a text, quoted or not.
    private static func value(after name: String, in text: String) -> String? {
        let lower = Array(text.lowercased().utf8)
        let wanted = Array(name.utf8)
        var search = 0
        while search + wanted.count < lower.count {
            guard lower[search...].starts(with: wanted) else {
                search += 1
                continue
            }
            var rest = lower[(search + wanted.count)...].drop(while: \.isHTMLSpace)
            search += wanted.count
            guard rest.first == UInt8(ascii: "=") else { continue }
            rest = rest.dropFirst().drop(while: \.isHTMLSpace)
            let value: ArraySlice<UInt8>
            if let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                value = rest.dropFirst().prefix { $0 != quote }
            } else {
                value = rest.prefix { !$0.isHTMLSpace && $0 != UInt8(ascii: ";") }
            }
            return String(decoding: value, as: UTF8.self).trimmed
        }
        return nil
    }

    private mutating func skipComment() {
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: ">"), bytes[index - 1] == UInt8(ascii: "-"),
                bytes[index - 2] == UInt8(ascii: "-")
            {
                return
            }
            index += 1
        }
    }

    /// The attributes of the tag whose name ends at `index`, names in lower case, the first of equals; `index` is moved
    /// to its end.
    private mutating func attributes() -> [String: String] {
        var attributes: [String: String] = [:]
        while index < bytes.endIndex, bytes[index] != UInt8(ascii: ">") {
            guard !bytes[index].isHTMLSpace, bytes[index] != UInt8(ascii: "/") else {
                index += 1
                continue
            }
            let begin = index
            while index < bytes.endIndex, !bytes[index].isHTMLSpace,
                ![UInt8(ascii: "/"), UInt8(ascii: ">")].contains(bytes[index]),
                bytes[index] != UInt8(ascii: "=") || index == begin
            {
                index += 1
            }
            let name = String(decoding: bytes[begin..<index], as: UTF8.self).lowercased()
            let value = attributeValue()
            if attributes[name] == nil { attributes[name] = value }
        }
        return attributes
    }

    private mutating func attributeValue() -> String {
        var next = index
        while next < bytes.endIndex, bytes[next].isHTMLSpace { next += 1 }
        guard next < bytes.endIndex, bytes[next] == UInt8(ascii: "=") else { return "" }
        index = next + 1
        while index < bytes.endIndex, bytes[index].isHTMLSpace { index += 1 }
        guard index < bytes.endIndex else { return "" }
        let quote = bytes[index]
        let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
        if isQuoted { index += 1 }
        let begin = index
        while index < bytes.endIndex,
            isQuoted ? bytes[index] != quote : !bytes[index].isHTMLSpace && bytes[index] != UInt8(ascii: ">")
        {
            index += 1
        }
        defer { if isQuoted, index < bytes.endIndex { index += 1 } }
        return String(decoding: bytes[begin..<index], as: UTF8.self)
    }
}

extension UInt8 {
    /// Tab, line feed, form feed, carriage return or blank.
    var isHTMLSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0C || self == 0x0D }
}

extension String {
    /// Without white space at either end.
    fileprivate var trimmed: String {
        String(
            decoding: Array(utf8.drop(while: \.isHTMLSpace).reversed().drop(while: \.isHTMLSpace).reversed()),
            as: UTF8.self)
    }
}
