import AkinCluster

/// A cluster's members over time, as bars.
struct HTMLProfile {
    let text: String

    init(_ cluster: ClusterReport.Cluster, periods: [String]) {
        guard let counts = cluster.periodCounts, counts.count == periods.count, let first = periods.first,
            let last = periods.last,
            let most = counts.max(), most > 0
        else {
            text = ""
            return
        }
        let bars = counts.enumerated().map { index, count in
            let height = ReportFigures.decimal(Double(count) / Double(most) * 30, digits: 1)
            let top = ReportFigures.decimal(30 - Double(count) / Double(most) * 30, digits: 1)
            return count == 0
                ? ""
                : "<rect x=\"\(index * 10 + 1)\" y=\"\(top)\" width=\"8\" height=\"\(height)\"><title>"
                    + "\(HTMLEscape.text(periods[index])): \(ReportFigures.grouped(count))</title></rect>"
        }
        text = """

            <h4>Over time <span>most in a period: \(ReportFigures.grouped(most))</span></h4>
            <svg class="profile" viewBox="0 0 \(10 * counts.count) 30" preserveAspectRatio="none" role="img" \
            aria-label="Members from \(HTMLEscape.text(first)) to \(HTMLEscape.text(last))">\(bars.joined())</svg>
            <p class="ends quiet"><span>\(HTMLEscape.text(first))</span><span>\(HTMLEscape.text(last))</span></p>
            """
    }
}
