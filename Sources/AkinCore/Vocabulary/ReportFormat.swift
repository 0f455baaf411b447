/// The forms a cluster report can be written in; the raw value is the file extension that stands for each but the last.
public enum ReportFormat: String, Sendable, CaseIterable, Codable {
    /// One HTML page in which all styles and scripts are included.
    case html
    /// Markdown with a table of clusters.
    case markdown = "md"
    /// A line for each document and its cluster.
    case csv
    /// The report as one JSON object.
    case json
    /// A table for a terminal.
    case terminal
}
