package import AkinCore

/// A file to read.
package struct SourceFile: Hashable, Sendable {
    /// The path as given, or as the folder given and what lies below it; `-` is standard input.
    package var path: String
    /// The absolute path: the real path of the folder the file was found in, and its name; `-` is standard input.
    package var source: String
    /// The path below the folder that was given; the name of a file that was named directly.
    package var relativePath: String
    /// The id of the file's text, and what the ids of its records begin with.
    package var id: String
    package var format: TextFormat
    package var byteCount: Int
    /// When its bytes last changed, in nanoseconds since 1970; 0 where that is not known.
    package var modified: Int64
    /// Whether the file was named directly rather than found in a folder.
    package var isNamed: Bool
    /// The place, among the readers given, of the one that reads the file; nil where the format's own does.
    package var reader: Int?
    /// The real path that the file leads to, where it is a symbolic link that was found in a folder.
    package var target: String?
    /// What the file is called where that is not the last part of its path.
    package var givenName: String?

    /// Whether the file may hold several texts; else it is one.
    var holdsRecords: Bool { format.isRecords || reader != nil }

    var name: String { givenName ?? path.lastPathPart ?? "" }
}
