import AkinCore

/// What is to be read below one folder, and what is not.
///
/// Entries come in the order of their names' bytes, folder by folder. No link to a folder is followed, so there are no
/// loops.
struct FolderWalk {
    private(set) var files: [SourceFile] = []
    private(set) var problems: [RecordProblem] = []
    private(set) var notRead = NotReadTally()
    /// The absolute paths of files and folders that could not be looked at.
    private(set) var unseen: [String] = []

    /// A folder that is being walked.
    private struct Frame {
        let entries: [FolderListing.Entry]
        var next = 0
        /// The path below the folder that is searched, and a slash; empty for that folder.
        let relative: String
        /// The bytes of the absolute path, and a slash.
        let path: [UInt8]
        let ignored: IgnoreRules?
    }

    private let given: String
    private let root: String
    private let base: Int
    private let rules: FileRules
    /// What links may not leave, and what is passed by.
    private let scope: WalkScope
    private let boundary: String
    private var ignoreFiles: IgnoreFiles?
    private var frames: [Frame] = []

    /// - Parameters:
    ///   - given: the folder as it was named.
    ///   - root: its real path.
    init(given: String, root: String, rules: FileRules, selection: FileSelection, scope: WalkScope = WalkScope()) {
        self.given = given == "/" ? "/" : given + "/"
        self.root = root == "/" ? "/" : root + "/"
        self.rules = rules
        self.scope = scope
        boundary = scope.followed ?? root
        base = boundary == "/" ? 1 : boundary.utf8.count + 1
        var above: IgnoreRules?
        if selection.obeysIgnoreFiles {
            ignoreFiles = IgnoreFiles(excludesFile: selection.gitExcludesFile)
            above = ignoreFiles?.rules(above: root, followed: scope.followed)
        }
        enter("", path: Array(self.root.utf8), ignored: above)
        // The absolute path of the entry at hand.
        var path: [UInt8] = []
        while let last = frames.indices.last {
            guard frames[last].next < frames[last].entries.count else {
                frames.removeLast()
                continue
            }
            let entry = frames[last].entries[frames[last].next]
            frames[last].next += 1
            path.removeAll(keepingCapacity: true)
            path += frames[last].path
            path += entry.name
            if !scope.skipped.isEmpty, let whole = String(validating: path, as: UTF8.self),
                scope.skipped.contains(PathKey(whole))
            {
                continue
            }
            visit(entry, path, frames[last].relative, frames[last].ignored)
        }
        let (kept, doubled) = SourceFile.keepingOneOfEach(files)
        files = kept
        for link in doubled { notRead.add(link.path, .linkedTwice) }
        problems += ignoreFiles?.problems ?? []
    }

    private mutating func enter(_ relative: String, path: [UInt8], ignored: IgnoreRules?) {
        let folder = relative.isEmpty ? root : root + relative
        let withoutSlash = folder == "/" ? "/" : String(folder.dropLast())
        let entries: [FolderListing.Entry]
        do {
            entries = try FolderListing(withoutSlash).entries
        } catch {
            let shown = relative.isEmpty ? given : given + relative
            problems.append(
                RecordProblem(
                    path: shown == "/" ? shown : String(shown.dropLast()),
                    message: "the folder cannot be read; check its permissions (\(error))"))
            unseen.append(withoutSlash)
            return
        }
        guard !entries.isEmpty else { return }
        var ignored = ignored
        if ignoreFiles != nil {
            var names: [IgnoreRules.Name] = []
            var isRepository = false
            for entry in entries where entry.name.first == UInt8(ascii: ".") {
                guard let name = String(validating: entry.name, as: UTF8.self) else { continue }
                if name == ".git" { isRepository = true }
                if let file = IgnoreRules.Name(rawValue: name) { names.append(file) }
            }
            ignored = ignoreFiles?.rules(withoutSlash, names: names, isRepository: isRepository, parent: ignored)
        }
        frames.append(Frame(entries: entries, relative: relative, path: path, ignored: ignored))
    }

