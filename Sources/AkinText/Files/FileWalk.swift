package import AkinCore
import Foundation

/// The files below a list of paths, in order: paths as given, folders by name.
///
/// Folders are searched recursively. `FileRules` says what is left out. Symbolic links to folders, and to anything
/// outside the folder given, are not followed, so that there are no loops and no file outside is read. Whatever is not
/// read is counted by kind and reason. What this user may not look at is a problem, since it may be a text.
package struct FileWalk {
    package private(set) var files: [SourceFile] = []
    package private(set) var problems: [RecordProblem] = []
    package private(set) var notRead = NotReadTally()
    /// The absolute paths of files and folders that could not be looked at.
    package private(set) var unseen: [String] = []

    private let selection: FileSelection
    private let scope: WalkScope
    private let rules: FileRules
    private var namedFolders: [String] = []

    /// - Parameters:
    ///   - format: what all files shall be read as; nil to go by their names.
    ///   - readers: those that read files before the readers of this module do.
    /// - Throws: `AkinError.noInput` for a path that does not exist or cannot be read; `.invalidArgument` for a pattern
    ///   of the selection that can match nothing.
    init(
        paths: [String], format: TextFormat?, selection: FileSelection, readers: [any FileReader],
        scope: WalkScope = WalkScope()
    ) throws {
        self.selection = selection
        self.scope = scope
        rules = try FileRules(selection, format: format, readers: readers)
        guard !paths.isEmpty else {
            throw AkinError(.noInput, "No input was named; name files or folders, or - for standard input.")
        }
        for path in paths {
            if path == "-" {
                files.append(
                    SourceFile(
                        path: "-", source: "-", relativePath: "-", id: "stdin", format: format ?? .text, byteCount: 0,
                        modified: 0, isNamed: true))
            } else {
                try addNamed(path)
            }
        }
    }

    /// - Throws: `AkinError.noInput` where there is nothing to read, saying what the folders hold.
    func requireFiles() throws {
        guard files.isEmpty, problems.isEmpty else { return }
        let names = namedFolders.map { "'\($0)'" }.joined(separator: ", ")
        let (subject, verb) = namedFolders.count == 1 ? ("folder", "holds") : ("folders", "hold")
        let found = notRead.sorted.sentence.map { " (\($0))" } ?? ", and is empty"
        throw AkinError(
            .noInput,
            "The \(subject) \(names) \(verb) no file that can be read as text\(found); "
                + "a file of another kind is read when it is named directly.",
            remedy: .give(.textFormat))
    }

    private mutating func addNamed(_ path: String) throws {
        guard let status = FileStatus(of: path) else {
            throw AkinError(.noInput, "The input '\(path)' does not exist; check the path.")
        }
        guard status.kind == .pipe || FileManager.default.isReadableFile(atPath: path) else {
            throw AkinError(.noInput, "The input '\(path)' cannot be read; check its permissions.")
        }
        switch status.kind {
        case .folder: try addFolder(path)
        case .regular:
            let name = path.lastPathPart ?? path
            files.append(
                SourceFile(
                    path: path, source: RealPath.source(ofInput: path), relativePath: name, id: name,
                    format: rules.formatOfNamed(name), byteCount: status.size, modified: status.modified,
                    isNamed: true, reader: rules.reader(ofPath: path)))
        case .symbolicLink, .pipe, .socket, .device:
            // Opening a pipe waits for its writer, and a device may never end.
            problems.append(
                RecordProblem(
                    path: path,
                    message: "is not a regular file; pass what a pipe or device gives on standard input, named by -"))
        }
    }

    private mutating func addFolder(_ path: String) throws {
        var root = path
        while root.utf8.count > 1, root.utf8.last == UInt8(ascii: "/") { root.unicodeScalars.removeLast() }
        guard let realRoot = RealPath.ofFolder(root) else {
            throw AkinError(
                .noInput,
                "The folder '\(path)' cannot be resolved to a path in UTF-8; rename it, or check its permissions.")
        }
        namedFolders.append(path)
        let walk = FolderWalk(given: root, root: realRoot, rules: rules, selection: selection, scope: scope)
        files += walk.files
        problems += walk.problems
        unseen += walk.unseen
        notRead.add(walk.notRead)
    }
}
