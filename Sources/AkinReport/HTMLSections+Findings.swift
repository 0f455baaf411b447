import AkinCore
import AkinCluster

extension HTMLSections {
    /// What changed since the run that was compared with; empty without one.
    var comparison: String {
        guard let comparison = report.comparison else { return "" }
        let run = HTMLEscape.text(comparison.run)
        let rows = comparison.entries.sorted { Self.rank($0) < Self.rank($1) }.map(row)
        return """
            <section id="changes" aria-labelledby="changes-title"><h2 id="changes-title">Changes since run \(run)</h2>
            <p class="note">\(ReportFigures.counted(comparison.common, report.about.unit.rawValue)) are in both runs; agreement \
            (adjusted Rand index) \(ReportFigures.decimal(comparison.agreement, digits: 2)). A cluster continues the earlier one with which it \
            shares most documents.</p>
            <div class="scroll"><table><thead><tr><th>Cluster</th><th>Change</th><th class="figure">Before</th><th class="figure">Now</th>\
            <th class="figure">Stayed</th><th>Evidence</th></tr></thead><tbody>
            \(rows.joined(separator: "\n"))
            </tbody></table></div></section>
            """
    }

    private static func rank(_ entry: ClusterRunComparison.Entry) -> (Int, Int) {
        let order: [ClusterRunComparison.Change] = [.appeared, .vanished, .moved, .grew, .shrank, .same]
        return (order.firstIndex(of: entry.change) ?? 0, entry.cluster ?? entry.earlier ?? 0)
    }

    private func row(_ entry: ClusterRunComparison.Entry) -> String {
        let name =
            entry.cluster.map {
                "<a href=\"#cluster-\($0)\" style=\"\(Self.color($0))\"><span class=\"dot\"></span>\(HTMLEscape.text(entry.label))</a>"
            } ?? HTMLEscape.text(entry.label)
        let earlier = entry.earlierLabel.flatMap {
            $0 == entry.label ? nil : "<br><span class=\"quiet\">was \(HTMLEscape.text($0))</span>"
        }
        return """
            <tr><td>\(name)\(earlier ?? "")</td><td class="change \(entry.change.rawValue)">\(entry.change.rawValue)</td>\
            <td class="figure">\(ReportFigures.grouped(entry.earlierSize))</td><td class="figure">\(ReportFigures.grouped(entry.size))</td>\
            <td class="figure">\(ReportFigures.grouped(entry.stayed))</td><td>\(HTMLEscape.text(ComparisonText.evidence(entry)))</td></tr>
            """
    }

    /// Clusters of clusters as a tree; empty for fewer than three clusters or too many to draw.
    var hierarchy: String {
        guard let merges = report.hierarchy, report.k >= 3, report.k <= 200, merges.count == report.k - 1 else {
            return ""
        }
        return """
            <section id="tree" aria-labelledby="tree-title"><h2 id="tree-title">Clusters of clusters</h2>
            <p class="note">Where two branches meet, their clusters are joined; the further left, the less similar they are.</p>
            <div class="scroll">\(HTMLTree(report, merges).text)</div></section>
            """
    }

    var outliers: String {
        guard let outliers = report.outliers, !outliers.isEmpty else { return "" }
        let total = report.clusters.reduce(0) { $0 + ($1.outliers ?? 0) }
        let share = ReportFigures.percent(Double(total) / Double(max(report.points.count, 1)))
        return """
            <section id="outliers" aria-labelledby="outliers-title"><h2 id="outliers-title">Outliers</h2>
            <p class="note">\(ReportFigures.counted(total, report.about.unit.rawValue)) (\(share)) fit their nearest cluster \
            much worse than its other members do. They have a ring on the map. The worst:</p>
            \(examples("", "", Array(outliers.prefix(20))))</section>
            """
    }
}
