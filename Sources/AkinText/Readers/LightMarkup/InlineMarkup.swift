/// Marks within lines of light markup languages, resolved to the text that is read.
enum InlineMarkup {
    /// A longer block is data, and stays as it is. The patterns below look ahead over bounded stretches only.
    private static let longestBlock = 100_000

    static func restructuredText(_ text: String) -> String {
        guard text.utf8.count <= longestBlock, text.utf8.contains(where: { "`*|_\\".utf8.contains($0) }) else {
            return text
        }
        var text = text
        text = text.replacing(/``([^`]+)``/) { String($0.1) }
        text = text.replacing(/(?::[a-zA-Z][\w:+.\-]{0,40}:)?`([^`<]*)<[^`>]*>`_{0,2}/) { String($0.1.trimmed) }
        text = text.replacing(/(?::[a-zA-Z][\w:+.\-]{0,40}:)?`([^`]+)`_{0,2}/) { match -> String in
            let name = match.1.hasPrefix("~") ? match.1.split(separator: ".").last ?? match.1.dropFirst() : match.1
            return String(name.hasPrefix("!") ? name.dropFirst() : name)
        }
        text = text.replacing(/\*\*([^*\s][^*]*)\*\*/) { String($0.1) }
        text = text.replacing(/\*([^*\s][^*]*)\*/) { String($0.1) }
        text = text.replacing(/\s?\[[#*\w\-]*\]_/, with: "")
        text = text.replacing(/([A-Za-z0-9])__?(?=[\s.,;:!?)]|$)/) { String($0.1) }
        text = text.replacing(/\\(.)/) { $0.1 == " " ? "" : String($0.1) }
        return text
    }

    static func asciiDoc(_ text: String) -> String {
        guard text.utf8.count <= longestBlock else { return text }
        var text = text
        text = text.replacing(/<<([^,<>]+)(?:,([^<>]*))?>>/) { String(($0.2 ?? $0.1).trimmed) }
        text = text.replacing(/\[\[[^\]]{0,200}\]\]/, with: "")
        text = text.replacing(/\[[#.][^\]]{0,200}\](?=[#`*_])/, with: "")
        text = text.replacing(/(?:footnote|indexterm2?):[^\[\s]{0,200}\[[^\]]{0,1000}\]/, with: "")
        text = text.replacing(
            /\b(?:[a-z]{2,20})::?([^\s\[\]]{0,300})\[([^\]]{0,300})\]/
        ) { match -> String in
            let label = match.2.split(separator: ",").first.map { String($0.trimmed) } ?? ""
            if !label.isEmpty, label.allSatisfy(\.isNumber), !match.1.isEmpty { return "\(match.1)(\(label))" }
            return label.isEmpty ? String(match.1) : label
        }
        text = text.replacing(/(\*\*?|__?|``?|\+\+?)(?=\S)([^*_`+\n]+?)\1(?![\p{L}\p{N}])/) { String($0.2) }
        text = text.replacing(/\{(?:nbsp|empty|zwsp)\}/, with: " ")
        return text
    }

    static func org(_ text: String) -> String {
        guard text.utf8.count <= longestBlock, text.utf8.contains(UInt8(ascii: "[")) else { return text }
        var text = text
        text = text.replacing(/\[\[([^\]\[]*)\]\[([^\]\[]*)\]\]/) { String($0.2) }
        text = text.replacing(/\[\[([^\]\[]*)\]\]/) { String($0.1) }
        text = text.replacing(/\[fn:[^\]\s]*\]/, with: "")
        return text
    }
}
