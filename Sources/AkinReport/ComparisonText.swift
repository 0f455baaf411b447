import AkinCore
import AkinCluster

/// A change of a cluster in words, as every format of the report writes it.
enum ComparisonText {
    /// The evidence for the change: how many documents are new or no longer there, and where the others came from or
    /// went.
    static func evidence(_ entry: ClusterRunComparison.Entry) -> String {
        var parts: [String] = []
        if entry.added > 0 { parts.append("\(ReportFigures.grouped(entry.added)) new") }
        if entry.gone > 0 { parts.append("\(ReportFigures.grouped(entry.gone)) gone") }
        let way = entry.change == .vanished ? "to" : "from"
        parts += entry.flows.map { "\(ReportFigures.grouped($0.documents)) \(way) “\($0.label)”" }
        if !entry.examples.isEmpty, entry.change != .same {
            parts.append("such as \(entry.examples.joined(separator: ", "))")
        }
        return parts.joined(separator: " · ")
    }
}
