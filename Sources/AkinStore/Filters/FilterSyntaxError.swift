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
        let shown = CaretDrawing.visible(sentence) { "U+\(String($0.value, radix: 16, uppercase: true))" }
        // At an empty place there is no wrong text to show.
        return text.isEmpty ? shown : "\(shown)\n\(CaretDrawing(of: text, range: range).text)"
    }
}

extension AkinError {
    /// A filter that cannot be read is an argument that cannot be understood; the message holds the drawing of the
    /// place.
    package init(_ error: FilterSyntaxError) { self.init(.invalidArgument, error.description) }
}
