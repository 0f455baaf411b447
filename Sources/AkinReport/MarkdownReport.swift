import AkinCluster
import AkinCore

/// The report as GitHub-flavoured Markdown: figures, a table of clusters, and a section for each.
struct MarkdownReport {
    let text: String

    init(_ report: ClusterReport) {
        var lines = ["# \(Self.escaped(report.about.title))", ""]
        lines.append(
            "\(ReportFigures.counted(report.points.count, report.about.unit.rawValue)) in \(ReportFigures.counted(report.k, "cluster"))"
                + Self.origin(report.about) + ".")
        lines += [
            "", "| figure | value | meaning |", "| --- | ---: | --- |",
            "| cohesion | \(ReportFigures.decimal(report.meanCohesion, digits: 3)) | mean cosine of the documents to their clusters' centres, at most 1 |",
            "| silhouette | \(ReportFigures.decimal(report.silhouette, digits: 3)) | how much nearer documents are to their own centre than to the next, −1 to 1 |",
            "| objective | \(ReportFigures.decimal(report.objective, digits: 2)) | sum of cosines to the centres, larger is better |",
            "", "| cluster | label | size | share | cohesion | silhouette |",
            "| ---: | --- | ---: | ---: | ---: | ---: |",
        ]
        for cluster in report.clusters {
            lines.append(
                "| \(cluster.id) | \(Self.escaped(cluster.label)) | \(cluster.size) | \(ReportFigures.percent(cluster.share)) "
                    + "| \(ReportFigures.decimal(cluster.cohesion, digits: 3)) | \(ReportFigures.decimal(cluster.silhouette, digits: 3)) |"
            )
        }
        let labels = Dictionary(report.clusters.map { ($0.id, $0.label) }) { first, _ in first }
        if let comparison = report.comparison { lines += Self.changes(comparison, unit: report.about.unit.rawValue) }
        for cluster in report.clusters { lines += Self.section(cluster, labels: labels) }
        if let outliers = report.outliers, !outliers.isEmpty {
            lines += [
                "", "## Outliers", "",
                "These documents fit their clusters much worse than the other members do. The worst:", "",
            ]
            lines += outliers.prefix(20).map { Self.example($0, labels: labels, relation: "in") }
        }
        if !report.withoutVector.isEmpty {
            lines += ["", "## Without a vector", "", report.withoutVector.map(Self.code).joined(separator: ", ")]
        }
        lines += ["", "_Algorithm: \(Self.escaped(report.algorithm)), seed \(report.seed)._", ""]
        text = lines.joined(separator: "\n")
    }

    private static func changes(_ comparison: ClusterRunComparison, unit: String) -> [String] {
        var lines = [
            "", "## Changes since run \(escaped(comparison.run))", "",
            "\(ReportFigures.counted(comparison.common, unit)) are in both runs; agreement (adjusted Rand index) "
                + "\(ReportFigures.decimal(comparison.agreement, digits: 2)).",
            "", "| cluster | change | before | now | stayed | evidence |", "| --- | --- | ---: | ---: | ---: | --- |",
        ]
        for entry in comparison.entries {
            let was = entry.earlierLabel.flatMap { $0 == entry.label ? nil : " (was \(escaped($0)))" } ?? ""
            lines.append(
                "| \(escaped(entry.label))\(was) | \(entry.change.rawValue) | \(entry.earlierSize) | \(entry.size) | \(entry.stayed) "
                    + "| \(escaped(ComparisonText.evidence(entry))) |")
        }
        return lines
    }

    private static func origin(_ about: ClusterReport.About) -> String {
        var origin = ""
        if !about.store.isEmpty { origin += ", from \(code(about.store))" }
        if let filter = about.filter { origin += ", where \(code(filter))" }
        if !about.encoder.isEmpty { origin += ", encoder \(code(about.encoder))" }
        if !about.created.isEmpty { origin += ", \(escaped(ReportFigures.day(about.created)))" }
        return origin
    }

    private static func section(_ cluster: ClusterReport.Cluster, labels: [Int: String]) -> [String] {
        var lines = ["", "## \(cluster.id). \(escaped(cluster.label))", ""]
        lines.append("**Keywords:** " + cluster.keywords.map { escaped($0.term) }.joined(separator: ", "))
        if let sources = cluster.sources, !sources.isEmpty {
            lines += [
                "",
                "**Sources:** "
                    + sources.map { "\(escaped($0.name.sourceForPeople)) (\($0.documents))" }.joined(separator: ", "),
            ]
        }
        for field in cluster.labels ?? [] {
            lines += [
                "",
                "**\(escaped(field.field)):** "
                    + field.labels.map {
                        "\(escaped($0.name)) (\(ReportFigures.percent(Double($0.documents) / Double(max(cluster.size, 1)))))"
                    }.joined(separator: ", "),
            ]
        }
        if !cluster.neighbors.isEmpty {
            lines.append("")
            lines.append(
                "**Nearest clusters:** "
                    + cluster.neighbors.map {
                        "\(escaped(labels[$0.id] ?? "")) (\(ReportFigures.decimal($0.similarity, digits: 2)))"
                    }
                    .joined(separator: ", "))
        }
        if !cluster.representatives.isEmpty {
            lines += ["", "Typical:", ""] + cluster.representatives.map { example($0, labels: labels) }
        }
        if !cluster.borderline.isEmpty {
            lines += ["", "Borderline:", ""] + cluster.borderline.map { example($0, labels: labels) }
        }
        return lines
    }

    private static func example(
        _ example: ClusterReport.Example, labels: [Int: String], relation: String = "near"
    ) -> String {
        var line = "* \(code(example.id)) "
        if let title = example.title, !title.isEmpty { line += "**\(escaped(title))** " }
        line += escaped(example.text)
        var notes: [String] = []
        if !example.source.isEmpty, example.source != example.id {
            notes.append(escaped(example.source.sourceForPeople))
        }
        notes.append(ReportFigures.decimal(example.similarity, digits: 2))
        if let other = example.otherCluster { notes.append("\(relation) “\(escaped(labels[other] ?? String(other)))”") }
        return line + " (\(notes.joined(separator: ", ")))"
    }

    /// Text that shows as it is: characters with a meaning in Markdown or HTML escaped, line breaks made spaces.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", "`", "*", "_", "[", "]", "#", "|", "~", "$": result += "\\\(scalar)"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\r", "\n", "\t", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}": result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Text as a code span, fenced by more backticks than it holds in a row. Not for tables: a `|` in it would end the
    /// cell.
    static func code(_ text: String) -> String {
        var longest = 0
        var run = 0
        for character in text {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let pad = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
        let line = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: " ")
        return fence + pad + line + pad + fence
    }
}
