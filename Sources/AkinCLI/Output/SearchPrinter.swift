import Akin
import AkinCore

/// Search results for a person: title, the passage's best part, where it is from.
struct SearchPrinter {
    private static let indent = "    "
    /// Lines of text shown of each passage.
    private static let snippetLines = 3

    let style: TerminalStyle
    let columns: Int

    init() {
        style = TerminalStyle(.output)
        columns = Terminal.width(.output)
    }

    /// - Parameter highlighting: the words to make bold; empty for a question without words.
    func lines(for response: SearchResponse, highlighting query: String, explained: Bool) -> [String] {
        let terms = QueryTerms(query)
        var lines: [String] = []
        for result in response.results {
            if !lines.isEmpty { lines.append("") }
            lines += self.lines(for: result, terms: terms.adding(words: (result.highlights ?? []).map(\.word)))
        }
        if response.results.isEmpty { lines.append("nothing found") }
        if explained {
            lines.append("")
            lines += response.explanation.map { style.dim($0.description) }
        }
        return lines
    }

    private func lines(for result: SearchResult, terms: QueryTerms) -> [String] {
        let rank = String(result.rank)
        let number = String(repeating: " ", count: max(0, 2 - rank.count)) + rank
        let score = Figures.decimal(result.score, 3)
        let title =
            result.title.map(DisplayText.oneLine).flatMap { $0.isEmpty ? nil : $0 } ?? DisplayText.oneLine(result.id)
        let room = columns - number.count - score.count - 4
        let name = DisplayText.cut(title, to: room)
        let gap = String(repeating: " ", count: max(0, room - DisplayText.width(name)))
        var lines = ["\(number)  \(style.bold(name))\(gap)  \(score)"]

        let width = columns - SearchPrinter.indent.count
        for labels in result.labels ?? [] {
            lines.append(SearchPrinter.indent + style.dim(DisplayText.cut(SearchPrinter.text(labels), to: width)))
        }
        let snippet = Snippet(of: result.text, query: terms, columns: width * SearchPrinter.snippetLines - width / 4)
        for line in snippet.paragraph.lines(columns: width) {
            lines.append(SearchPrinter.indent + Paragraph.rendered(line, style: style))
        }
        for line in Paragraph(pieces: origin(of: result).map { Paragraph.Piece(character: $0, isBold: false) }).lines(
            columns: width)
        {
            lines.append(SearchPrinter.indent + style.dim(Paragraph.rendered(line, style: style)))
        }
        return lines
    }

    /// A document's labels with their probabilities, or the entities of a passage.
    private static func text(_ labels: DocumentLabels) -> [Character] {
        var parts = labels.labels.map { "\($0.label) \(Figures.decimal($0.score, 2))" }
        var seen: Set<String> = []
        for entity in labels.entities where seen.insert(entity.text).inserted {
            parts.append("\(entity.text) (\(entity.label))")
        }
        return DisplayText.oneLine("\(labels.field): \(parts.joined(separator: ", "))")
    }

    /// Id and source (once if they are the same), range, and the scores behind the ranking.
    private func origin(of result: SearchResult) -> [Character] {
        var parts: [String] = []
        let title = result.title ?? ""
        if !title.isEmpty && result.id != title { parts.append(result.id) }
        let source = result.source.sourceForPeople
        if !source.isEmpty && (source != result.id || title.isEmpty) { parts.append(source) }
        if !result.range.isEmpty {
            parts.append("\(result.range.lowerBound)–\(result.range.upperBound)")
        }
        if let semantic = result.scores.semantic { parts.append("semantic\u{A0}\(Figures.decimal(semantic, 3))") }
        if let keyword = result.scores.keyword { parts.append("keyword\u{A0}\(Figures.decimal(keyword, 2))") }
        return DisplayText.oneLine(parts.joined(separator: " · "))
    }
}
