/// The attributes of a tag that say what its element is for.
struct HTMLAttributes {
    /// The words of `class` and `id`, in lower case.
    private(set) var names: [Substring] = []
    private(set) var role = ""
    private(set) var isHidden = false
    /// Whether the element is a link, and whether to a place of the same page.
    private(set) var isLink = false
    private(set) var isLocalLink = false
    /// Whether a link leads to the page before, the page after or the one above.
    private(set) var leadsOn = false
    /// Whether a form sends what is searched for.
    private(set) var searches = false

    init() {}

    /// Reads a tag's bytes between its name and its `>`; the first of equal attributes counts.
    init(_ bytes: ArraySlice<UInt8>) {
        var index = bytes.startIndex
        var seen: Set<String> = []
        // More attributes than this are no page's.
        while index < bytes.endIndex, seen.count < 64 {
            guard !bytes[index].isHTMLSpace, bytes[index] != UInt8(ascii: "/") else {
                index += 1
                continue
            }
            let begin = index
            while index < bytes.endIndex, !bytes[index].isHTMLSpace, bytes[index] != UInt8(ascii: "=") || index == begin
            {
                index += 1
            }
            let name = Self.lowered(bytes[begin..<index])
            var next = index
            while next < bytes.endIndex, bytes[next].isHTMLSpace { next += 1 }
            var value: ArraySlice<UInt8> = []
            if next < bytes.endIndex, bytes[next] == UInt8(ascii: "=") {
                index = next + 1
                value = Self.value(of: bytes, at: &index)
            }
            if seen.insert(name).inserted { take(name, value) }
        }
    }

    private static func value(of bytes: ArraySlice<UInt8>, at index: inout Int) -> ArraySlice<UInt8> {
        while index < bytes.endIndex, bytes[index].isHTMLSpace { index += 1 }
        guard index < bytes.endIndex else { return [] }
        let quote = bytes[index]
        let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
        if isQuoted { index += 1 }
        let begin = index
        while index < bytes.endIndex, isQuoted ? bytes[index] != quote : !bytes[index].isHTMLSpace { index += 1 }
        defer { if isQuoted, index < bytes.endIndex { index += 1 } }
        return bytes[begin..<index]
    }

    private mutating func take(_ name: String, _ value: ArraySlice<UInt8>) {
        switch name {
        case "class", "id":
            names += Self.lowered(value).split { $0 == " " || $0 == "\n" || $0 == "\t" }
        case "role": role = Self.lowered(value)
        case "hidden": isHidden = isHidden || Self.lowered(value) != "until-found"
        case "aria-hidden": isHidden = isHidden || Self.lowered(value) == "true"
        case "style":
            let style = Self.lowered(value).filter { $0 != " " }
            isHidden = isHidden || style.contains("display:none") || style.contains("visibility:hidden")
        case "href":
            isLink = true
            isLocalLink = value.first == UInt8(ascii: "#")
        case "rel":
            let words = Self.lowered(value).split(separator: " ")
            leadsOn = leadsOn || words.contains { ["prev", "previous", "next", "up"].contains($0) }
        case "accesskey": leadsOn = leadsOn || ["p", "n", "u", "h"].contains(Self.lowered(value))
        case "action": searches = Self.lowered(value).contains("search")
        default: break
        }
    }

    private static func lowered(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.lazy.map(\.asciiLowerCased), as: UTF8.self)
    }
}
