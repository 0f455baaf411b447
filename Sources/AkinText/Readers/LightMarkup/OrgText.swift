/// Org as its reader sees it: headlines without their keywords and tags, drawers and comments left out.
struct OrgText {
    private var builder = BlockTextBuilder()
    private var block = OpenBlock()
    private let inline = InlineMarkup()
    private var title: String?
    private enum Region { case none, code, skipped, drawer }
    private var region = Region.none

    static func fill(_ record: inout TextRecord) {
        var page = OrgText()
        var heading: String?
        for (index, line) in record.text.utf8Lines.enumerated() { page.read(line, at: index + 1, &heading) }
        page.end()
        page.builder.fill(&record)
        record.title = page.title ?? heading
    }

    private mutating func end() { block.end(in: &builder, resolving: inline.org) }

    private mutating func read(_ line: Substring, at number: Int, _ heading: inout String?) {
        let text = line.trimmed
        let lower = text.prefix(40).lowercased()
        if region != .none { return readRegion(line, lower, at: number) }
        let stars = line.prefix { $0 == "*" }
        if !stars.isEmpty, line.dropFirst(stars.count).first == " ", text.utf8.count > stars.utf8.count {
            end()
            let name = headline(text.dropFirst(stars.count).trimmed)
            heading = heading ?? name
            builder.appendHeading(name, level: min(stars.utf8.count, 100), lines: number...number)
        } else if text.isEmpty {
            end()
        } else if lower.hasPrefix("#+begin_") {
            end()
            let kind = lower.dropFirst(8).prefix { $0.isLetter }
            switch kind {
            case "src", "example", "export":
                region = .code
                block.begin(.code)
            case "comment": region = .skipped
            default: break
            }
        } else if lower.hasPrefix("#+") {
            if lower.hasPrefix("#+title:"), title == nil {
                let name = text.dropFirst(8).trimmed
                if !name.isEmpty { title = String(name) }
            }
            end()
        } else if text == "#" || text.hasPrefix("# ") {
            return
        } else if lower == ":properties:" || lower == ":logbook:" {
            end()
            region = .drawer
        } else if text.first == "|" {
            end()
            guard !text.hasPrefix("|-") else { return }
            let cells = text.split(separator: "|").map { inline.org(String($0.trimmed)) }
            builder.append(.tableRow, cells.joined(separator: " | "), lines: number...number)
        } else if text == ":" || text.hasPrefix(": ") {
            if block.kind != .code {
                end()
                block.begin(.code)
            }
            block.add(text.dropFirst(2), at: number)
        } else {
            if block.kind == .code { end() }
            if text.beginsItem, text.first != "*" || line.first == " " {
                end()
                block.begin(.listItem)
            }
            block.add(text, at: number)
        }
    }

    private mutating func readRegion(_ line: Substring, _ lower: String, at number: Int) {
        if region == .drawer {
            if lower == ":end:" || line.hasPrefix("*") { region = .none }
            return
        }
        if lower.hasPrefix("#+end_") {
            end()
            region = .none
        } else if region == .code {
            block.add(line, at: number)
        }
    }

    /// Without the state, the priority and the tags.
    private func headline(_ text: Substring) -> String {
        var plain = text
        for word in ["TODO ", "DONE ", "NEXT ", "WAITING ", "CANCELLED "] where plain.hasPrefix(word) {
            plain = plain.dropFirst(word.count).trimmed
        }
        if plain.hasPrefix("[#"), plain.dropFirst(3).hasPrefix("] ") { plain = plain.dropFirst(5).trimmed }
        // Tags stand last, between colons.
        if plain.last == ":", let blank = plain.lastIndex(of: " "), plain[blank...].hasPrefix(" :") {
            plain = plain[..<blank].trimmed
        }
        return inline.org(String(plain))
    }
}
