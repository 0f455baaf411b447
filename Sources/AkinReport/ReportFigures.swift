import AkinCluster
import Foundation

/// Numbers as every format of the report writes them, the same in every locale.
enum ReportFigures {
    /// With the given number of digits after the point; never `-0.00`.
    static func decimal(_ value: Double, digits: Int) -> String {
        let text = String(format: "%.\(digits)f", value)
        return text.contains { $0 != "-" && $0 != "0" && $0 != "." } ? text : text.replacing("-", with: "")
    }

    static func percent(_ share: Double) -> String { decimal(share * 100, digits: share < 0.0995 ? 1 : 0) + "%" }

    /// With commas between thousands.
    static func grouped(_ value: Int) -> String {
        var digits = String(value.magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (value < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }

    /// An ISO 8601 time in UTC as a person writes it, `2026-01-31 09:05 UTC`; any other text as it is.
    static func day(_ created: String) -> String {
        guard let match = created.wholeMatch(of: /(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2}(\.\d+)?)?Z/) else {
            return created
        }
        return "\(match.1) \(match.2) UTC"
    }

    /// A count with its noun: `1 document`, `1,200 documents`.
    static func counted(_ count: Int, _ noun: String) -> String { "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")" }
}

extension ClusterReport {
    /// Mean cosine of all clustered documents to their centroids.
    var meanCohesion: Double { points.isEmpty ? 0 : objective / Double(points.count) }
}
