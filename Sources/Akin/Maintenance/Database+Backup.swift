import AkinStore
import Foundation

/// What `Database.backup` wrote.
public struct BackupSummary: Sendable, Codable {
    /// The copy's absolute path.
    public var path: String
    /// The copy's size in bytes.
    public var bytes: Int
    /// Documents in the copy.
    public var documents: Int
    /// The number of the last change that the copy holds.
    public var lastChange: Int64
}

extension Database {
    /// Copies the store as it is now into a new file, compacted, while others go on reading and writing it. The copy is
    /// a store of its own: opened at its path, or put in the place of a lost one. Index files are not copied; the first
    /// `optimize`, or a write, builds them.
    ///
    /// Throws `.cannotCreate` when there is a file at `target` already, or when it cannot be written. A copy that was
    /// not completed leaves no file.
    @discardableResult
    public func backup(to target: String) async throws -> BackupSummary {
        try await offload { [self] in
            try store.backup(to: target)
            let copy = try Store(path: target, mode: .readOnly)
            defer { try? copy.close() }
            return try copy.read {
                BackupSummary(
                    path: copy.path, bytes: Self.bytesOnDisk(copy.path), documents: try $0.documentCount(),
                    lastChange: try $0.lastChange().sequence)
            }
        }
    }
}
