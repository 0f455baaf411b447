import AkinCore

/// What the file system said of a file before it was read.
struct StatusBeforeReading {
    private let path: String
    private let status: FileStatus?

    init(of file: SourceFile) {
        path = file.path
        status = file.path == "-" ? nil : FileStatus(of: file.path)
    }

    /// Whether the file's bytes are others now. A file that is gone meanwhile was read as it was.
    var hasChanged: Bool {
        guard let status, let now = FileStatus(of: path) else { return false }
        return (status.identity, status.size, status.modified) != (now.identity, now.size, now.modified)
    }

    /// - Parameter outcome: what became of what was read: a clause.
    func problem(_ outcome: String) -> RecordProblem {
        RecordProblem(
            path: path, message: "the file changed while it was read, and \(outcome); the next run reads it again")
    }
}
