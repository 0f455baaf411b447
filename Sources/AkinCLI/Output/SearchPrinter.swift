import Akin
import AkinCore
import AkinText

/// Search results for a person: title, where the passage stands, and its best part.
struct SearchPrinter {
    static let indent = "    "
    let style: TerminalStyle
    let columns: Int
    /// Whether the figures behind the ranking are printed.
    let showsScores: Bool

    init(showsScores: Bool = false) {
        style = TerminalStyle(.output)
        columns = Terminal.width(.output)
        self.showsScores = showsScores
    }

    private var width: Int { columns - SearchPrinter.indent.count }

    /// - Parameter excerpts: what is shown of each result, by its place in the answer, in place of the passage's best
    ///   part.
    func lines(
        for response: SearchResponse, explained: Bool, excerpts: [Int: DocumentExcerpt] = [:]
    ) -> [String] {
        var lines: [String] = []
        if response.fits == false { lines.append("nothing fits well; nearest:") }
        for (place, result) in response.results.enumerated() {
            if !lines.isEmpty { lines.append("") }
            let ranks = response.rerank == nil || result.scores.rerank != nil
            lines += head(of: result, ranks: ranks, follows: place > 0 && response.results[place - 1].id == result.id)
            if explained, let fusion = result.fusion { lines.append(self.line(fusion, result.scores.rerank)) }
            if let excerpt = excerpts[place] {
                let marks = result.boldRanges.map {
                    result.range.lowerBound + $0.lowerBound..<result.range.lowerBound + $0.upperBound
                }
                lines +=
                    ExcerptLines(excerpt: excerpt, result: result, marks: marks, style: style, columns: columns).lines
            } else {
                lines += SnippetLines(result: result, style: style, columns: width).lines.map {
                    SearchPrinter.indent + $0
                }
            }
            if let alike = result.alike, !alike.isEmpty { lines.append(self.line(alike)) }
        }
        if response.results.isEmpty { lines.append("nothing found") }
        if explained {
            lines.append("")
            lines += response.explanation.map { style.dim($0.description) }
        }
        return lines
    }

    /// The title, and below it where the passage stands; that alone where there is no title, or it is the file's name.
    ///
    /// - Parameters:
    ///   - ranks: Whether its score is one that ranks; not where a cross-encoder ranks and has not scored it.
    ///   - follows: Whether the result before is of the same document, so that its title is not said again.
    private func head(of result: SearchResult, ranks: Bool, follows: Bool) -> [String] {
        let rank = String(result.rank)
        let number = String(repeating: " ", count: max(0, 2 - rank.count)) + rank
        let score = showsScores ? (ranks ? Figures.decimal(result.score, 3) : "–") : ""
        let room = columns - number.count - 2 - (score.isEmpty ? 0 : score.count + 2)
        let citation = Citation(result)
        let title = result.title.map(DisplayText.oneLine) ?? []
        let cited = CitationLines(citation: citation, style: style)
        let isHead = follows || title.isEmpty || result.title == citation.file?.lastPathPart
        var head: [CitationLines.Line]
        if isHead {
            head = cited.lines(columns: room, title: result.title, isHead: true)
        } else {
            let shown = DisplayText.cut(title, to: room)
            head = [CitationLines.Line(text: style.bold(shown), width: DisplayText.width(shown))]
            if citation.file != nil || result.title != result.id {
                head += cited.lines(columns: width, title: result.title, isHead: false)
            }
        }
        var lines = head.enumerated().map { place, line in
            (place == 0 ? number + "  " : SearchPrinter.indent) + line.text
        }
        if !score.isEmpty, let first = head.first {
            lines[0] += String(repeating: " ", count: room - first.width + 2) + score
        }
        if showsScores, let evidence = evidence(of: result) {
            lines.append(SearchPrinter.indent + style.dim(evidence))
        }
        for labels in result.labels ?? [] {
            lines.append(SearchPrinter.indent + style.dim(DisplayText.cut(SearchPrinter.text(labels), to: width)))
        }
        return lines
    }

    /// What a cross-encoder says of a passage; and what each list does, and what they make together:
    /// `meaning #3 .612 → .512 · words #1 9.31 → .3`.
    private func line(_ fusion: SearchResult.FusionParts, _ rerank: Double?) -> String {
        func text(_ name: String, _ part: SearchResult.FusionParts.Part, _ digits: Int) -> String {
            let rank = part.rank.map { "#\($0)" } ?? "unlisted"
            let score = part.score.map { "\(Figures.decimal($0, digits)) → \(Figures.decimal(part.share, 3))" }
            return "\(name) \(part.score == nil ? "none" : rank)\(score.map { ", \($0)" } ?? "")"
        }
        let parts = [text("meaning", fusion.semantic, 3), text("words", fusion.keyword, 2)]
        let sum = Figures.decimal(fusion.semantic.share + fusion.keyword.share, 3)
        let again = rerank.map { "rerank \(Figures.decimal($0, 3)); " } ?? ""
        return SearchPrinter.indent
            + style.dim(DisplayText.cut(Array("\(again)\(parts.joined(separator: " + ")) = \(sum)"), to: width))
    }

    /// How many passages with nearly the same text were left out, and where they stand.
    private func line(_ alike: [SearchResult.Alike]) -> String {
        let names = alike.map { Citation(id: $0.id, source: $0.source, place: $0.place).name }
        let text = DisplayText.oneLine("and \(alike.count) alike: \(names.joined(separator: ", "))")
        return SearchPrinter.indent + style.dim(DisplayText.cut(text, to: width))
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

    /// The scores behind the ranking; nil where there are none.
    private func evidence(of result: SearchResult) -> String? {
        let parts = [
            result.scores.semantic.map { "semantic \(Figures.decimal($0, 3))" },
            result.scores.keyword.map { "keyword \(Figures.decimal($0, 2))" },
            result.scores.rerank.map { "rerank \(Figures.decimal($0, 3))" },
        ].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: " · ")
    }
}
