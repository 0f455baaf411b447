/// Dates grouped into periods: years, months or days, whichever gives a few dozen.
///
/// A date counts by its beginning, `yyyy`, `yyyy-mm` or `yyyy-mm-dd`, as ISO 8601 writes it.
struct Timeline {
    /// More periods than this are counted in the next larger unit.
    private static let mostPeriods = 60

    /// The periods from the first to the last date, ascending; empty when fewer than two documents have a date.
    let periods: [String]
    private let length: Int

    init(dates: [String?]) {
        let days = dates.compactMap { $0.flatMap(CalendarDate.beginning) }
        for length in [10, 7, 4] {
            let known = days.filter { $0.count >= length }.map { String($0.prefix(length)) }
            // Most dates must be as fine as the unit.
            guard known.count * 2 > days.count, days.count > 1, let first = known.min(), let last = known.max() else {
                continue
            }
            let periods = Self.periods(from: first, to: last)
            if periods.count <= Self.mostPeriods || length == 4 {
                (self.periods, self.length) = (periods.count > 1 && periods.count <= 400 ? periods : [], length)
                return
            }
        }
        (periods, length) = ([], 4)
    }

    /// How many of the dates fall into each period.
    func counts(_ dates: [String?]) -> [Int] {
        let places = Dictionary(uniqueKeysWithValues: periods.enumerated().map { ($1, $0) })
        var counts = [Int](repeating: 0, count: periods.count)
        for date in dates {
            if let place = date.flatMap(CalendarDate.beginning).flatMap({ places[String($0.prefix(length))] }) {
                counts[place] += 1
            }
        }
        return counts
    }

    private static func periods(from first: String, to last: String) -> [String] {
        var periods = [first]
        var parts = first.split(separator: "-").compactMap { Int($0) }
        while let current = periods.last, current < last, periods.count <= 4_000 {
            parts[parts.count - 1] += 1
            if parts.count == 3, parts[2] > CalendarDate.days(ofMonth: parts[1], year: parts[0]) {
                (parts[1], parts[2]) = (parts[1] + 1, 1)
            }
            if parts.count >= 2, parts[1] > 12 { (parts[0], parts[1]) = (parts[0] + 1, 1) }
            periods.append(parts.enumerated().map { $0 == 0 ? padded($1, 4) : padded($1, 2) }.joined(separator: "-"))
        }
        return periods
    }

    private static func padded(_ number: Int, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
