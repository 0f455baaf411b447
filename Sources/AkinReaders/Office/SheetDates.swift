import Foundation

/// Tells dates from numbers in a sheet, by the formats of its cells, and writes them as ISO 8601 does.
struct SheetDates {
    private enum Kind {
        case number, date
        /// Hours that may be more than a day's.
        case duration
    }

    private var kinds: [Kind] = []
    private let startsIn1904: Bool

    /// Numbers of the formats of dates and times that need no description in the file.
    private static let known: Set<Int> = Set(14...22).union(27...36).union(45...47).union(50...58)

    init(styles data: Data?, startsIn1904: Bool) throws {
        self.startsIn1904 = startsIn1904
        guard let data else { return }
        var described: [Int: Kind] = [:]
        var kinds: [Kind] = []
        try XMLStream.read(data, as: "xl/styles.xml", elements: ["numFmt", "xf"]) { node, path in
            if node.name == "numFmt", let id = node["numFmtId"].flatMap({ Int($0) }) {
                described[id] = Self.kind(ofFormat: node["formatCode"] ?? "")
            } else if path.last?.name == "cellXfs" {
                let id = node["numFmtId"].flatMap { Int($0) } ?? 0
                kinds.append(id == 46 ? .duration : Self.known.contains(id) ? .date : described[id] ?? .number)
            }
        }
        self.kinds = kinds
    }

    /// A number as it is written, or the date that it stands for.
    func text(of value: String, style: Int) -> String {
        guard kinds.indices.contains(style), kinds[style] != .number, let days = Double(value),
            (0..<2_958_466).contains(days)
        else { return value }
        if kinds[style] == .duration {
            let seconds = Int((days * 86400).rounded())
            return "\(seconds / 3600):"
                + [seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
                .joined(separator: ":")
        }
        // Days since 1900, in which Excel counts a 29th of February; or since 1904.
        let offset = startsIn1904 ? 24107.0 : 25569.0
        let seconds = ((days - offset) * 86400).rounded()
        let date = Date(timeIntervalSince1970: seconds)
        let hasTime = days != days.rounded(.down)
        let text = date.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: false))
        let (day, time) = (text.prefix(10), text.dropFirst(11).prefix(8))
        if days < 1 { return String(time) }
        return hasTime ? "\(day) \(time)" : String(day)
    }

    /// What a format shows, by its letters outside of quotes. In brackets are colours and the hours of durations.
    private static func kind(ofFormat format: String) -> Kind {
        var (isQuoted, isEscaped) = (false, false)
        var bracketed: String?
        for character in format.lowercased() {
            if isEscaped { isEscaped = false; continue }
            if let text = bracketed {
                if character != "]" { bracketed = text + String(character); continue }
                if !text.isEmpty, text.allSatisfy({ "hms".contains($0) }) { return .duration }
                bracketed = nil
                continue
            }
            switch character {
            case "\\": isEscaped = true
            case "\"": isQuoted.toggle()
            case "[" where !isQuoted: bracketed = ""
            case "y", "d", "h", "s", "m": if !isQuoted { return .date }
            default: break
            }
        }
        return .number
    }
}
