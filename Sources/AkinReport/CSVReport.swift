import AkinCluster

/// One line for each clustered document: `document,cluster,label,similarity`, in the format of RFC 4180 (CRLF, quotes
/// doubled).
///
/// A text that a spreadsheet would run as a formula gets an apostrophe before it, as OWASP advises ("CSV Injection").
struct CSVReport {
    let text: String

    init(_ report: ClusterReport) {
        let labels = Dictionary(report.clusters.map { ($0.id, $0.label) }) { first, _ in first }
        var lines = ["document,cluster,label,similarity"]
        for point in report.points {
            lines.append(
                [
                    Self.field(point.id), String(point.cluster), Self.field(labels[point.cluster] ?? ""),
                    ReportFigures.decimal(point.similarity, digits: 6),
                ].joined(separator: ","))
        }
        text = lines.map { $0 + "\r\n" }.joined()
    }

    /// A field, in quotes when it holds a comma, a quote, a line break, or outer white space that readers might trim.
    static func field(_ text: String) -> String {
        let value = startsFormula(text) ? "'" + text : text
        let needsQuotes =
            value.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\r" || $0 == "\n" }
            || value.first?.isWhitespace == true || value.last?.isWhitespace == true
        guard needsQuotes else { return value }
        // By scalars: a quote before a combining mark is another character than a quote.
        return "\"" + value.unicodeScalars.reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) } + "\""
    }

    private static func startsFormula(_ text: String) -> Bool {
        switch text.unicodeScalars.first {
        case "=", "+", "-", "@", "\t", "\r": true
        default: false
        }
    }
}
