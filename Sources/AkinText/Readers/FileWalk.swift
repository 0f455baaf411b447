import AkinCore
import Foundation

/// A file to read.
struct SourceFile: Hashable {
    /// The path as given, or as the folder given and what lies below it; `-` is standard input.
    var path: String
    /// The id of the file's text, and what the ids of its records begin with.
    var id: String
    var format: TextFormat
    var byteCount: Int
    /// Whether the file was named itself rather than found in a folder.
    var isNamed: Bool

    var name: String { String(path.split(separator: "/").last ?? "") }
}

/// The files below a list of paths, in order: paths as given, folders by name.
///
/// Folders are gone through recursively. Left out are hidden files and folders, `node_modules`, files of unknown extension, and symbolic
/// links to folders and to anything outside the folder given, so that no loop is run and no file outside is read.
struct FileWalk {
    private(set) var files: [SourceFile] = []
    private(set) var problems: [RecordProblem] = []
    private(set) var skippedFiles = 0
    private let format: TextFormat?

    /// - Throws: `AkinError.noInput` for a path that does not exist or cannot be read, and for a folder without a readable text.
    init(paths: [String], format: TextFormat?) throws {
        self.format = format
        guard !paths.isEmpty else {
            throw AkinError(.noInput, "No input was named; name files or folders, or - for standard input.")
        }
        for path in paths {
            if path == "-" {
                files.append(SourceFile(path: "-", id: "stdin", format: format ?? .text, byteCount: 0, isNamed: true))
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
            let size = (try? manager.attributesOfItem(atPath: target))?[.size] as? Int
            let name = path.split(separator: "/").last.map(String.init) ?? path
            files.append(
                SourceFile(path: path, id: name, format: format ?? Self.format(ofName: name) ?? .text, byteCount: size ?? 0, isNamed: true))
        }
    }

    private mutating func addFolder(_ path: String) throws {
        var root = path
        while root.count > 1, root.hasSuffix("/") { root.removeLast() }
        let before = files.count
        let problemsBefore = problems.count
        try walk(folder: root, relative: "", root: URL(fileURLWithPath: root).resolvingSymlinksInPath().path)
        guard files.count > before || problems.count > problemsBefore else {
            let known = TextFormat.allCases.flatMap(\.extensions).map { ".\($0)" }.joined(separator: " ")
            throw AkinError(
                .noInput,
                "The folder '\(path)' holds no file that can be read as text; known extensions are \(known). "
                    + "Name other files themselves, or use --format.")
        }
    }

    private mutating func walk(folder: String, relative: String, root: String) throws {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            problems.append(RecordProblem(path: folder, message: "the folder cannot be read; check its permissions (\(error))"))
            return
        }
        for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) where !name.hasPrefix(".") && name != "node_modules" {
            let path = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
            let id = relative.isEmpty ? name : "\(relative)/\(name)"
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else {
                skippedFiles += 1
                continue
            }
            switch attributes[.type] as? FileAttributeType {
            case .typeDirectory?:
                try walk(folder: path, relative: id, root: root)
            case .typeRegular?:
                add(path: path, id: id, name: name, byteCount: attributes[.size] as? Int ?? 0)
            case .typeSymbolicLink?:
                let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
                let found = try? FileManager.default.attributesOfItem(atPath: target)
                if target.hasPrefix(root == "/" ? root : "\(root)/"), found?[.type] as? FileAttributeType == .typeRegular {
                    add(path: path, id: id, name: name, byteCount: found?[.size] as? Int ?? 0)
                } else {
                    skippedFiles += 1
                }
            default:
                skippedFiles += 1
            }
        }
    }

    private mutating func add(path: String, id: String, name: String, byteCount: Int) {
        let own = Self.format(ofName: name)
        guard let chosen = format ?? own, own?.mayBeRead(as: chosen) ?? true else {
            skippedFiles += 1
            return
        }
        files.append(SourceFile(path: path, id: id, format: chosen, byteCount: byteCount, isNamed: false))
    }

    private static func format(ofName name: String) -> TextFormat? {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
        return TextFormat(extension: String(name[name.index(after: dot)...]))
    }
}
