import AkinCore
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Files that last as long as one file is read.
enum Scratch {
    /// Writes a file under a name of its own.
    static func file(_ data: Data) throws -> String {
        let path = newPath()
        try write(data, to: path)
        return path
    }

    static func write(_ data: Data, to path: String) throws {
        let handle = try newFile(at: path)
        try handle.write(contentsOf: data)
        try handle.close()
    }

    /// Opens a new file for writing. Nobody waits until the disk has it, as `Data.write` does: it is removed soon.
    static func newFile(at path: String) throws -> FileHandle {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = unsafe String(cString: strerror(errno))
            throw AkinError(.inputOutput, "\(path) cannot be written: \(reason).")
        }
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// A path at which there is no file.
    static func newPath() -> String {
        FileManager.default.temporaryDirectory.appending(path: "part-\(UUID().uuidString)").path
    }

    static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
