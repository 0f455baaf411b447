/// Marks within the lines of AsciiDoc, resolved to the text that is read.
///
/// Each pass reads every byte a bounded number of times: where the next bracket or mark stands is looked up once and
/// kept until it is passed.
enum AsciiDocInline {
    private static let (longestAnchor, longestTarget, longestLabel, longestNote) = (200, 300, 300, 1000)
    private static let marks = Array("*_`+".utf8)

    /// - Complexity: O(n).
    static func text(of source: String) -> String {
        var bytes = Array(source.utf8)
        if bytes.contains(UInt8(ascii: "<")) { bytes = withoutReferences(bytes) }
        if bytes.contains(UInt8(ascii: "[")) { bytes = withoutMacros(bytes) }
        if bytes.contains(where: marks.contains) { bytes = withoutMarks(bytes) }
        let text = String(decoding: bytes, as: UTF8.self)
        guard bytes.contains(UInt8(ascii: "{")) else { return text }
        return text.replacing("{nbsp}", with: " ").replacing("{empty}", with: "")
    }

    /// `<<id>>` and `<<id,text>>` replaced by their text, else by the id.
    private static func withoutReferences(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var place = 0
        while place < bytes.count {
            if bytes[place...].starts(with: Array("<<".utf8)) {
                let content = bytes[(place + 2)...].prefix { $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
                if !content.isEmpty, bytes[content.endIndex...].starts(with: Array(">>".utf8)) {
                    let parts = content.split(
                        separator: UInt8(ascii: ","), maxSplits: 1, omittingEmptySubsequences: false)
                    result += trimmed(parts[parts.count - 1])
                    place = content.endIndex + 2
                    continue
                }
            }
            result.append(bytes[place])
            place += 1
        }
        return result
    }

    /// Anchors (`[[id]]`), roles (`[.red]#…#`), footnotes and index terms left out, and other macros
    /// (`link:target[label]`) replaced by their labels, else by their targets.
    private static func withoutMacros(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var closings = NextPlace { $0 == UInt8(ascii: "]") }
        var stops = NextPlace { $0 <= 0x20 || $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") }
        var place = 0
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "["), let end = bracketEnd(bytes, at: place, &closings) {
                place = end
            } else if let macro = macro(bytes, at: place, &stops, &closings) {
                result += macro.shown
                place = macro.end
            } else {
                result.append(bytes[place])
                place += 1
            }
        }
        return result
    }

    /// Where an anchor or a role that begins here ends; nil for another bracket.
    private static func bracketEnd(_ bytes: [UInt8], at place: Int, _ closings: inout NextPlace) -> Int? {
        guard place + 2 < bytes.count, let close = closings.place(in: bytes, from: place + 2),
            close - place - 2 <= longestAnchor, close + 1 < bytes.count
        else { return nil }
        switch bytes[place + 1] {
        case UInt8(ascii: "["): return bytes[close + 1] == UInt8(ascii: "]") ? close + 2 : nil
        case UInt8(ascii: "#"), UInt8(ascii: "."):
            return "#`*_".utf8.contains(bytes[close + 1]) ? close + 1 : nil
        default: return nil
        }
    }

    /// What is shown of the macro that begins here, and where it ends; nil where none does.
    private static func macro(_ bytes: [UInt8], at place: Int, _ stops: inout NextPlace, _ closings: inout NextPlace)
        -> (shown: ArraySlice<UInt8>, end: Int)?
    {
        guard isLower(bytes[place]), place == 0 || !isWord(bytes[place - 1]) else { return nil }
        let name = bytes[place...].prefix(21).prefix { isLower($0) || $0 == UInt8(ascii: "2") }
        guard (2...20).contains(name.count), name.endIndex < bytes.count, bytes[name.endIndex] == UInt8(ascii: ":")
        else {
            return nil
        }
        let isHidden = ["footnote", "indexterm", "indexterm2"].contains { name.elementsEqual($0.utf8) }
        var target = name.endIndex + 1
        if !isHidden, target < bytes.count, bytes[target] == UInt8(ascii: ":") { target += 1 }
        guard isHidden || name.allSatisfy(isLower), let open = stops.place(in: bytes, from: target),
            bytes[open] == UInt8(ascii: "["), open - target <= longestTarget,
            let close = closings.place(in: bytes, from: open + 1),
            close - open - 1 <= (isHidden ? longestNote : longestLabel)
        else { return nil }
        guard !isHidden else { return ([], close + 1) }
        let label = trimmed(bytes[(open + 1)..<close].prefix { $0 != UInt8(ascii: ",") })
        if label.isEmpty { return (bytes[target..<open], close + 1) }
        // A manual page and its section.
        let isSection = target < open && label.allSatisfy { (0x30...0x39).contains($0) }
        return (isSection ? bytes[target..<open] + "(".utf8 + label + ")".utf8 : label, close + 1)
    }

    /// Marks around words left out, single or double: `*strong*`, `__emphasis__`.
    private static func withoutMarks(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var place = 0
        while place < bytes.count {
            if marks.contains(bytes[place]), let content = marked(bytes, at: place) {
                result += bytes[content]
                place = content.upperBound + content.lowerBound - place
            } else {
                result.append(bytes[place])
                place += 1
            }
        }
        return result
    }

    /// What stands between the mark that begins here and its counterpart; nil where there is none.
    private static func marked(_ bytes: [UInt8], at place: Int) -> Range<Int>? {
        let mark = bytes[place]
        let length = place + 1 < bytes.count && bytes[place + 1] == mark ? 2 : 1
        let start = place + length
        guard start < bytes.count, bytes[start] > 0x20 else { return nil }
        let end = bytes[start...].firstIndex { marks.contains($0) || $0 == 0x0A } ?? bytes.count
        guard end > start, end + length <= bytes.count, bytes[end..<(end + length)].allSatisfy({ $0 == mark }),
            !beginsWord(bytes, at: end + length)
        else { return nil }
        return start..<end
    }

    private static func beginsWord(_ bytes: [UInt8], at place: Int) -> Bool {
        guard let scalar = String(decoding: bytes[place...].prefix(4), as: UTF8.self).unicodeScalars.first else {
            return false
        }
        return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    private static func isLower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte.isASCIILetterOrDigit || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes.drop { $0 <= 0x20 }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        return bytes
    }
}

/// Where the next byte of a kind stands, for places that ascend.
private struct NextPlace {
    private let isWanted: (UInt8) -> Bool
    /// What was found last, and from where: nothing of the kind stands in between.
    private var known = 0..<0

    init(_ isWanted: @escaping (UInt8) -> Bool) { self.isWanted = isWanted }

    /// Nil where none follows.
    mutating func place(in bytes: [UInt8], from start: Int) -> Int? {
        if !known.contains(start), start != known.upperBound || known.isEmpty {
            known = start..<(bytes[start...].firstIndex(where: isWanted) ?? bytes.count)
        }
        return known.upperBound < bytes.count ? known.upperBound : nil
    }
}
