import AkinCore
import Foundation

/// A `PATH` without the folders in which others could have put a program: relative and empty entries (the working
/// folder), folders that everybody may write to, and folders of other users.
package struct ProgramPath {
    package let folders: [String]

    /// - Parameter path: nil takes the folders in which systems keep programs.
    package init(_ path: String?) {
        folders = (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").map(String.init).filter { folder in
            folder.hasPrefix("/") && Self.isTrusted(folder, kind: .folder)
        }
    }

    /// The absolute path of a program; nil when it is in none of the folders.
    package func program(_ name: String) -> String? {
        folders.lazy.map { $0 + "/" + name }.first { path in
            unsafe access(path, X_OK) == 0 && Self.isTrusted(path, kind: .regular)
        }
    }

    /// Whether a file is of a given kind, belongs to this user or root, and is not writable by everybody. Links are
    /// followed.
    private static func isTrusted(_ path: String, kind: FileStatus.Kind) -> Bool {
        guard let status = FileStatus(of: path), status.kind == kind else { return false }
        return (status.owner == 0 || status.owner == geteuid()) && status.permissions & 0o002 == 0
    }
}
