package import AkinCore
import Foundation

/// A file mapped read-only for as long as this object lives.
///
/// The mapping keeps the file's bytes even when another takes its name. Nobody may shorten the file itself meanwhile: touching what was
/// cut off would end the process.
package final class MappedFile: @unchecked Sendable {
    // Safe: the pages are read-only.
    package let base: UnsafeRawPointer
    package let count: Int

    package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    /// - Parameter fault: makes the error for a file that is missing, empty or no file.
    /// - Throws: `AkinError.inputOutput` when it cannot be read.
    package init(path: String, fault: (String) -> AkinError) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 {
            if errno == ENOENT { throw fault("it does not exist") }
            throw Self.unreadable(path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.unreadable(path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw fault("it is not a file") }
        guard status.st_size > 0 else { throw fault("it is empty") }
        count = Int(status.st_size)
        guard let mapping = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), mapping != MAP_FAILED else {
            throw Self.unreadable(path)
        }
        base = UnsafeRawPointer(mapping)
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: base), count) }

    private static func unreadable(_ path: String) -> AkinError {
        AkinError(.inputOutput, "\(path) cannot be read: \(String(cString: strerror(errno))). Check its permissions.")
    }
}
