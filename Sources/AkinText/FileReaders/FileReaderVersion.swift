/// What reads a file, and in which version: `pdf/2`.
///
/// The files of a collection, and their documents, are read again when it is another one.
public struct FileReaderVersion: Hashable, Sendable {
    /// Letters, digits and hyphens; any other character given becomes a hyphen.
    public let name: String
    /// Raised with every change by which a file gives other texts.
    public let number: Int

    /// A version of what has a name.
    public init(_ name: String, _ number: Int) {
        self.name = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        self.number = number
    }
}
