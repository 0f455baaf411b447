import AkinCore
import Crypto
import Foundation

/// A file on its way: what has come is in `NAME.part`, which the next try goes on with, and the file gets its name when
/// its size and hash are those that the hub tells.
struct PartialFile {
    /// What has come cannot be the beginning of the file.
    struct Misfit: Error {}

    let file: URL
    private var part: URL { file.appendingPathExtension("part") }

    /// The bytes that have come; 0 where there are none.
    var size: Int { FileStatus(of: part.path, followingLinks: false)?.size ?? 0 }

    /// Opens the file for more bytes.
    ///
    /// - Parameter offset: the bytes that stay.
    func open(keeping offset: Int) throws -> FileHandle {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let handle: FileHandle
        do {
            handle = FileHandle(
                fileDescriptor: try RegularFile.openForWriting(part.path, creating: 0o644), closeOnDealloc: true)
        } catch {
            throw AkinError(.cannotCreate, "\(part.path) cannot be written: \(error).")
        }
        try handle.truncate(atOffset: UInt64(offset))
        try handle.seek(toOffset: UInt64(offset))
        return handle
    }

    func discard() { try? FileManager.default.removeItem(at: part) }

    /// Gives the file its name.
    ///
    /// - Returns: its SHA-256.
    /// - Throws: `Misfit` where size or hash are others.
    func finish(size: Int?, digest: HubDigest?) throws -> String {
        let sha256 = try Self.checked(part, size: size, digest: digest)
        try? FileManager.default.removeItem(at: file)
        try FileManager.default.moveItem(at: part, to: file)
        return sha256
    }

    /// The SHA-256 of a file that has come before; nil where it is not there or not the one expected.
    func finished(size: Int?, digest: HubDigest?) -> String? {
        try? Self.checked(file, size: size, digest: digest)
    }

    private static func checked(_ file: URL, size: Int?, digest: HubDigest?) throws -> String {
        let bytes = try RegularFile.mappedContents(of: file.path)
        let sha256 = SHA256.hash(data: bytes).hexadecimal
        guard size.map({ $0 == bytes.count }) ?? true, digest?.isThat(of: bytes, sha256: sha256) ?? true else {
            throw Misfit()
        }
        return sha256
    }
}
