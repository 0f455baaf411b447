package import AkinCore

/// Why the text of a filter cannot be read, where, and what to write instead.
package struct FilterSyntaxError: Error, Sendable {
    /// What was being read.
    package let text: String
    /// The place at fault, in Unicode scalars of the text; empty at its end.
    package let range: Range<Int>
    /// What is wrong there, as a clause without a full stop.
    package let reason: String
    /// What to do about it, as a sentence without a full stop; empty when the reason says it already.
    package let hint: String
}

extension FilterSyntaxError: CustomStringConvertible {
    /// The reason and the hint, then the text with carets below the place.
    ///
    /// ```
    /// The filter cannot be read at character 15: a value is missing after >=. Write a number, a text in quotes, true, false or null.
    ///   lang = "zh" and year >=
    ///                          ^
    /// ```
    package var description: String {
        let sentence =
            "The filter cannot be read at character \(range.lowerBound + 1): \(reason)."
            + (hint.isEmpty ? "" : " \(hint).")
        let shown = Self.shown(sentence) { "U+\(String($0.value, radix: 16, uppercase: true))" }
        // At an empty place there is no wrong text to show.
        guard !text.isEmpty else { return shown }
        let (line, mark) = drawing
        return "\(shown)\n  \(line)\n  \(mark)"
    }

    /// Scalars shown before and after the place.
    private static let margin = 50
    private static let longestMark = 30

    /// The surroundings of the place on one line, and a line of carets to go below it.
    private var drawing: (line: String, mark: String) {
        let scalars = Array(Self.shown(text) { _ in " " }.unicodeScalars)
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
        return (line, String(repeating: " ", count: TextColumns.width(before)) + String(repeating: "^", count: carets))
    }

    /// A text with visible characters in place of those that could move a terminal's cursor.
    private static func shown(_ text: String, substitute: (Unicode.Scalar) -> String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: result += substitute(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}

extension AkinError {
    /// A filter that cannot be read is an argument that cannot be understood; the message holds the drawing of the
    /// place.
    package init(_ error: FilterSyntaxError) { self.init(.invalidArgument, error.description) }
}
