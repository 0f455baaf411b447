import Foundation

/// Tells dates from numbers in a sheet, by the formats of its cells, and writes them as ISO 8601 does.
struct SheetDates {
    private var isDate: [Bool] = []
    private let startsIn1904: Bool

    /// Numbers of the formats of dates and times that need no description in the file.
    private static let known: Set<Int> = Set(14...22).union(27...36).union(45...47).union(50...58)

    init(styles data: Data?, startsIn1904: Bool) throws {
        self.startsIn1904 = startsIn1904
        guard let data else { return }
        var described: Set<Int> = []
        var dates: [Bool] = []
        try XMLStream.read(data, as: "xl/styles.xml", elements: ["numFmt", "xf"]) { node, path in
            if node.name == "numFmt", let id = node["numFmtId"].flatMap({ Int($0) }) {
                if Self.isDate(format: node["formatCode"] ?? "") { described.insert(id) }
            } else if path.last?.name == "cellXfs" {
                let id = node["numFmtId"].flatMap { Int($0) } ?? 0
                dates.append(Self.known.contains(id) || described.contains(id))
            }
        }
        isDate = dates
    }

    /// A number as it is written, or the date that it stands for.
    func text(of value: String, style: Int) -> String {
        guard isDate.indices.contains(style), isDate[style], let days = Double(value), (0..<2_958_466).contains(days)
        else { return value }
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

    /// Whether a format has letters of dates outside of quotes and brackets.
    private static func isDate(format: String) -> Bool {
        var (isQuoted, isBracketed, isEscaped) = (false, false, false)
        for character in format.lowercased() {
            if isEscaped { isEscaped = false; continue }
            switch character {
            case "\\": isEscaped = true
            case "\"": isQuoted.toggle()
            case "[" where !isQuoted: isBracketed = true
            case "]": isBracketed = false
            case "y", "d", "h", "s", "m": if !isQuoted, !isBracketed { return true }
            default: break
            }
        }
        return false
    }
}
