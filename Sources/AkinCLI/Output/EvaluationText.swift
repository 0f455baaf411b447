import Akin
import AkinCore

/// An evaluation as a person reads it.
struct EvaluationText {
    private let report: EvaluationReport
    private let style: TerminalStyle

    /// Questions that are listed of those that changed.
    private static let shownChanges = 10
    /// Characters of a question's text in a table.
    private static let shownText = 40

    init(_ report: EvaluationReport, style: TerminalStyle = TerminalStyle(.output)) {
        (self.report, self.style) = (report, style)
    }

    /// - Parameter ranks: whether each question's ranks follow the means.
    func lines(ranks: Bool) -> [String] {
        let counts = [
            Figures.count(report.documents, "document"),
            report.queries > 0 ? "\(Figures.whole(report.queries)) judged queries" : nil,
            report.passageQueries > 0 ? "\(Figures.whole(report.passageQueries)) with judged passages" : nil,
            "encoder \(report.encoder)",
            report.rerank.map { "the best \($0.depth) ranked again by \($0.model)" },
        ]
        var lines = [counts.compactMap(\.self).joined(separator: ", "), ""] + means
        if let comparison = report.comparison { lines += [""] + self.lines(of: comparison) }
        if ranks { lines += [""] + rankTable }
        return lines
    }

    // MARK: Means

    private var modes: [SearchMode] {
        SearchMode.allCases.filter { report.modes[$0] != nil || report.passages?[$0] != nil }
    }

    /// A row for each measure: the mean of each mode, and its interval.
    private var means: [String] {
        var table = TextTable(
            header: ["measure"] + modes.flatMap { [$0.rawValue, "95 %"] },
            alignments: [.left] + modes.flatMap { _ in [TextTable.Alignment.right, .left] })
        for measure in EvaluationMeasure.ofDocuments where !report.modes.isEmpty {
            table.add(
                [Self.name(measure)]
                    + modes.flatMap { Self.cells(report.modes[$0]?[measure], report.intervals[$0]?[measure]) })
        }
        let passages = report.passages ?? [:]
        for measure in EvaluationMeasure.ofPassages where passages.values.contains(where: { $0[measure] != nil }) {
            table.add(
                ["passage " + Self.name(measure)]
                    + modes.flatMap { Self.cells(passages[$0]?[measure], report.passageIntervals?[$0]?[measure]) })
        }
        return table.lines(style: style)
    }

    private static func cells(_ value: Double?, _ interval: ClosedRange<Double>?) -> [String] {
        [value.map { Figures.decimal($0, 3) } ?? "", interval.map { span($0) } ?? ""]
    }

    /// `.512–.603`
    private static func span(_ interval: ClosedRange<Double>) -> String {
        [interval.lowerBound, interval.upperBound].map { Figures.decimal($0, 3) }.joined(separator: "–")
    }

    private static func name(_ measure: EvaluationMeasure) -> String {
        switch measure {
        case .nDCG10: "nDCG@10"
        case .mrr10: "MRR@10"
        case .map: "MAP"
        case .recall10, .recall100, .hit1, .hit3, .hit10: measure.rawValue
        }
    }

    // MARK: Ranks

    /// A row for each question: the rank of the first right document and passage by each mode.
    private var rankTable: [String] {
        let hasPassages = report.passageQueries > 0
        var table = TextTable(
            header: ["query"] + modes.flatMap { hasPassages ? [$0.rawValue, "passage"] : [$0.rawValue] } + ["text"],
            alignments: [.left]
                + modes.flatMap { _ in Array(repeating: TextTable.Alignment.right, count: hasPassages ? 2 : 1) }
                + [.left])
        for question in report.questions {
            let ranks = modes.flatMap { mode in
                let document = question.documents.map { Self.rank($0[mode]?.rank) } ?? ""
                let passage = question.passages.map { Self.rank($0[mode]?.rank) } ?? ""
                return hasPassages ? [document, passage] : [document]
            }
            table.add([Self.shown(question.id)] + ranks + [Self.shown(question.text)])
        }
        return table.lines(style: style)
    }

    private static func rank(_ rank: Int?) -> String { rank.map(String.init) ?? "–" }

    private static func shown(_ text: String) -> String {
        let line = String(DisplayText.oneLine(text))
        return line.count > shownText ? line.prefix(shownText - 1) + "…" : line
    }

    // MARK: Comparison

    private func lines(of comparison: EvaluationComparison) -> [String] {
        var table = TextTable(header: [
            "mode", "measure", "before", "now", "difference", "95 %", "wins", "losses", "ties", "p",
        ])
        for mode in SearchMode.allCases {
            for measure in [EvaluationMeasure.nDCG10, .mrr10] {
                if let pair = comparison.documents[mode]?[measure] {
                    table.add(Self.row(mode, Self.name(measure), pair))
                }
            }
            for measure in [EvaluationMeasure.hit1, .hit3, .mrr10] {
                guard let pair = comparison.passages[mode]?[measure] else { continue }
                table.add(Self.row(mode, "passage " + Self.name(measure), pair))
            }
        }
        let left =
            comparison.unmatched > 0
            ? ", \(Figures.count(comparison.unmatched, "question")) of only one of them left out" : ""
        var lines = ["against \(comparison.other): \(Figures.count(comparison.questions, "question"))\(left)", ""]
        lines += table.lines(style: style)
        guard !comparison.changes.isEmpty else { return lines }
        let shown = comparison.changes.prefix(Self.shownChanges)
        var changes = TextTable(
            header: ["query", "mode", "right", "before", "now", "text"],
            alignments: [.left, .left, .left, .right, .right, .left])
        for change in shown {
            changes.add([
                Self.shown(change.id), change.mode.rawValue, change.isOfPassage ? "passage" : "document",
                Self.rank(change.before), Self.rank(change.now), Self.shown(change.text),
            ])
        }
        return lines + ["", "Ranks that changed most, \(shown.count) of \(comparison.changes.count):", ""]
            + changes.lines(style: style)
    }

    private static func signed(_ value: Double) -> String {
        let size = Figures.decimal(abs(value), 3)
        return Double(size) == 0 ? size : (value < 0 ? "-" : "+") + size
    }

    private static func row(_ mode: SearchMode, _ measure: String, _ pair: PairedComparison) -> [String] {
        [
            mode.rawValue, measure, Figures.decimal(pair.before, 3), Figures.decimal(pair.now, 3),
            signed(pair.difference), "\(signed(pair.interval.lowerBound)) to \(signed(pair.interval.upperBound))",
            "\(pair.wins)", "\(pair.losses)", "\(pair.ties)",
            pair.p < 0.001 ? "< 0.001" : Figures.decimal(pair.p, 3),
        ]
    }
}

extension RetrievalQuality {
    fileprivate subscript(measure: EvaluationMeasure) -> Double? {
        switch measure {
        case .nDCG10: nDCG10
        case .recall10: recall10
        case .recall100: recall100
        case .mrr10: mrr10
        case .map: map
        case .hit1, .hit3, .hit10: nil
        }
    }
}
