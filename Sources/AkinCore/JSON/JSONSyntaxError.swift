/// What is wrong with a JSON text and where.
package struct JSONSyntaxError: Error, Hashable {
    /// In bytes from the beginning of what was read.
    package var offset: Int
    /// A sentence without its end.
    package var message: String

    package init(offset: Int, message: String) {
        self.offset = offset
        self.message = message
    }
}
