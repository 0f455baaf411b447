package import AkinCore
import Foundation

/// A file to read.
package struct SourceFile: Hashable, Sendable {
    /// The path as given, or as the folder given and what lies below it; `-` is standard input.
    package var path: String
    /// The absolute path: the real path of the folder the file was found in, and its name; `-` is standard input.
    package var source: String
    /// The id of the file's text, and what the ids of its records begin with.
    package var id: String
    /// The path below the folder given; the name of a file that was named.
    package var relativePath: String
    package var format: TextFormat
    package var byteCount: Int
    /// When its bytes last changed, in nanoseconds since 1970.
    package var modified: Int64
    /// Whether the file was named directly rather than found in a folder.
    package var isNamed: Bool
    /// The place, among the readers given, of the one that reads the file; nil where the format's own does.
    package var reader: Int?
    /// What the file is called where that is not the last part of its path.
    package var givenName: String?

    var name: String { givenName ?? path.lastPathPart ?? "" }
}

/// The files below a list of paths, in order: paths as given, folders by name.
///
/// Folders are searched recursively. Left out are hidden files and folders, `node_modules`, files of unknown extension,
/// pipes and devices, and symbolic links to folders and to anything outside the folder given, so that there are no
/// loops and no file outside is read. What this user may not look at is a problem, since it may be a text.
package struct FileWalk {
    package private(set) var files: [SourceFile] = []
    /// The real paths of the folders named.
    package private(set) var folders: [String] = []
    package private(set) var problems: [RecordProblem] = []
    package private(set) var skippedFiles = 0
    private let format: TextFormat?
    private let readers: [any FileReader]

    /// - Throws: `AkinError.noInput` for a path that does not exist or cannot be read, and for a folder without a
    ///   readable text.
    init(paths: [String], format: TextFormat?, readers: [any FileReader] = []) throws {
        self.format = format
        self.readers = readers
        guard !paths.isEmpty else {
            throw AkinError(.noInput, "No input was named; name files or folders, or - for standard input.")
        }
        for path in paths {
            if path == "-" {
                files.append(
                    SourceFile(
                        path: "-", source: "-", id: "stdin", relativePath: "-", format: format ?? .text, byteCount: 0,
                        modified: 0, isNamed: true))
            } else {
                try addNamed(path)
            }
        }
    }

    private mutating func addNamed(_ path: String) throws {
        var isFolder: ObjCBool = false
        let manager = FileManager.default
        guard unsafe manager.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw AkinError(.noInput, "The input '\(path)' does not exist; check the path.")
        }
        guard manager.isReadableFile(atPath: path) else {
            throw AkinError(.noInput, "The input '\(path)' cannot be read; check its permissions.")
        }
        if isFolder.boolValue {
            try addFolder(path)
        } else {
            let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
            let status = FileStatus(of: target)
            // Opening a pipe waits for its writer, and a device may never end.
            guard let status, status.kind == .regular else {
                problems.append(
                    RecordProblem(
                        path: path,
                        message: "is not a regular file; pass what a pipe or device gives on standard input, named by -"
                    ))
                return
            }
            let name = path.lastPathPart ?? path
            files.append(
                SourceFile(
                    path: path, source: RealPath.source(ofInput: path), id: name, relativePath: name,
                    format: format ?? Self.format(ofName: name) ?? .text,
                    byteCount: status.size, modified: status.modified, isNamed: true,
                    reader: format == nil ? reader(ofPath: path) : nil))
        }
    }

    private mutating func addFolder(_ path: String) throws {
        var root = path
        while root.utf8.count > 1, root.utf8.last == UInt8(ascii: "/") { root.unicodeScalars.removeLast() }
        let before = files.count
        let problemsBefore = problems.count
        guard let realRoot = RealPath.ofFolder(root) else {
            throw AkinError(
                .noInput,
                "The folder '\(path)' cannot be resolved to a path in UTF-8; rename it, or check its permissions.")
        }
        folders.append(realRoot)
        try walk(folder: root, relative: "", root: realRoot)
        guard files.count > before || problems.count > problemsBefore else {
            let known = TextFormat.allCases.flatMap(\.extensions).map { ".\($0)" }.joined(separator: " ")
            throw AkinError(
                .noInput,
                "The folder '\(path)' holds no file that can be read as text; known extensions are \(known); "
                    + "a file with another is read when it is named directly.",
                remedy: .give(.textFormat))
        }
    }

    private mutating func walk(folder: String, relative: String, root: String) throws {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            problems.append(
                RecordProblem(path: folder, message: "the folder cannot be read; check its permissions (\(error))"))
            return
        }
        for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        where name.utf8.first != UInt8(ascii: ".") && name != "node_modules" {
            let path = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
            let id = relative.isEmpty ? name : "\(relative)/\(name)"
            guard let status = FileStatus(of: path, followingLinks: false) else {
                // Bytes of a name that are not UTF-8 are read as U+FFFD, and there is no file with that name.
                let remedy =
                    name.unicodeScalars.contains("\u{FFFD}")
                    ? "its name is not valid UTF-8; rename it"
                    : "it may be gone or forbidden; check that it still exists and the permissions of its folder"
                problems.append(RecordProblem(path: path, message: "the file cannot be read: \(remedy)"))
                continue
            }
            switch status.kind {
            case .folder:
                try walk(folder: path, relative: id, root: root)
            case .regular:
                add(path: path, id: id, name: name, root: root, status)
            case .symbolicLink:
                addLink(path: path, id: id, name: name, root: root)
            default:
                skippedFiles += 1
            }
        }
    }

    private mutating func addLink(path: String, id: String, name: String, root: String) {
        guard FileManager.default.fileExists(atPath: path) else {
            if formatInFolder(ofName: name) == nil {
                skippedFiles += 1
            } else {
                problems.append(
                    RecordProblem(
                        path: path,
                        message:
                            "the file cannot be read: it is a symbolic link to nothing that can be reached; repair or remove the link"
                    ))
            }
            return
        }
        let target = RealPath.ofFolder(path) ?? path
        if target.path(below: root) != nil, let found = FileStatus(of: target), found.kind == .regular {
            add(path: path, id: id, name: name, root: root, found)
        } else {
            skippedFiles += 1
        }
    }

    private mutating func add(path: String, id: String, name: String, root: String, _ status: FileStatus) {
        let reader = reader(ofPath: path)
        // A format that is asked for is a text's.
        guard let chosen = reader == nil ? formatInFolder(ofName: name) : format == nil ? .text : nil else {
            skippedFiles += 1
            return
        }
        let source = root == "/" ? "/\(id)" : "\(root)/\(id)"
        files.append(
            SourceFile(
                path: path, source: source, id: id, relativePath: id, format: chosen, byteCount: status.size,
                modified: status.modified, isNamed: false, reader: reader))
    }

    private func reader(ofPath path: String) -> Int? { readers.firstIndex { $0.reads(path: path) } }

    /// The format that a file found in a folder is read in; nil when it is skipped.
    private func formatInFolder(ofName name: String) -> TextFormat? {
        let own = Self.format(ofName: name)
        guard let chosen = format ?? own, own?.mayBeRead(as: chosen) ?? true else { return nil }
        return chosen
    }

    private static func format(ofName name: String) -> TextFormat? {
        name.nameExtension.flatMap { TextFormat(extension: $0) }
    }
}
