import AkinCore
import Foundation

/// Reads ignore files for a walk, each once.
struct IgnoreFiles {
    /// An ignore file of more bytes is a mistake or an attack on the time of the walk.
    private static let mostBytes = 1 << 20

    private let global: IgnorePatterns
    private(set) var problems: [RecordProblem] = []

    /// - Parameter excludesFile: the person's patterns for all repositories.
    init(excludesFile: String?) {
        global = excludesFile.flatMap { try? Self.patterns(of: $0) } ?? IgnorePatterns([])
    }

    /// The rules for the entries of a folder.
    ///
    /// - Parameters:
    ///   - path: the folder's absolute path.
    ///   - names: the ignore files it holds.
    ///   - isRepository: whether it holds an entry named `.git`.
    mutating func rules(
        _ path: String, names: [IgnoreRules.Name], isRepository: Bool, parent: IgnoreRules?
    ) -> IgnoreRules? {
        guard !names.isEmpty || isRepository else { return parent }
        let files = IgnoreRules.Name.allCases.map { name -> IgnorePatterns? in
            names.contains(name) ? read(path.path(above: name.rawValue)) : nil
        }
        let top = isRepository ? IgnoreRules.Repository(exclude: exclude(ofRepository: path), global: global) : nil
        return IgnoreRules(parent: parent, folder: Array(path.utf8), files: files, top: top)
    }

    /// The rules of the folders above one that is searched.
    ///
    /// Only files that this user or root owns count: whoever may write a folder above must not choose what is read.
    ///
    /// - Parameter followed: the folder from which on the files of all users count, as they do in a walk of it.
    mutating func rules(above root: String, followed: String? = nil) -> IgnoreRules? {
        var rules: IgnoreRules?
        let parts = root.pathParts
        for count in 0..<parts.count {
            let folder = "/" + parts[..<count].joined(separator: "/")
            let begin = folder == "/" ? "/" : folder + "/"
            let isFollowed = followed.map { $0 == "/" || folder.isPath(atOrBelow: $0) } ?? false
            func isTrusted(_ name: String) -> Bool {
                guard let status = FileStatus(of: begin + name) else { return false }
                return isFollowed || status.owner == geteuid() || status.owner == 0
            }
            rules = self.rules(
                folder, names: IgnoreRules.Name.allCases.filter { isTrusted($0.rawValue) },
                isRepository: isTrusted(".git"), parent: rules)
        }
        return rules
    }

    private mutating func read(_ path: String) -> IgnorePatterns? {
        do {
            return try Self.patterns(of: path)
        } catch {
            problems.append(RecordProblem(path: path, message: "the ignore file does not count: \(error)"))
            return nil
        }
    }

    private func exclude(ofRepository folder: String) -> IgnorePatterns {
        let git = folder.path(above: ".git")
        return (try? Self.patterns(of: (Self.repositoryFolder(git) ?? git) + "/info/exclude")) ?? IgnorePatterns([])
    }

    /// The folder that a file named `.git` leads to: a work tree's, and from there that of the repository.
    private static func repositoryFolder(_ git: String) -> String? {
        func resolve(_ path: String, from folder: String) -> String {
            path.isAbsolutePath ? path : "\(folder)/\(path)"
        }
        guard FileStatus(of: git)?.kind == .regular, let contents = try? text(of: git),
            let line = contents.split(whereSeparator: \.isNewline).first, line.hasPrefix("gitdir: ")
        else { return nil }
        let folder = resolve(String(line.dropFirst("gitdir: ".count)), from: git.pathFolder)
        guard let common = try? text(of: folder + "/commondir"),
            let first = common.split(whereSeparator: \.isNewline).first
        else { return folder }
        return resolve(String(first), from: folder)
    }

    private static func patterns(of path: String) throws -> IgnorePatterns {
        IgnorePatterns(contents: Array(try contents(of: path)))
    }

    private static func text(of path: String) throws -> String {
        String(decoding: try contents(of: path), as: UTF8.self)
    }

    private struct TooLong: Error, CustomStringConvertible {
        var description: String { "it has more than \(IgnoreFiles.mostBytes >> 20) MiB" }
    }

    private static func contents(of path: String) throws -> Data {
        let bytes = try RegularFile.contents(of: path, limit: mostBytes + 1)
        guard bytes.count <= mostBytes else { throw TooLong() }
        return bytes
    }
}
