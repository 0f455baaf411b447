/// A place in a text that somebody wrote, drawn below it with carets: how errors of syntax show what they mean.
///
/// ```
///   lang = "zh" and year >=
///                          ^
/// ```
package struct CaretDrawing: Sendable {
    /// Two lines, indented, without a line break at the end.
    package let text: String

    /// Scalars shown before and after the place.
    private static let margin = 50
    private static let longestMark = 30

    /// - Parameters:
    ///   - text: what was written; it is shown on one line.
    ///   - range: the place, in Unicode scalars of the text; empty at its end.
    /// - Complexity: O(n).
    package init(of text: String, range: Range<Int>) {
        let scalars = Array(Self.visible(text) { _ in " " }.unicodeScalars)
        let begin = max(0, range.lowerBound - Self.margin)
        let end = min(scalars.count, range.lowerBound + Self.margin)
        func shown(_ part: Range<Int>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[part])
            return String(view)
        }
        let (left, right) = (begin > 0 ? "…" : "", end < scalars.count ? "…" : "")
        let before = left + shown(begin..<range.lowerBound)
        let marked = shown(range.lowerBound..<max(range.lowerBound, min(range.upperBound, end)))
        let carets = min(Self.longestMark, max(1, TextColumns.width(marked)))
        let line = before + shown(range.lowerBound..<end) + right
        let mark =
            String(repeating: " ", count: TextColumns.width(before)) + String(repeating: "^", count: carets)
        self.text = "  \(line)\n  \(mark)"
    }

    /// A text with other characters in place of those that could move a terminal's cursor.
    package static func visible(_ text: String, substitute: (Unicode.Scalar) -> String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: result += substitute(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
