package import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What killed runs left beside the folder that they were to write: files and folders under temporary names.
package enum RunLeftovers {
    /// Deletes those whose processes no longer run.
    package static func remove(of folder: URL) {
        let (name, parent) = (folder.lastPathComponent, folder.deletingLastPathComponent())
        for entry in (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? [] {
            let owner: Substring?
            if entry.hasPrefix("\(name).checkpoint.tmp-") {
                owner = entry.dropFirst(name.count + ".checkpoint.tmp-".count).split(separator: "-").first
            } else if entry.hasPrefix(".\(name).partial-") {
                owner = entry.dropFirst(name.count + ".partial-".count + 1)
            } else if entry.hasPrefix(".\(name).tokens-") {
                owner = entry.dropFirst(name.count + ".tokens-".count + 1).prefix { $0.isNumber }
            } else {
                continue
            }
            guard let owner, let process = pid_t(owner), process > 0, kill(process, 0) != 0, errno == ESRCH else {
                continue
            }
            try? FileManager.default.removeItem(at: parent.appending(path: entry))
        }
    }
}
