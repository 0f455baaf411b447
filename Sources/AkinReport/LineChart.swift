import Foundation

/// A line over equally named axes, as a drawing inside a page.
struct LineChart {
    let title: String
    /// What the horizontal axis counts, such as `step`.
    let axis: String
    let points: [(x: Double, y: Double)]
    /// The ends of the vertical axis; nil takes 0 and a little above the largest value.
    var range: ClosedRange<Double>?
    /// How a value is written.
    let format: (Double) -> String
    var hasDots = false

    private static let (width, height, left, right, top, bottom) = (420.0, 220.0, 52.0, 14.0, 14.0, 34.0)

    var html: String {
        guard let first = points.first, let last = points.last else { return "" }
        let span = range ?? 0...Self.roundedUp(points.map(\.y).max() ?? 1)
        let steps = last.x > first.x ? last.x - first.x : 1
        func place(_ x: Double, _ y: Double) -> (String, String) {
            let share =
                (min(max(y, span.lowerBound), span.upperBound) - span.lowerBound)
                / (span.upperBound - span.lowerBound)
            let across = last.x > first.x ? (x - first.x) / steps : 0.5
            return (
                Self.number(Self.left + across * (Self.width - Self.left - Self.right)),
                Self.number(Self.height - Self.bottom - share * (Self.height - Self.top - Self.bottom))
            )
        }
        let grid = (0...4).map { line -> String in
            let value = span.lowerBound + Double(line) / 4 * (span.upperBound - span.lowerBound)
            let (_, y) = place(first.x, value)
            return "<line x1=\"\(Int(Self.left))\" x2=\"\(Int(Self.width - Self.right))\" y1=\"\(y)\" y2=\"\(y)\"/>"
                + "<text x=\"\(Int(Self.left) - 7)\" y=\"\(y)\" dy=\".35em\" text-anchor=\"end\">\(format(value))</text>"
        }
        let line = points.map { point -> String in
            let (x, y) = place(point.x, point.y)
            return "\(x),\(y)"
        }
        let dots =
            !hasDots
            ? []
            : points.map { point -> String in
                let (x, y) = place(point.x, point.y)
                return
                    "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"4\"><title>\(axis) \(Int(point.x)): \(format(point.y))</title></circle>"
            }
        let ends = (first.x == last.x ? [first.x] : [first.x, last.x]).map { x -> String in
            let anchor = first.x == last.x ? "middle" : x == first.x ? "start" : "end"
            return
                "<text x=\"\(place(x, span.lowerBound).0)\" y=\"\(Int(Self.height) - 12)\" text-anchor=\"\(anchor)\">\(axis) \(ReportFigures.grouped(Int(x)))</text>"
        }
        return """
            <figure><figcaption>\(title)</figcaption>
            <svg class="chart" viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" role="img" aria-label="\(title): \(format(first.y)) at \(axis) \(Int(first.x)), \(format(last.y)) at \(axis) \(Int(last.x))">
            \(grid.joined(separator: "\n"))
            <polyline points="\(line.joined(separator: " "))"/>
            \((dots + ends).joined(separator: "\n"))
            </svg></figure>
            """
    }

    /// The next value whose quarters are short numbers.
    private static func roundedUp(_ value: Double) -> Double {
        guard value > 1e-9, value.isFinite else { return 1 }
        let unit = pow(10, value.exponentOfTen)
        return unit * ([1, 2, 4, 6, 8].first { $0 * unit >= value } ?? 10)
    }

    private static func number(_ value: Double) -> String { ReportFigures.decimal(value, digits: 1) }
}

extension Double {
    /// The largest power of ten that is not above it.
    fileprivate var exponentOfTen: Double { log10(self).rounded(.down) }
}
