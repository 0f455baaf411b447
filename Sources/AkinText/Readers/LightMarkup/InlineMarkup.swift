/// Marks within lines of reStructuredText and Org, resolved to the text that is read.
///
/// A pattern is compiled when it is first used, so that a reader makes one of these for the whole of its file.
struct InlineMarkup {
    /// A longer block is data, and stays as it is. The patterns look ahead over bounded stretches only.
    private static let longestBlock = 100_000

    private let literal = /``([^`]+)``/
    private let roleWithTarget = /(?::[a-zA-Z][\w:+.\-]{0,40}:)?`([^`<]*)<[^`>]*>`_{0,2}/
    private let role = /(?::[a-zA-Z][\w:+.\-]{0,40}:)?`([^`]+)`_{0,2}/
    private let strong = /\*\*([^*\s][^*]*)\*\*/
    private let emphasis = /\*([^*\s][^*]*)\*/
    private let footnote = /\s?\[[#*\w\-]{0,40}\]_/
    private let reference = /([A-Za-z0-9])__?(?=[\s.,;:!?)]|$)/
    private let escape = /\\(.)/

    private let labelledLink = /\[\[([^\]\[]*)\]\[([^\]\[]*)\]\]/
    private let link = /\[\[([^\]\[]*)\]\]/
    private let note = /\[fn:[^\[\]\s]*\]/

    func restructuredText(_ source: String) -> String {
        guard source.utf8.count <= Self.longestBlock else { return source }
        var text = source
        if text.holds("`") {
            text = text.replacing(literal) { String($0.1) }
            text = text.replacing(roleWithTarget) { String($0.1.trimmed) }
            text = text.replacing(role) { match -> String in
                let name = match.1.hasPrefix("~") ? match.1.split(separator: ".").last ?? match.1.dropFirst() : match.1
                return String(name.hasPrefix("!") ? name.dropFirst() : name)
            }
        }
        if text.holds("*") {
            text = text.replacing(strong) { String($0.1) }
            text = text.replacing(emphasis) { String($0.1) }
        }
        if text.holds("_") {
            text = text.replacing(footnote, with: "")
            text = text.replacing(reference) { String($0.1) }
        }
        if text.holds("\\") { text = text.replacing(escape) { $0.1 == " " ? "" : String($0.1) } }
        return text
    }

    func org(_ source: String) -> String {
        guard source.utf8.count <= Self.longestBlock, source.holds("[") else { return source }
        return source.replacing(labelledLink) { String($0.2) }.replacing(link) { String($0.1) }.replacing(
            note, with: "")
    }
}

extension String {
    /// Whether one of its bytes is this ASCII character.
    fileprivate func holds(_ mark: Unicode.Scalar) -> Bool { utf8.contains(UInt8(ascii: mark)) }
}
