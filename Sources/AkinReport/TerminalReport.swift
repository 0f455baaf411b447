import AkinCluster
import AkinCore

/// The report as an aligned table for a terminal: size bar, label and cohesion of each cluster, and one typical text
/// below.
struct TerminalReport {
    let text: String

    init(_ report: ClusterReport, width: Int, color: Bool) {
        let width = max(width, 20)
        let style = TerminalStyle(isEnabled: color)
        let (documents, clusters) = (
            ReportFigures.counted(report.points.count, report.about.unit.rawValue),
            ReportFigures.counted(report.k, "cluster")
        )
        let heading =
            "\(documents) in \(clusters) · cohesion \(ReportFigures.decimal(report.meanCohesion, digits: 3))"
            + " · silhouette \(ReportFigures.decimal(report.silhouette, digits: 3))"
        var lines = TerminalWidth.wrapped(heading, to: width)
        for figure in [documents, clusters] {
            lines[0] = lines[0].replacing(figure, with: style.bold(figure), maxReplacements: 1)
        }
        lines.append("")
        let columns = Columns(report, width: width)
        if !report.clusters.isEmpty { lines.append(style.dim(columns.heading)) }
        let largest = report.clusters.map(\.size).max() ?? 1
        for cluster in report.clusters {
            lines.append(columns.row(cluster, largest: largest, style: style))
            if let example = cluster.representatives.first {
                lines.append(
                    columns.indent + style.dim(TerminalWidth.cut(example.text, to: width - columns.indent.count)))
            }
        }
        let outliers = report.clusters.reduce(0) { $0 + ($1.outliers ?? 0) }
        if outliers > 0 {
            lines +=
                [""]
                + TerminalWidth.wrapped("\(ReportFigures.counted(outliers, "outlier")) fit no cluster well.", to: width)
        }
        if let comparison = report.comparison { lines += Self.changes(comparison, width: width, style: style) }
        if !report.withoutVector.isEmpty {
            let count = ReportFigures.counted(report.withoutVector.count, report.about.unit.rawValue)
            lines +=
                [""]
                + TerminalWidth.wrapped(
                    "\(count) without a vector \(report.withoutVector.count == 1 ? "is" : "are") in no cluster.",
                    to: width)
        }
        text = lines.map { $0 + "\n" }.joined()
    }

    /// A line for each cluster that changed, with the evidence below.
    private static func changes(_ comparison: ClusterRunComparison, width: Int, style: TerminalStyle) -> [String] {
        let same = comparison.entries.count { $0.change == .same }
        var lines =
            [""]
            + TerminalWidth.wrapped(
                "Since run \(comparison.run): agreement \(ReportFigures.decimal(comparison.agreement, digits: 2)), "
                    + "\(ReportFigures.counted(same, "cluster")) as before.", to: width)
        for entry in comparison.entries where entry.change != .same {
            let change = entry.change.rawValue + String(repeating: " ", count: 8 - entry.change.rawValue.count)
            let sizes = "\(ReportFigures.grouped(entry.earlierSize)) → \(ReportFigures.grouped(entry.size))"
            lines.append(TerminalWidth.cut("\(change)  \(sizes)  \(entry.label)", to: width))
            let evidence = ComparisonText.evidence(entry)
            if !evidence.isEmpty {
                lines.append("          " + style.dim(TerminalWidth.cut(evidence, to: max(width - 10, 10))))
            }
        }
        return lines
    }

    /// Widths of the columns: number, size, bar, label, cohesion. A narrow terminal has no bar, a narrower one no
    /// cohesion either.
    private struct Columns {
        private let number: Int
        private let size: Int
        private let bar: Int
        private let label: Int
        private let cohesion: Int

        init(_ report: ClusterReport, width: Int) {
            number = max(1, report.clusters.map { String($0.id).count }.max() ?? 1)
            size = max(4, report.clusters.map { ReportFigures.grouped($0.size).count }.max() ?? 4)
            bar = width >= 60 ? min(20, width / 5) : 0
            cohesion = width >= 40 ? 8 : 0
            let gaps = 4 + (bar > 0 ? 2 : 0) + (cohesion > 0 ? 2 : 0)
            label = max(1, width - number - size - bar - cohesion - gaps)
        }

        var indent: String { String(repeating: " ", count: number + 2) }

        var heading: String {
            let barColumn = bar > 0 ? String(repeating: " ", count: bar + 2) : ""
            return Self.right("#", number) + "  " + Self.right("size", size) + "  " + barColumn
                + TerminalWidth.fitted("cluster", to: label) + lastColumn("cohesion")
        }

        func row(_ cluster: ClusterReport.Cluster, largest: Int, style: TerminalStyle) -> String {
            let barColumn = bar > 0 ? style.bar(Self.bar(cluster.size, of: largest, width: bar)) + "  " : ""
            return Self.right(String(cluster.id), number) + "  " + Self.right(ReportFigures.grouped(cluster.size), size)
                + "  " + barColumn
                + style.bold(TerminalWidth.fitted(cluster.label, to: label))
                + lastColumn(ReportFigures.decimal(cluster.cohesion, digits: 3))
        }

        private func lastColumn(_ text: String) -> String { cohesion > 0 ? "  " + Self.right(text, cohesion) : "" }

        private static func right(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }

        /// A bar in eighths of a column, never empty.
        private static func bar(_ value: Int, of largest: Int, width: Int) -> String {
            let eighths = max(1, value * width * 8 / max(largest, 1))
            let partial: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
            var bar = String(repeating: "█", count: eighths / 8)
            if eighths % 8 > 0 { bar.append(partial[eighths % 8 - 1]) }
            return bar + String(repeating: " ", count: max(0, width - bar.count))
        }
    }
}
