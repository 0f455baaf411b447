import AkinCore
import Foundation
import GRDB

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Store {
    /// Copies the store as it is now into a new file, compacted, while others go on reading and writing it.
    ///
    /// The copy has the store's owner and permissions, and appears under its name only when it is complete and on the
    /// disk. Of several simultaneous backups to one name, the first that is complete gets it.
    ///
    /// - Throws: `AkinError(.cannotCreate)` when the target exists or cannot be written.
    package func backup(to target: String) throws {
        let target = StoreFile.canonical(target)
        guard FileStatus(of: target, followingLinks: false) == nil else { throw PartialBackup.taken(target) }
        do {
            let partial = try PartialBackup(of: path, for: target)
            // SQLite writes into an existing file only if it is empty.
            try withConnection { try $0.execute(sql: "VACUUM INTO ?", arguments: [partial.path]) }
            try partial.publish()
        } catch {
            // What cannot be opened here is the target, not the store.
            if let error = error as? AkinError, error.code != .cannotCreate || error.cause == nil { throw error }
            throw AkinError(
                .cannotCreate,
                "The backup \(target) cannot be written; see that its folder exists, can be written and has room.",
                cause: (error as? AkinError)?.cause ?? error)
        }
    }
}

/// A backup that is being written, under a name of its own; it vanishes when it is not completed.
private final class PartialBackup {
    let path: String
    private let target: String
    private var isPublished = false

    private static let suffix = ".partial"

    init(of store: String, for target: String) throws {
        self.target = target
        Self.removeLeftovers(of: target)
        path = "\(target)-\(getpid())-\(UInt64.random(in: 0 ... .max))\(Self.suffix)"
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = errno
            throw AkinError(
                .cannotCreate, "\(path) cannot be created.", cause: POSIXError(POSIXErrorCode(rawValue: reason) ?? .EIO)
            )
        }
        FileStatus(of: store)?.give(to: descriptor)
        close(descriptor)
    }

    deinit { if !isPublished { unsafe unlink(path) } }

    static func taken(_ target: String) -> AkinError {
        AkinError(.cannotCreate, "\(target) exists already; a backup does not overwrite, so choose another name.")
    }

    /// Puts the bytes on the disk and gives the file its name, unless another has it by now.
    func publish() throws {
        try StoreFile.flush(path)
        try rename()
        isPublished = true
        try StoreFile.flush(URL(fileURLWithPath: target).deletingLastPathComponent().path)
    }

    private func rename() throws {
        #if canImport(Darwin)
        let result = unsafe renamex_np(path, target, UInt32(RENAME_EXCL))
        #else
        // Backups to names in one folder take turns, so that no other comes between the check and the renaming.
        let folder = unsafe open(
            URL(fileURLWithPath: target).deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if folder >= 0 { close(folder) } }
        for _ in 0..<100 where flock(folder, LOCK_EX | LOCK_NB) != 0 { usleep(50_000) }
        guard FileStatus(of: target, followingLinks: false) == nil else { throw Self.taken(target) }
        let result = unsafe Foundation.rename(path, target)
        #endif
        guard result == 0 else {
            let reason = errno
            if reason == EEXIST { throw Self.taken(target) }
            throw AkinError(
                .cannotCreate, "\(path) cannot be renamed.", cause: POSIXError(POSIXErrorCode(rawValue: reason) ?? .EIO)
            )
        }
    }

    /// Removes the files of killed backups to this name: those whose processes no longer run.
    private static func removeLeftovers(of target: String) {
        let url = URL(fileURLWithPath: target)
        let folder = url.deletingLastPathComponent()
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
            guard name.hasPrefix(url.lastPathComponent + "-"), name.hasSuffix(suffix) else { continue }
            let parts = name.dropFirst(url.lastPathComponent.count + 1).dropLast(suffix.count).split(separator: "-")
            guard parts.count == 2, let maker = pid_t(parts[0]), maker > 0, UInt64(parts[1]) != nil,
                kill(maker, 0) != 0, errno == ESRCH
            else { continue }
            unsafe unlink(folder.appending(path: name).path)
        }
    }
}
