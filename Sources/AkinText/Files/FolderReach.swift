import AkinCore
import Foundation

/// Tells whether a walk of a folder comes to a file or folder below it, without walking: only the folders between are
/// looked at.
package struct FolderReach {
    /// What is known of a folder: the rules for its entries; nil where the walk does not enter it.
    private enum Folder {
        case entered(IgnoreRules?)
        case leftOut
    }

    private let root: String
    private let base: Int
    private let rules: FileRules
    private let format: TextFormat?
    private var ignoreFiles: IgnoreFiles?
    private var folders: [PathKey: Folder] = [:]

    /// - Parameter root: the real path of the folder that is walked.
    /// - Throws: `AkinError.invalidArgument` for a pattern of the options that can match nothing.
    package init(root: String, options: ReaderOptions, readers: [any FileReader]) throws {
        self.root = root
        base = root == "/" ? 1 : root.utf8.count + 1
        format = options.format
        rules = try FileRules(options.selection, format: options.format, readers: readers)
        var above: IgnoreRules?
        if options.selection.obeysIgnoreFiles {
            ignoreFiles = IgnoreFiles(excludesFile: options.selection.gitExcludesFile)
            above = ignoreFiles?.rules(above: root)
        }
        folders[PathKey("")] = .entered(entries(of: root, parent: above))
    }

    /// Whether the walk enters a folder, or gives a file to be read. A link counts as the file that it leads to.
    ///
    /// - Parameter relative: the path below the root.
    package mutating func finds(_ relative: String) -> Bool {
        let path = root.path(above: relative)
        guard let status = FileStatus(of: path, followingLinks: false) else { return false }
        if status.kind == .folder {
            if case .entered = folder(relative) { return true }
            return false
        }
        guard case .entered(let ignored) = folder(relative.pathFolder), isChosen(path, isFolder: false, ignored),
            let name = path.lastPathPart
        else { return false }
        if rules.reader(ofPath: path) != nil { return true }
        guard let format = rules.formatInFolder(ofName: name) else { return false }
        return format != .manual || self.format == .manual || Self.isManualPage(path)
    }

    private mutating func folder(_ relative: String) -> Folder {
        if let known = folders[PathKey(relative)] { return known }
        var folder = Folder.leftOut
        let path = root.path(above: relative)
        if case .entered(let ignored) = self.folder(relative.pathFolder), isChosen(path, isFolder: true, ignored),
            FileStatus(of: path, followingLinks: false)?.kind == .folder
        {
            folder = .entered(entries(of: path, parent: ignored))
        }
        folders[PathKey(relative)] = folder
        return folder
    }

    private func isChosen(_ path: String, isFolder: Bool, _ ignored: IgnoreRules?) -> Bool {
        let bytes = Array(path.utf8)
        let name = (bytes.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1
        return rules.reasonToLeaveOut(bytes, base: base, name: name, isFolder: isFolder, ignored) == nil
    }

    /// The rules for the entries of a folder.
    private mutating func entries(of path: String, parent: IgnoreRules?) -> IgnoreRules? {
        guard ignoreFiles != nil else { return parent }
        func holds(_ name: String) -> Bool { FileStatus(of: path.path(above: name), followingLinks: false) != nil }
        return ignoreFiles?.rules(
            path, names: IgnoreRules.Name.allCases.filter { holds($0.rawValue) }, isRepository: holds(".git"),
            parent: parent)
    }

    /// Bytes of a file that show whether it is a manual page.
    private static let sniffedBytes = 1 << 16

    private static func isManualPage(_ path: String) -> Bool {
        guard let bytes = try? RegularFile.contents(of: path, limit: sniffedBytes) else { return false }
        return RoffText.isLikely(String(decoding: bytes, as: UTF8.self))
    }
}
