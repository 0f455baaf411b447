/// Org as its reader sees it: headlines without their keywords and tags, drawers and comments left out.
struct OrgText {
    private var builder = BlockTextBuilder()
    private var block = OpenBlock()
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

    private mutating func end() { block.end(in: &builder, resolving: InlineMarkup.org) }

    private mutating func read(_ line: Substring, at number: Int, _ heading: inout String?) {
        let text = line.trimmed
        let lower = text.prefix(40).lowercased()
        if region != .none { return readRegion(line, lower, at: number) }
        if let match = line.wholeMatch(of: /(\*+)\s+(\S.*)/) {
            end()
            let name = Self.headline(match.2)
            heading = heading ?? name
            builder.appendHeading(name, level: min(match.1.utf8.count, 100), lines: number...number)
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
            let cells = text.split(separator: "|").map { InlineMarkup.org(String($0.trimmed)) }
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
    private static func headline(_ text: Substring) -> String {
        let plain = text.replacing(/^(?:TODO|DONE|NEXT|WAITING|CANCELLED)\s+/, with: "").replacing(
            /^\[#[A-Z]\]\s+/, with: ""
        )
        .replacing(/\s+:[\w@#%:]+:\s*$/, with: "")
        return InlineMarkup.org(String(plain))
    }
}
