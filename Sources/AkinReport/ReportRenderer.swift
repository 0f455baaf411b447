package import AkinCluster
package import AkinCore

/// Writes a cluster report in one of several formats.
package enum ReportRenderer {
    /// The report as text, encoded as UTF-8 when written to a file.
    ///
    /// - Parameters:
    ///   - width: the columns of the terminal; other forms have no width.
    ///   - color: whether the terminal form may use ANSI colours.
    /// - Throws: `internalFailure` when a figure of the report is not finite and so cannot be written as JSON.
    package static func render(
        _ report: ClusterReport, as format: ReportFormat, width: Int = 80, color: Bool = false
    ) throws -> String {
        switch format {
        case .html: try HTMLPage(report).text
        case .markdown: MarkdownReport(report).text
        case .csv: CSVReport(report).text
        case .json: try JSONReport(report).text
        case .terminal: TerminalReport(report, width: width, color: color).text
        }
    }
}
