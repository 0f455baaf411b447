/// The forms a cluster report can be written in; the raw value is what `--report`'s file extension stands for.
package enum ReportFormat: String, CaseIterable, Sendable {
    case html
    case markdown = "md"
    case csv
    case json
    case terminal
}
