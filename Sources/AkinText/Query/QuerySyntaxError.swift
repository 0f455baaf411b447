package import AkinCore

/// Why a question cannot be asked as it is written, where, and what to write instead.
package struct QuerySyntaxError: Error, Sendable {
    package let text: String
    /// The place at fault, in Unicode scalars of the text.
    package let range: Range<Int>
    /// What is wrong there, as a clause without a full stop.
    package let reason: String
    /// What to do about it, as a sentence without a full stop.
    package let hint: String
}

extension QuerySyntaxError: CustomStringConvertible {
    /// The reason and the hint, then the text with carets below the place.
    ///
    /// ```
    /// The query cannot be read at character 1: it says only what to leave out. Add a word to look for.
    ///   -draft
    ///   ^^^^^^
    /// ```
    package var description: String {
        """
        The query cannot be read at character \(range.lowerBound + 1): \(reason). \(hint).
        \(CaretDrawing(of: text, range: range).text)
        """
    }
}

extension AkinError {
    /// A question that cannot be read is an argument that cannot be understood; the message holds the drawing of the
    /// place.
    package init(_ error: QuerySyntaxError) { self.init(.invalidArgument, error.description) }
}
