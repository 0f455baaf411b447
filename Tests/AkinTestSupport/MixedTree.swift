package import AkinCore
import Foundation

/// A folder with files of every format that is read, and of what is not read, with what becomes of each.
///
/// The same number of files gives the same tree. All times are in the past, as they are of files that nobody writes.
package final class MixedTree: Sendable {
    /// What becomes of a file, a link or a folder that is left out.
    package enum Fate: Hashable, Sendable {
        /// It is read; the ids of its documents begin with its own, and end so.
        case documents([String])
        /// It is counted among what was not read.
        case notRead(kind: String, FilesNotRead.Reason)
        /// It is reported as a problem. Some of its records may be documents.
        case problem([String])
        /// It needs a program that may not be installed, and is named then.
        case program(String)
    }

    package let folder: TemporaryFolder
    /// The real path.
    package let root: String
    /// By path below the root; what lies in folders that are left out is not among them.
    package let fates: [PathKey: Fate]
    /// Folders of the tree that hold files to read, outer ones first.
    package let folders: [String]

    /// The folder's name, which collections take.
    package static let name = "tree"

    /// - Parameter count: of files, about.
    package init(files count: Int) throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path(Self.name), withIntermediateDirectories: true)
        root = RealPath.ofFolder(folder.path(Self.name)) ?? ""
        var writer = MixedTreeWriter(root: root)
        try writer.addSpecialCases()
        var number = 0
        while writer.count < count {
            try writer.addFolder(number)
            number += 1
        }
        fates = writer.fates
        folders = writer.folders
        try age()
    }

    /// The ids of all documents.
    package var ids: Set<PathKey> {
        var ids: Set<PathKey> = []
        for (path, fate) in fates {
            switch fate {
            case .documents(let ends), .problem(let ends):
                ids.formUnion(ends.map { PathKey("\(Self.name)/\(path.path)\($0)") })
            case .notRead, .program: break
            }
        }
        return ids
    }

    /// The number of files by kind and reason, as in `12 .png unknown kind`.
    package var notRead: [String: Int] {
        var counts: [String: Int] = [:]
        for case .notRead(let kind, let reason) in fates.values {
            counts["\(kind) \(reason.rawValue)", default: 0] += 1
        }
        return counts
    }

    /// The files with problems.
    package var problems: Set<PathKey> {
        Set(fates.compactMap { path, fate in if case .problem = fate { path } else { nil } })
    }

    /// The files that need programs.
    package var programs: [String: Int] {
        var counts: [String: Int] = [:]
        for case .program(let name) in fates.values { counts[name, default: 0] += 1 }
        return counts
    }

    /// Gives everything a time of last year.
    private func age() throws {
        var times = [timeval(tv_sec: 1_750_000_000, tv_usec: 0), timeval(tv_sec: 1_750_000_000, tv_usec: 0)]
        let found = FileManager.default.enumerator(atPath: root)
        while let path = found?.nextObject() as? String { lutimes("\(root)/\(path)", &times) }
    }
}