    private mutating func visit(
        _ entry: FolderListing.Entry, _ path: [UInt8], _ folder: String, _ ignored: IgnoreRules?
    ) {
        let isFolder = entry.status?.kind == .folder
        let reason = rules.reasonToLeaveOut(
            path, base: base, name: path.count - entry.name.count, isFolder: isFolder, ignored)
        let validName = String(validating: entry.name, as: UTF8.self)
        let name = validName ?? String(decoding: entry.name, as: UTF8.self)
        let shown = given + folder + name
        if let reason {
            notRead.add(shown, reason, kind: isFolder ? NotReadTally.folder : nil)
            return
        }
        guard validName != nil else { return addUnnamable(shown, name: name, isFolder: isFolder) }
        guard let status = entry.status else {
            problems.append(
                RecordProblem(
                    path: shown,
                    message: "the file cannot be read: it may be gone or forbidden; "
                        + "check that it still exists and the permissions of its folder"))
            unseen.append(root + folder + name)
            return
        }
        switch status.kind {
        case .folder: enter(folder + name + "/", path: path + [UInt8(ascii: "/")], ignored: ignored)
        case .regular: add(shown, folder: folder, name: name, status)
        case .symbolicLink: addLink(shown, folder: folder, name: name)
        case .pipe, .socket, .device: notRead.add(shown, .notAFile)
        }
    }

    /// What has a name that is not UTF-8, which no id can hold.
    private mutating func addUnnamable(_ shown: String, name: String, isFolder: Bool) {
        guard isFolder || rules.reader(ofPath: shown) != nil || rules.formatInFolder(ofName: name) != nil else {
            notRead.add(shown, .unknownKind)
            return
        }
        problems.append(
            RecordProblem(
                path: shown,
                message: "the \(isFolder ? "folder" : "file") cannot be read: its name is not valid UTF-8; rename it"))
    }

    private mutating func add(_ shown: String, folder: String, name: String, _ status: FileStatus) {
        let reader = rules.reader(ofPath: shown)
        guard let format = reader == nil ? rules.formatInFolder(ofName: name) : .text else {
            notRead.add(shown, .unknownKind)
            return
        }
        let relative = folder + name
        files.append(
            SourceFile(
                path: shown, source: root + relative, relativePath: relative, id: relative, format: format,
                byteCount: status.size, modified: status.modified, isNamed: false, reader: reader))
    }

    private mutating func addLink(_ shown: String, folder: String, name: String) {
        let path = root + folder + name
        guard let status = FileStatus(of: path), let target = RealPath.ofFolder(path) else {
            notRead.add(shown, .deadLink)
            return
        }
        guard status.kind == .regular, target.path(below: boundary) != nil else {
            notRead.add(shown, status.kind == .regular || status.kind == .folder ? .linkElsewhere : .notAFile)
            return
        }
        let before = files.count
        add(shown, folder: folder, name: name, status)
        if files.count > before { files[before].target = target }
    }
}

extension SourceFile {
    /// A file is one document. A link counts only where what it leads to is not read under its own name, nor under that
    /// of another link.
    ///
    /// Several names of one inode (hard links) are several files: none of them is the real one, each stays when another
    /// is deleted, and programs that save by renaming part them without notice.
    ///
    /// - Returns: the files that count, and the links that do not.
    package static func keepingOneOfEach(_ files: [SourceFile]) -> (kept: [SourceFile], doubled: [SourceFile]) {
        guard files.contains(where: { $0.target != nil }) else { return (files, []) }
        var seen = Set(files.lazy.filter { $0.target == nil }.map { PathKey($0.source) })
        var (kept, doubled): ([SourceFile], [SourceFile]) = ([], [])
        for file in files {
            if let target = file.target, !seen.insert(PathKey(target)).inserted {
                doubled.append(file)
            } else {
                kept.append(file)
            }
        }
        return (kept, doubled)
    }
}
