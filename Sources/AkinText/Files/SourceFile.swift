import AkinCore

/// A file to read.
struct SourceFile: Hashable {
    /// The path as given, or as the folder given and what lies below it; `-` is standard input.
    var path: String
    /// The absolute path: the real path of the folder the file was found in, and its name; `-` is standard input.
    var source: String
    /// The path below the folder that was given; the name of a file that was named directly.
    var relativePath: String
    /// The id of the file's text, and what the ids of its records begin with.
    var id: String
    var format: TextFormat
    var byteCount: Int
    /// When its bytes last changed, in nanoseconds since 1970; 0 where that is not known.
    var modified: Int64
    /// Whether the file was named directly rather than found in a folder.
    var isNamed: Bool

    var name: String { path.lastPathPart ?? "" }
}
